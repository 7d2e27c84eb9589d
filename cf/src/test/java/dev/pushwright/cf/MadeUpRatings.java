// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Options;
import java.time.Instant;
import java.util.SplittableRandom;

/** Ratings whose making is known. */
final class MadeUpRatings {

  static final FitContext ONE_THREAD = FitContext.standard().withThreads(1);

  private MadeUpRatings() {}

  static String user(int u) {
    return "u" + (1000 + u);
  }

  static String item(int i) {
    return "i" + (1000 + i);
  }

  static Interaction rating(int u, int i, double value) {
    return Interaction.rating(user(u), item(i), value, Instant.EPOCH);
  }

  /** Whole stars from 1 to 5 by user, item and two hidden traits, with noise. */
  static Dataset stars(int users, int items, double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] u = traits(users, random);
    double[][] i = traits(items, random);
    Dataset.Builder data = Dataset.builder();
    for (int a = 0; a < users; a++) {
      for (int b = 0; b < items; b++) {
        if (random.nextDouble() < share) {
          double taste = u[a][0] * i[b][0] + u[a][1] * i[b][1];
          double value = 3.3 + 0.4 * u[a][2] + 0.6 * i[b][2] + taste + random.nextDouble(-1, 1);
          data.add(rating(a, b, Math.max(1, Math.min(5, Math.rint(value)))));
        }
      }
    }
    return data.build();
  }

  private static double[][] traits(int rows, SplittableRandom random) {
    double[][] traits = new double[rows][3];
    for (double[] row : traits) {
      for (int f = 0; f < row.length; f++) {
        row[f] = random.nextDouble(-1.5, 1.5);
      }
    }
    return traits;
  }

  /** The same ratings under {@code factor · rating + shift}. */
  static Dataset rescaled(Dataset data, double factor, double shift) {
    Dataset.Builder other = Dataset.builder();
    for (Event event : data.events()) {
      Interaction rating = (Interaction) event;
      other.add(
          Interaction.rating(
              rating.userId(), rating.itemId(), factor * rating.value() + shift, rating.at()));
    }
    return other.build();
  }

  /** Ratings, a row for each user; 0 stands for none. */
  static Ratings of(double[][] rows) {
    SparseRows.Builder builder = SparseRows.builder(rows[0].length);
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        if (row[i] != 0) {
          builder.add(i, (float) row[i]);
        }
      }
      builder.endRow();
    }
    return Ratings.of(builder.build());
  }

  static Ratings of(Dataset data) {
    return Ratings.of(data.interactions(Ratings.WEIGHTS.defaultValue()).byUser());
  }

  static SgdOptions options(OptionSet set, Options options) {
    return SgdOptions.of(set.resolve(options));
  }
}
