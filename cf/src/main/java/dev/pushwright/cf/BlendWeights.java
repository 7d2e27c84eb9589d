// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The weights of a blend that do best by some measure, found by compass search [1], since the
 * measure (ranks, clamped ratings) has no gradient to follow and few dimensions. A step takes a
 * share of all weight from one part and gives it to another; so, unlike steps in one weight at a
 * time, it follows two parts that may stand in for each other. Steps of every pair are tried until
 * none does better, and then steps half as long. The search begins at the given weights, at equal
 * ones and at each part alone, with long steps, and goes on with short ones from the best of what
 * these reached. Deterministic.
 *
 * <p>[1] T. Kolda, R. Lewis, V. Torczon, "Optimization by direct search: new perspectives on some
 * classical and modern methods", SIAM Review 2003, section 3.
 */
final class BlendWeights {

  // Of all weight.
  private static final double LONGEST = 1.0 / 4;
  private static final double LONG = 1.0 / 16;
  private static final double SHORTEST = 1.0 / 64;

  // Less is rounding, and not worth a step away from the simpler weights.
  private static final double GAIN = 1e-5;

  private final ToDoubleFunction<double[]> quality;
  private double[] best;
  private double reached;

  private BlendWeights(double[] start, ToDoubleFunction<double[]> quality) {
    this.quality = quality;
    this.best = start;
    this.reached = quality.applyAsDouble(start);
  }

  /**
   * Searches.
   *
   * @param given the weights to begin with, one for each part
   * @param quality of a vector of weights, the higher the better; never NaN
   * @return the best weights found, adding up to as many as there are parts
   */
  static double[] search(double[] given, ToDoubleFunction<double[]> quality) {
    BlendWeights found = new BlendWeights(normalized(given), quality);
    found.ascend(LONGEST, LONG);
    for (double[] start : otherStarts(given.length)) {
      BlendWeights other = new BlendWeights(start, quality);
      other.ascend(LONGEST, LONG);
      if (other.reached > found.reached + GAIN) {
        found = other;
      }
    }
    found.ascend(LONG / 2, SHORTEST);
    return found.best;
  }

  private static List<double[]> otherStarts(int parts) {
    List<double[]> starts = new ArrayList<>();
    double[] equal = new double[parts];
    Arrays.fill(equal, 1);
    starts.add(equal);
    for (int k = 0; k < parts; k++) {
      double[] alone = new double[parts];
      alone[k] = parts;
      starts.add(alone);
    }
    return starts;
  }

  private void ascend(double longest, double shortest) {
    for (double step = longest; step >= shortest; step /= 2) {
      boolean better = true;
      while (better) {
        better = false;
        for (int from = 0; from < best.length; from++) {
          for (int to = 0; to < best.length; to++) {
            better |= from != to && move(from, to, step * best.length);
          }
        }
      }
    }
  }

  /** Takes weight from one part, all of it where it has no more, gives it to another, and looks. */
  private boolean move(int from, int to, double weight) {
    double moved = Math.min(weight, best[from]);
    if (moved == 0) {
      return false;
    }
    double[] candidate = best.clone();
    candidate[from] -= moved;
    candidate[to] += moved;
    double found = quality.applyAsDouble(candidate);
    if (!(found > reached + GAIN)) {
      return false;
    }
    best = candidate;
    reached = found;
    return true;
  }

  static double[] normalized(double[] weights) {
    double scale = weights.length / Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight * scale).toArray();
  }
}
