// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model's file: damaged numbers, and the file of version 0.1, which every later version has to
 * read and answer from to the bit. It stands in {@code src/test/resources/golden} with what it
 * answered when it was made, and is never made again. Run with {@code -Dpushwright.golden=write} to
 * make it where it is not there.
 */
class RulesFileTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src/test/resources/golden");

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00.5Z");

  private static final Plugins PLUGINS = Plugins.of(new RulesProvider());

  @TempDir Path folder;

  private static Dataset data() {
    return Dataset.builder()
        .add(Item.builder("lamp").title("Red desk lamp").tags("light").price(24.5).build())
        .add(Item.of("no title"))
        .add(User.of("ann").with("region", "north"))
        .add(User.of("bob").with("region", "south"))
        .add(User.of("zoë").with("region", "south"))
        .add(User.of("idle"))
        .add(Interaction.purchase("ann", "mug", 2, 12, DAY))
        .add(Interaction.purchase("ann", "tin", 1, 7.5, DAY.plusSeconds(60)))
        .add(Interaction.purchase("ann", "红灯", 1, 3, DAY.plusSeconds(90)))
        .add(Interaction.purchase("ann", "lamp", 1, 24.5, DAY.plusSeconds(90_000)))
        .add(Interaction.purchase("bob", "mug", 1, 6, DAY.plusSeconds(120)))
        .add(Interaction.purchase("bob", "tin", 1, 7.5, DAY.plusSeconds(120)))
        .add(Interaction.of(EventType.CART, "bob", "lamp", DAY.plusSeconds(180)))
        .add(Interaction.purchase("zoë", "红灯", 1, 3, DAY.plusSeconds(240)))
        .add(Interaction.purchase("zoë", "mug", 1, 6, DAY.plusSeconds(300)))
        .build();
  }

  private static RecommenderModel fitted() {
    return AssociationRules.builder()
        .minCount(1)
        .minLift(0)
        .basketHours(1)
        .maxRules(8)
        .segmentBy("region")
        .build()
        .fit(data());
  }

  private static List<String> answers(RecommenderModel model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.provenance().algorithm() + " " + model.provenance().options());
    lines.add(((RulesModel) model).rules().cuts() + " " + ((RulesModel) model).rules().all());
    for (String user : List.of("ann", "bob", "zoë", "idle", "stranger")) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user).explain(true);
      lines.add(user + ": " + text(model.recommend(query.build())));
      query.history(List.of(Interaction.view(user, "mug", DAY), Interaction.view(user, "红灯", DAY)));
      lines.add(user + " with a history: " + text(model.recommend(query.build())));
    }
    return lines;
  }

  private static String text(Recommendations answer) {
    return answer.basis() + " " + answer.items();
  }

  @Test
  void theFileOfVersion01IsReadAndAnswersAsItDid() throws IOException {
    Path file = GOLDEN.resolve("rules-0.1.safetensors");
    Path answers = GOLDEN.resolve("rules-0.1.txt");
    if (Files.notExists(file) && "write".equals(System.getProperty("pushwright.golden"))) {
      Models.save(fitted(), file);
      Files.write(answers, answers(fitted()));
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).isLessThan(20_000);
    assertThat(answers(Models.loadRecommender(file, PLUGINS)))
        .isEqualTo(Files.readAllLines(answers));
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Path file = folder.resolve("rules.safetensors");
    Models.save(fitted(), file);
    byte[] sound = Files.readAllBytes(file);
    int numbers = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    int read = 0;
    for (int mutant = 0; mutant < 1500; mutant++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
        damaged[random.nextInt(numbers, damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        RecommenderModel model = Models.loadRecommender(file, PLUGINS);
        read++;
        answers(model);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString());
        assertThat(e.getMessage()).doesNotContain("cannot be read by");
      }
    }
    assertThat(refused).as("refused").isGreaterThan(100);
    assertThat(read).as("read").isGreaterThan(100);
  }
}
