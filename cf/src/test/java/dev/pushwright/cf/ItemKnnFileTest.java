// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged numbers in a sound layout: refused when they are read, or never a trouble after. */
class ItemKnnFileTest {

  private static final Instant DAY = Instant.parse("2025-06-01T00:00:00Z");
  private static final Plugins PLUGINS = Plugins.of(new ItemKnnProvider());

  @TempDir Path folder;

  private static Dataset data() {
    SplittableRandom random = new SplittableRandom(3);
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 12; u++) {
      data.add(User.of("u" + u).with("region", "r" + u % 3));
      for (int e = 0; e < 5; e++) {
        data.add(Interaction.view("u" + u, "i" + random.nextInt(10), DAY.plusSeconds(60L * e + u)));
      }
    }
    return data.build();
  }

  private static void askEverything(RecommenderModel model) {
    for (int u = 0; u < 13; u++) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser("u" + u).explain(true);
      Recommendations answer = model.recommend(query.build());
      assertThat(answer.items()).allMatch(item -> Double.isFinite(item.score()));
      model.recommend(
          query
              .excludeSeen(false)
              .history(List.of(Interaction.view("u", "i1", DAY), Interaction.view("u", "i2", DAY)))
              .build());
    }
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Path file = folder.resolve("item-knn.safetensors");
    Models.save(ItemKnn.builder().neighbours(4).segmentBy("region").build().fit(data()), file);
    byte[] sound = Files.readAllBytes(file);
    int data = 8 + (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    int read = 0;
    for (int mutant = 0; mutant < 3000; mutant++) {
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
    assertThat(refused).as("refused").isGreaterThan(300);
    assertThat(read).as("read").isGreaterThan(300);
  }
}
