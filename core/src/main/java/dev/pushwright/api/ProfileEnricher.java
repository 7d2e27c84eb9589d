// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import java.time.Instant;
import java.util.List;

/**
 * Adds to a profile what a profiler does not know: the segment of a clustering, an attribute
 * inferred from behaviour, a vector. To be thread-safe.
 */
@FunctionalInterface
public interface ProfileEnricher {

  /**
   * Adds to a profile, by way of {@link UserProfile#toBuilder()}.
   *
   * @param profile what is known so far
   * @param history all events of the user, those observed since training included
   * @param at as of when
   * @return a profile of the same user
   */
  UserProfile enrich(UserProfile profile, List<Event> history, Instant at);

  /** Learns from data what is to be added. */
  @FunctionalInterface
  interface Fit {

    /**
     * Fits an enricher, once for each training.
     *
     * @param data what the other models are fitted to
     * @param profiles the profile model, already fitted
     * @param context threads, progress and cancel
     * @return the enricher
     */
    ProfileEnricher fit(Dataset data, ProfileModel profiles, FitContext context);
  }
}
