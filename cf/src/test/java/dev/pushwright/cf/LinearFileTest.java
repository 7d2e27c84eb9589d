// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class LinearFileTest {

  private static final Plugins PLUGINS =
      Plugins.of(new EaseProvider(), new SlimProvider(), new Rp3BetaProvider());

  @TempDir Path folder;

  static Stream<Arguments> recommenders() {
    return Stream.of(
        Arguments.of("ease", Ease.builder().lambda(1).build()),
        Arguments.of("ease-neighbours", Ease.builder().lambda(1).neighbours(4).build()),
        Arguments.of("slim", Slim.builder().l1(0.1).l2(1).build()),
        Arguments.of("rp3beta", Rp3Beta.builder().neighbours(4).build()));
  }

  private static void askEverything(RecommenderModel model) {
    for (int u = 0; u < 13; u++) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser("u" + u).explain(true);
      assertThat(model.recommend(query.build()).items())
          .allMatch(item -> Double.isFinite(item.score()));
      model.recommend(
          query
              .excludeSeen(false)
              .history(
                  List.of(
                      Interaction.view("u", "i1", LinearData.T),
                      Interaction.view("u", "i2", LinearData.T)))
              .build());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recommenders")
  void damagedNumbersAreRefusedOrDoNoHarm(String name, Recommender recommender) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    Models.save(recommender.fit(LinearData.random(3, 12, 10, 60)), file);
    byte[] sound = Files.readAllBytes(file);
    int data = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    int read = 0;
    for (int mutant = 0; mutant < 1500; mutant++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
        damaged[random.nextInt(data, damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        RecommenderModel model = Models.loadRecommender(file, PLUGINS);
        read++;
        askEverything(model);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString());
        assertThat(e.getMessage()).doesNotContain("cannot be read by");
      }
    }
    assertThat(refused).as("refused").isGreaterThan(100);
    assertThat(read).as("read").isGreaterThan(100);
  }

  @Test
  void aLayoutOfALaterVersionIsRefusedByItsName() throws IOException {
    Path file = folder.resolve("ease.safetensors");
    Models.save(Ease.builder().build().fit(LinearData.threeUsers()), file);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("\"dense\"");
    Files.writeString(file, text.replace("\"dense\"", "\"waved\""), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Models.loadRecommender(file, PLUGINS))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("layout is \"waved\"");
  }
}
