// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Model files of released formats, which every later version has to read and answer from to the
 * bit. Each stands in {@code src/test/resources/golden} as {@code NAME-VERSION.safetensors}, with
 * what it answered when it was made in {@code NAME-VERSION.txt}. They are never made again: a new
 * version of the format adds files of its own. Run with {@code -Dpushwright.golden=write} to make
 * those that are not there yet; one that is there is left as it is.
 */
class GoldenFilesTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static Dataset data() {
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
    Plugins plugins = Plugins.load();
    return plugins.recommenders().stream()
        .filter(name -> plugins.recommender(name) instanceof NeuralProvider)
        .map(name -> DynamicTest.dynamicTest(name, () -> check(plugins, name)));
  }

  // Of the same version, in the other form.
  @Test
  void aQuantizedModelOfVersion01IsRead() throws IOException {
    Plugins plugins = Plugins.load();
    Options options = options("neumf").with("factors", 70).with("quantize", true);
    check("neumf-quantized-0.1", plugins.recommender("neumf", options).fit(data()), plugins);
  }

  private static void check(Plugins plugins, String recommender) throws IOException {
    RecommenderModel fitted = plugins.recommender(recommender, options(recommender)).fit(data());
    check(recommender + "-0.1", fitted, plugins);
  }

  private static void check(String name, RecommenderModel fitted, Plugins plugins)
      throws IOException {
    Path file = GOLDEN.resolve(name + ".safetensors");
    Path answers = GOLDEN.resolve(name + ".txt");
    if (Files.notExists(file) && "write".equals(System.getProperty("pushwright.golden"))) {
      Models.save(fitted, file);
      Files.write(answers, answers(fitted));
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).isLessThan(20_000);
    assertThat(answers(Models.loadRecommender(file, plugins)))
        .isEqualTo(Files.readAllLines(answers));
  }
}
