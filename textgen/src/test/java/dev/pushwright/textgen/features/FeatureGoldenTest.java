// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.User;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.GoldenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The file of version 0.1 of each generator of features, see {@link GoldenFiles}. Matrix products
 * of other kernels than the one it was made with round otherwise: numbers are held to three digits.
 * The texts are those of the bundled templates, which are no part of the file and get better.
 */
class FeatureGoldenTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  private static List<String> answers(FeatureModel model) {
    List<String> lines = new ArrayList<>();
    for (UserProfile profile : List.of(TwoTastes.player(), TwoTastes.builder())) {
      User user = User.of(profile.userId());
      for (Wish wish : model.wishes(profile, user, 1, 3)) {
        Wish.Match first = wish.items().get(0);
        lines.add(
            String.format(Locale.ROOT, "%s %.3f %s", first.itemId(), first.cosine(), wish.tags()));
      }
      float[] scores = model.scores(profile, user, 1);
      for (int i = 0; i < scores.length; i += 12) {
        lines.add(String.format(Locale.ROOT, "%s %.3f", model.items().id(i), scores[i]));
      }
    }
    lines.add(model.report().toString());
    return lines;
  }

  private static void check(
      String name, ContentGeneratorProvider provider, FeatureGenerator generator)
      throws IOException {
    GOLDEN.check(
        name,
        () -> generator.fit(TwoTastes.data(), FitContext.standard()),
        file -> (FeatureModel) Models.loadGenerator(file, Plugins.of(provider)),
        FeatureGoldenTest::answers);
  }

  @Test
  void vae01() throws IOException {
    check(
        "vae-0.1",
        new VaeGeneratorProvider(),
        VaeGenerator.builder().hidden(12).noise(3).epochs(4).textDimensions(6).build());
  }

  @Test
  void gan01() throws IOException {
    check(
        "gan-0.1",
        new GanGeneratorProvider(),
        GanGenerator.builder().hidden(12).noise(3).epochs(4).textDimensions(6).build());
  }
}
