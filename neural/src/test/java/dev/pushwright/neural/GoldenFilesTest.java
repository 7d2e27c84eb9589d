// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recommender's file of version 0.1, see {@link GoldenFiles}. */
class GoldenFilesTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static List<String> answers(RecommenderModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user).limit(10);
      lines.add(user + ": " + text(model.recommend(query.build())));
      query.history(
          List.of(Interaction.view(user, "mug", DAY), Interaction.view(user, "tin", DAY)));
      lines.add(user + " with a history: " + rounded(model.recommend(query.build())));
    }
    return lines;
  }

  // Folding in multiplies matrices, and the kernel that does it decides about the last bits.
  private static String rounded(Recommendations answer) {
    return answer.basis()
        + answer.items().stream()
            .map(item -> " " + item.itemId() + "=" + Math.round(100 * item.score()) / 100.0)
            .collect(Collectors.joining());
  }

  private static String text(Recommendations answer) {
    StringBuilder text = new StringBuilder(answer.basis().toString());
    for (Recommendation item : answer.items()) {
      text.append(' ').append(item.itemId()).append('=').append(item.score());
    }
    return text.toString();
  }

  // Few numbers, so that the files are small.
  private static Options options(String recommender) {
    Options options =
        Options.of("segmentBy", "region").with("epochs", 5).with("learningRate", 0.05);
    if (recommender.equals("mult-vae")) {
      return options.with("hidden", 4).with("latent", 3).with("annealEpochs", 2);
    }
    boolean deep = recommender.endsWith("mlp");
    options = deep ? options : options.with("factors", 3);
    return deep || recommender.equals("neumf") ? options.with("layers", "6, 4, 3") : options;
  }

  @TestFactory
  Stream<DynamicTest> everyRecommenderOfThisModuleReadsItsFileOfVersion01() {
    Package here = GoldenFilesTest.class.getPackage();
    Plugins plugins = Plugins.load();
    return plugins.recommenders().stream()
        .filter(name -> plugins.recommender(name).getClass().getPackage().equals(here))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> check(name + "-0.1", plugins, name, options(name))));
  }

  // Of the same version, in the other form.
  @Test
  void aQuantizedModelOfVersion01IsRead() throws IOException {
    Plugins plugins = Plugins.load();
    Options options = options("neumf").with("factors", 70).with("quantize", true);
    check("neumf-quantized-0.1", plugins, "neumf", options);
  }

  private static void check(String name, Plugins plugins, String recommender, Options options)
      throws IOException {
    GOLDEN.check(
        name,
        () -> plugins.recommender(recommender, options).fit(GoldenFiles.data()),
        file -> Models.loadRecommender(file, plugins),
        GoldenFilesTest::answers);
  }
}
