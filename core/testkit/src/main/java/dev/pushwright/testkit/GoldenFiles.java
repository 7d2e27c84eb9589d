// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Model;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Model files of released formats, which every later version has to read and answer from to the
 * bit. Each stands in a folder as {@code NAME-VERSION.safetensors}, with what it answered when it
 * was made in {@code NAME-VERSION.txt}. They are never made again: a new version of the format adds
 * files of its own. Tests that run with {@code -Dpushwright.golden=write} make those that are not
 * there yet; one that is there is left as it is. Immutable.
 */
public final class GoldenFiles {

  private static final String PROPERTY = "pushwright.golden";

  /** They stand in the repository for ever. */
  private static final long MOST_BYTES = 60_000;

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private final Path folder;

  private GoldenFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The files in {@code src/test/resources/golden} of the module under test.
   *
   * @return the files
   */
  public static GoldenFiles ofModule() {
    return new GoldenFiles(
        Path.of(System.getProperty("basedir", "."), "src/test/resources/golden"));
  }

  /**
   * The files in a folder.
   *
   * @param folder the folder
   * @return the files
   */
  public static GoldenFiles in(Path folder) {
    return new GoldenFiles(folder);
  }

  /**
   * Four users and five items with every type of event, names outside ASCII and an item without a
   * title, to fit a small model to.
   *
   * @return the data, the same at each call
   */
  public static Dataset data() {
    return Dataset.builder()
        .add(Item.builder("lamp").title("Red desk lamp").tags("light").price(24.5).build())
        .add(Item.builder("mug").title("Blue mug").category("Kitchen").price(6).build())
        .add(Item.builder("tin").title("Cake tin").category("Kitchen").price(7.5).build())
        .add(Item.builder("红灯").title("Paper lantern").price(3).build())
        .add(Item.of("no title"))
        .add(User.of("ann").with("region", "north"))
        .add(User.of("bob").with("region", "south"))
        .add(User.of("zoë").with("region", "south"))
        .add(User.of("idle"))
        .add(Interaction.view("ann", "lamp", DAY))
        .add(Interaction.purchase("ann", "mug", 2, 12, DAY.plusSeconds(60)))
        .add(Interaction.purchase("bob", "mug", 1, 6, DAY.plusSeconds(120)))
        .add(Interaction.of(EventType.CART, "bob", "tin", DAY.plusSeconds(180)))
        .add(Interaction.of(EventType.IMPRESSION, "bob", "红灯", DAY.plusSeconds(200)))
        .add(Interaction.of(EventType.FAVORITE, "zoë", "tin", DAY.plusSeconds(240)))
        .add(Interaction.view("zoë", "红灯", DAY.plusSeconds(300)))
        .add(Search.of("zoë", "red lamp", DAY.plusSeconds(360)))
        .add(Interaction.rating("ann", "lamp", 4, DAY.plusSeconds(400)))
        .add(Interaction.rating("ann", "红灯", 2, DAY.plusSeconds(401)))
        .add(Interaction.rating("bob", "mug", 5, DAY.plusSeconds(402)))
        .add(Interaction.rating("bob", "tin", 4, DAY.plusSeconds(403)))
        .add(Interaction.rating("zoë", "tin", 5, DAY.plusSeconds(404)))
        .add(Interaction.rating("zoë", "红灯", 1, DAY.plusSeconds(405)))
        .build();
  }

  /**
   * Where a file stands.
   *
   * @param name the model's name and the version, for example {@code tfidf-0.1}
   * @return its path, whether or not it is there
   */
  public Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }

  /**
   * Fails unless the file is there, of less than 60,000 bytes, and the model in it answers as it
   * did.
   *
   * @param <M> what the role's models are
   * @param name the model's name and the version, for example {@code tfidf-0.1}
   * @param fit makes the model, where the file is to be made
   * @param load reads a model file
   * @param answers asks a model for what stands in the text file, a line each
   * @throws IOException if a file cannot be read or written
   */
  public <M extends Model> void check(
      String name,
      Supplier<? extends M> fit,
      Function<Path, ? extends M> load,
      Function<? super M, List<String>> answers)
      throws IOException {
    Path file = file(name);
    Path text = folder.resolve(name + ".txt");
    if (Files.notExists(file) && "write".equals(System.getProperty(PROPERTY))) {
      M fitted = fit.get();
      Files.createDirectories(folder);
      Models.save(fitted, file);
      Files.write(text, answers.apply(fitted));
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).as("bytes of %s", file).isLessThan(MOST_BYTES);
    assertThat(answers.apply(load.apply(file)))
        .as("answers of %s", file)
        .isEqualTo(Files.readAllLines(text));
  }
}
