// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
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
import java.util.List;
import java.util.SplittableRandom;

/** Turns bits in the numbers of a model file: refused when they are read, or no trouble after. */
final class DamagedFiles {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");
  private static final int MUTANTS = 200;

  private DamagedFiles() {}

  /** A few users and items with titles. */
  static Dataset data() {
    SplittableRandom random = new SplittableRandom(3);
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < 10; i++) {
      data.add(Item.of("i" + i, "thing of kind k" + i % 3 + " and sort s" + i % 4));
    }
    for (int u = 0; u < 12; u++) {
      data.add(User.of("u" + u).with("region", "r" + u % 3));
      for (int e = 0; e < 5; e++) {
        data.add(Interaction.view("u" + u, "i" + random.nextInt(10), DAY.plusSeconds(60L * e + u)));
      }
    }
    return data.build();
  }

  /** Tries one bit or two at a time. */
  static void areRefusedOrDoNoHarm(RecommenderModel model, Path file, Plugins plugins)
      throws IOException {
    Models.save(model, file);
    byte[] sound = Files.readAllBytes(file);
    int data = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    int read = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
        damaged[random.nextInt(data, damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        RecommenderModel again = Models.loadRecommender(file, plugins);
        read++;
        askEverything(again);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e).hasMessageContaining(file.toString());
        assertThat(e.getMessage()).doesNotContain("cannot be read by");
      }
    }
    assertThat(refused).as("refused").isGreaterThan(MUTANTS / 10);
    assertThat(read).as("read").isGreaterThan(MUTANTS / 10);
  }

  private static void askEverything(RecommenderModel model) {
    for (int u = 0; u < 13; u += 4) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser("u" + u);
      Recommendations answer = model.recommend(query.build());
      assertThat(answer.items()).allMatch(item -> Double.isFinite(item.score()));
      model.recommend(
          query
              .excludeSeen(false)
              .history(List.of(Interaction.view("u", "i1", DAY), Interaction.view("u", "i2", DAY)))
              .build());
    }
  }
}
