// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The algorithms of an engine, which fit one generation of models after the other.
 *
 * @param enrichments in the order in which they work
 */
record Training(
    Profiler profiler,
    Recommender recommender,
    TextWriter writer,
    List<ProfileEnricher.Fit> enrichments,
    EngineClock clock,
    FitContext context) {

  static final String UNTIMED =
      "an event at 1970-01-01T00:00:00Z counts for nothing beside those of today; give all of them"
          + " times, or set halfLifeDays to 0 and weights without @";

  // By the name that users of the library know.
  private static final Logger LOG = LoggerFactory.getLogger(PushEngine.class);

  Training {
    made("algorithm", "profiler", profiler);
    made("algorithm", "recommender", recommender);
    made("algorithm", "generator", writer.generator());
    enrichments = List.copyOf(enrichments);
  }

  EngineState fit(Dataset data) {
    Instant now = clock.now();
    if (EngineClock.isAhead(data.latest(), now)) {
      LOG.warn(
          "the latest event is of {}, more than a day ahead of the engine's clock, {}: weights fade"
              + " from it on, so that events of today may count for nothing; leave it out, or give"
              + " the engine the clock(...) that its events go by",
          data.latest(),
          now);
    }
    if (data.timed() && data.earliest().equals(Instant.EPOCH)) {
      LOG.warn("the data hold events without a time: {}", UNTIMED);
    }
    ProfileModel profiles = made("model", "profiler", profiler.fit(data, context));
    return new EngineState(
        data,
        profiles,
        enrichments.stream().map(one -> one.fit(data, profiles, context)).toList(),
        made("model", "recommender", recommender.fit(data, context)),
        made("model", "generator", writer.generator().fit(data, context)),
        writer
            .fallback()
            .map(second -> made("model", "fallback generator", second.fit(data, context))));
  }

  // What a plug-in owes must not be missed by the next push only, when the models before are gone.
  private static <T> T made(String what, String role, @Nullable T made) {
    if (made == null) {
      throw new IllegalStateException("the " + role + " gave null in place of its " + what);
    }
    return made;
  }
}
