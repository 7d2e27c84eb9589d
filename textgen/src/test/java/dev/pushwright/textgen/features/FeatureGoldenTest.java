// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.User;
import dev.pushwright.spi.ContentGeneratorProvider;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * One model file for each generator of features, which every later version has to read. Each stands
 * in {@code src/test/resources/golden} as {@code NAME-VERSION.safetensors}, with what it answered
 * when it was made in {@code NAME-VERSION.txt}. Run with {@code -Dpushwright.golden=write} to make
 * those that are not there yet; one that is there is left as it is. Matrix products of other
 * kernels than the one it was made with round otherwise: numbers are held to three digits.
 */
class FeatureGoldenTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

  private static List<String> answers(FeatureModel model) {
    List<String> lines = new ArrayList<>();
    Dataset data = TwoTastes.data();
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
      ContentResult text =
          model.generate(
              ContentRequest.builder(
                      profile,
                      List.of(new PushItem(data.item("saw-red").orElseThrow(), 1, List.of())))
                  .build());
      assertThat(text).isInstanceOf(PushContent.class);
      lines.add(((PushContent) text).title() + " | " + ((PushContent) text).body());
    }
    lines.add(model.report().toString());
    return lines;
  }

  private static void check(
      String name, ContentGeneratorProvider provider, FeatureGenerator generator)
      throws IOException {
    Path file = GOLDEN.resolve(name + ".safetensors");
    Path answers = GOLDEN.resolve(name + ".txt");
    if (Files.notExists(file) && "write".equals(System.getProperty("pushwright.golden"))) {
      FeatureModel model = generator.fit(TwoTastes.data(), FitContext.standard());
      Models.save(model, file);
      Files.write(answers, answers(model));
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).isLessThan(30_000);
    FeatureModel model = (FeatureModel) Models.loadGenerator(file, Plugins.of(provider));
    assertThat(answers(model)).isEqualTo(Files.readAllLines(answers));
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
