// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;

/** Where an amount stands among others: up to 101 of them in ascending order. Immutable. */
final class Quantiles {

  private static final int STEPS = 100;

  private final double[] at;

  private Quantiles(double[] at) {
    this.at = at;
  }

  /** The quantiles of amounts, each at least 0. */
  static Quantiles of(double[] amounts) {
    double[] sorted = amounts.clone();
    Arrays.sort(sorted);
    if (sorted.length <= STEPS) {
      return new Quantiles(sorted);
    }
    double[] at = new double[STEPS + 1];
    for (int s = 0; s <= STEPS; s++) {
      at[s] = sorted[(int) ((long) s * (sorted.length - 1) / STEPS)];
    }
    return new Quantiles(at);
  }

  /** Whether there were amounts. */
  boolean isKnown() {
    return at.length > 0;
  }

  /**
   * The share of the amounts that are less, half of those that are equal included.
   *
   * @return from 0 to 1
   */
  double percentile(double amount) {
    int below = 0;
    int equal = 0;
    for (double x : at) {
      below += x < amount ? 1 : 0;
      equal += x == amount ? 1 : 0;
    }
    return at.length == 0 ? 0.5 : (below + 0.5 * equal) / at.length;
  }

  void save(ModelWriter out, String name) {
    out.doubles(name, at);
  }

  static Quantiles read(ModelReader in, String name) {
    double[] at = in.doubles(name);
    for (int s = 0; s < at.length; s++) {
      if (at.length > STEPS + 1
          || !(at[s] >= 0 && at[s] <= Double.MAX_VALUE)
          || (s > 0 && at[s - 1] > at[s])) {
        throw in.damaged(name + " is no row of at most 101 ascending amounts, at " + s);
      }
    }
    return new Quantiles(at);
  }
}
