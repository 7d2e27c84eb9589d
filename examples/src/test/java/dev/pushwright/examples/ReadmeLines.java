// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.api.UserProfile;
import dev.pushwright.cf.Hybrid;
import dev.pushwright.cf.ItemKnn;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IngestResult;
import dev.pushwright.data.Weighting;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushEngine;
import dev.pushwright.engine.PushPolicy;
import dev.pushwright.profile.cluster.Segmentation;
import dev.pushwright.profile.rules.Baskets;
import dev.pushwright.profile.rules.FpGrowth;
import dev.pushwright.profile.rules.FrequentItemsets;
import dev.pushwright.profile.rules.MinedRules;
import dev.pushwright.profile.rules.RuleMiner;
import dev.pushwright.profile.vectors.CooccurrenceVectors;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.textgen.pipeline.ClickModel;
import dev.pushwright.textgen.pipeline.Feedback;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The samples of the README that have no class of their own; {@link ReadmeTest} runs them and holds
 * them to what stands there.
 */
final class ReadmeLines {

  private static final Logger log = LoggerFactory.getLogger(ReadmeLines.class);

  private ReadmeLines() {}

  static Recommender hybrid() {
    Recommender hybrid =
        Hybrid.builder()
            .part("ease", Options.of("lambda", 300))
            .part("als", Options.of("factors", 192), 0.8)
            .learnWeights(Hybrid.Learning.RANKING) // 0.8 is where the search begins
            .build();
    return hybrid;
  }

  static UserProfile profile(PushEngine engine, Event event) {
    UserProfile profile = engine.profile("u42");
    profile
        .sendHour()
        .ifPresent(
            best ->
                log.info("at {}, as {} of {} visits", best.hour(), best.around(), best.visits()));
    engine.explain("u42", "silver");
    profile.toJson();
    engine.observe(event);
    return profile;
  }

  static PushEngine.Builder enriched(Dataset data, TextAnalyzer english, ProfileEnricher ageBand) {
    return PushEngine.builder(data)
        .fitEnricher(Segmentation.builder().segments(5).build()::fit)
        .fitEnricher(
            (shop, profiles, context) ->
                CooccurrenceVectors.builder()
                    .build()
                    .fitItems(shop, english, context)
                    .enricher("basket", Weighting.standard()))
        .enrich(ageBand);
  }

  static MinedRules rules(List<List<String>> slips) {
    FrequentItemsets found = FpGrowth.builder().minSupport(0.009).build().mine(Baskets.of(slips));
    MinedRules rules = RuleMiner.builder().minConfidence(0.5).build().mine(found);
    rules.all(); // largest lift first
    rules.cuts();
    return rules;
  }

  static Dataset ingest(Path folder) {
    IngestResult ingested =
        CsvIngest.builder()
            .add(
                folder.resolve("sales.csv.gz"),
                CsvMapping.load(folder.resolve("mapping.properties")))
            .tolerance(0.01)
            .read();
    log.info(ingested.report().describe());
    Dataset data = ingested.dataset();
    return data;
  }

  static void clicks(Path file, List<Push> pushes, List<Event> events) {
    ClickModel clicks =
        ClickModel.load(file).updated(Feedback.of(pushes, events, Duration.ofDays(2)));
    clicks.save(file);
  }

  static PushPolicy policy() {
    PushPolicy policy =
        PushPolicy.builder()
            .requireConsent()
            .quietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)) // by the user's own clock
            .fallbackZone(ZoneId.of("Europe/London"))
            .maxPerDay(1)
            .maxPerWeek(3)
            .repeatItemAfterDays(14)
            .minItems(2)
            .personalOnly() // nothing that is merely popular
            .build();
    return policy;
  }

  static RecommenderModel saved(Dataset data, Path folder) {
    RecommenderModel model = ItemKnn.builder().build().fit(data);
    Models.save(model, folder.resolve("item-knn.safetensors"));

    RecommenderModel again =
        Models.loadRecommender(folder.resolve("item-knn.safetensors"), Plugins.load());
    return again;
  }
}
