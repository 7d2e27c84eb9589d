// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

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
import org.junit.jupiter.api.Test;

/** The example's file of version 0.1, see {@link GoldenFiles}. */
class GoldenFilesTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static List<String> answers(RecommenderModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user).explain(false);
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
      text.append(' ').append(item.itemId()).append('=').append((float) item.score());
      text.append(item.reasons());
    }
    return text.toString();
  }

  @Test
  void priceBand01() throws IOException {
    CustomRecommender provider = new CustomRecommender();
    GOLDEN.check(
        "price-band-0.1",
        () -> provider.create(Options.of("width", 0.75)).fit(GoldenFiles.data()),
        file -> Models.loadRecommender(file, Plugins.of(provider)),
        GoldenFilesTest::answers);
  }
}
