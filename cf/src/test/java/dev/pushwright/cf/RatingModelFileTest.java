// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class RatingModelFileTest {

  private static final Plugins PLUGINS =
      Plugins.of(new BaselineProvider(), new BiasedMfProvider(), new SvdPlusPlusProvider());

  private static final Dataset DATA = MadeUpRatings.stars(8, 6, 0.6, 1);

  @TempDir Path folder;

  static Stream<Recommender> algorithms() {
    return Stream.of(
        Baseline.builder().build(),
        BiasedMf.builder().factors(3).build(),
        SvdPlusPlus.builder().factors(3).build());
  }

  private static void askEverything(RecommenderModel model) {
    List<Event> history = DATA.eventsOf(MadeUpRatings.user(2));
    for (int u = 0; u < 9; u++) {
      String user = MadeUpRatings.user(u);
      RecommendationQuery.Builder query =
          RecommendationQuery.forUser(user).explain(true).excludeSeen(false);
      assertThat(model.recommend(query.build()).items())
          .allMatch(item -> Double.isFinite(item.score()));
      assertThat(model.recommend(query.history(history).build()).items())
          .allMatch(item -> Double.isFinite(item.score()));
      assertThat(model.predictRating(user, MadeUpRatings.item(u))).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void damagedNumbersAreRefusedOrDoNoHarm(Recommender algorithm) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Models.save(algorithm.fit(DATA), file);
    byte[] sound = Files.readAllBytes(file);
    int data = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    int read = 0;
    for (int mutant = 0; mutant < 1000; mutant++) {
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
}
