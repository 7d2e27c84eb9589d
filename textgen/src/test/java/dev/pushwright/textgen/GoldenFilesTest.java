// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.ContentResult;
import dev.pushwright.api.Occasion;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Refusal;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates' file of version 0.1, see {@link GoldenFiles}. */
class GoldenFilesTest {

  private static final GoldenFiles GOLDEN = GoldenFiles.ofModule();

  // Relative, for the path is an option and so stands in the file.
  private static final Path GOLDEN_PACK =
      Path.of("src/test/resources/golden/template-0.1.properties");

  // Those there were when the files were made.
  private static final List<Occasion> FIRST_OCCASIONS =
      List.of(
          Occasion.RECOMMENDATION,
          Occasion.PRICE_DROP,
          Occasion.BACK_IN_STOCK,
          Occasion.CART_REMINDER,
          Occasion.PROMOTION);

  @TempDir Path folder;

  private static List<String> answers(ContentModel model) {
    List<String> lines = new ArrayList<>();
    Item lamp = Item.builder("lamp").title("Red desk lamp").price(24.5).build();
    List<PushItem> items = List.of(new PushItem(lamp, 1, List.of()));
    for (Occasion occasion : FIRST_OCCASIONS) {
      for (Locale locale : List.of(Locale.UK, Locale.CHINA, Locale.FRANCE)) {
        for (long seed = 0; seed < 3; seed++) {
          ContentRequest request =
              ContentRequest.builder(UserProfile.empty("ann"), items)
                  .user(User.of("ann").with(User.NAME, "Ann"))
                  .occasion(occasion)
                  .locale(locale)
                  .oldPrice(30)
                  .seed(seed)
                  .build();
          lines.add(occasion + " " + locale + " " + seed + ": " + text(model.generate(request)));
        }
      }
    }
    return lines;
  }

  private static String text(ContentResult result) {
    return result instanceof PushContent content
        ? content.title() + " | " + content.body() + " | " + content.source()
        : "refused: " + ((Refusal) result).reason();
  }

  private static ContentModel fitted(Path pack) {
    return TemplateGenerator.builder()
        .packs(pack)
        .builtIn(false)
        .fallbackLocale(Locale.ENGLISH)
        .build()
        .fit(Dataset.builder().build());
  }

  @Test
  void template01() throws IOException {
    GOLDEN.check(
        "template-0.1",
        () -> fitted(GOLDEN_PACK),
        file -> Models.loadGenerator(file, Plugins.of(new TemplateGeneratorProvider())),
        GoldenFilesTest::answers);
  }

  @Test
  void loadedModelDoesNotNeedThePackFiles() throws IOException {
    Path pack = folder.resolve("pack.properties");
    Files.copy(GOLDEN_PACK, pack);
    ContentModel model = fitted(pack);
    Files.delete(pack);
    Path file = folder.resolve("template.safetensors");
    Models.save(model, file);
    ContentModel loaded = Models.loadGenerator(file, Plugins.of(new TemplateGeneratorProvider()));
    assertThat(answers(loaded)).isEqualTo(answers(model)).anyMatch(a -> a.contains("may be what"));
    assertThat(loaded.provenance()).isEqualTo(model.provenance());
  }
}
