// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Interaction;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.GoldenFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recommender's file of version 0.1, see {@link GoldenFiles}. */
class GoldenFilesTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static List<String> answers(RecommenderModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user).explain(true);
      lines.add(user + ": " + text(model.recommend(query.build())));
      query.history(
          List.of(Interaction.view(user, "mug", DAY), Interaction.view(user, "tin", DAY)));
      lines.add(user + " with a history: " + text(model.recommend(query.build())));
    }
    return lines;
  }

  private static String text(Recommendations answer) {
    StringBuilder text = new StringBuilder(answer.basis().toString());
    for (Recommendation item : answer.items()) {
      text.append(' ').append(item.itemId()).append('=').append(item.score());
      text.append(item.reasons());
    }
    return text.toString();
  }

  // Options other than the defaults, for those whose defaults say little on so few data.
  private static final Map<String, Options> OPTIONS =
      Map.ofEntries(
          Map.entry("als", Options.of("factors", 2).with("alpha", 0.5)),
          Map.entry("biased-mf", Options.of("factors", 5).with("epochs", 4)),
          Map.entry("bpr", Options.of("factors", 3).with("learningRate", 0.5)),
          Map.entry("ease", Options.of("lambda", 0.5)),
          Map.entry("explicit-als", Options.of("factors", 2)),
          Map.entry("hybrid", Options.of("parts", "ease(lambda=0.5), als(factors=2):0.7")),
          Map.entry("item-knn", Options.of("neighbours", 3).with("shrinkage", 1)),
          Map.entry("rp3beta", Options.of("neighbours", 3)),
          Map.entry("slim", Options.of("l1", 0.01, "l2", 0.5)),
          Map.entry("svd++", Options.of("factors", 5).with("epochs", 4)));

  @TestFactory
  Stream<DynamicTest> everyRecommenderOfThisModuleReadsItsFileOfVersion01() {
    Package here = GoldenFilesTest.class.getPackage();
    Plugins plugins = Plugins.load();
    return plugins.recommenders().stream()
        .filter(name -> plugins.recommender(name).getClass().getPackage().equals(here))
        .map(name -> DynamicTest.dynamicTest(name, () -> check(plugins, name)));
  }

  private static void check(Plugins plugins, String recommender) throws IOException {
    Options options = OPTIONS.getOrDefault(recommender, Options.none()).with("segmentBy", "region");
    GOLDEN.check(
        recommender + "-0.1",
        () -> plugins.recommender(recommender, options).fit(GoldenFiles.data()),
        file -> Models.loadRecommender(file, plugins),
        GoldenFilesTest::answers);
  }
}
