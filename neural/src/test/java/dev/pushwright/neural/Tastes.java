// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import java.time.Instant;
import java.util.SplittableRandom;

/** Users of four tastes, who mostly keep to a quarter of the items; some items are popular. */
final class Tastes {

  static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private Tastes() {}

  static Dataset data(int users, int items, int eventsEach, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    int ofOneTaste = items / 4;
    for (int u = 0; u < users; u++) {
      for (int e = 0; e < eventsEach; e++) {
        double skew = random.nextDouble();
        int inTaste = (int) (skew * skew * ofOneTaste);
        int taste = random.nextInt(10) == 0 ? random.nextInt(4) : u % 4;
        data.add(Interaction.view("u" + u, "i" + (inTaste * 4 + taste), T.plusSeconds(e)));
      }
    }
    return data.build();
  }
}
