// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The weights of a blend that do best by some measure: coordinate ascent from equal weights, from
 * the given ones and from each part alone, since the measure (ranks, clamped ratings) has no
 * gradient to follow and few dimensions. Deterministic.
 */
final class BlendWeights {

  private static final double[] STEPS = {0, 0.25, 0.5, 0.75, 0.9, 1.1, 1.3, 1.6, 2, 4};
  private static final int ROUNDS = 8;
  // Less is noise of the validation part, not worth a step away from the simpler weights.
  private static final double GAIN = 1e-4;

  private BlendWeights() {}

  /**
   * Searches.
   *
   * @param given the weights to begin with, one for each part
   * @param quality of a vector of weights, the higher the better; never NaN
   * @return the best weights found, adding up to as many as there are parts
   */
  static double[] search(double[] given, ToDoubleFunction<double[]> quality) {
    double[] best = normalized(given);
    double reached = quality.applyAsDouble(best);
    double[] equal = new double[given.length];
    Arrays.fill(equal, 1);
    for (int start = -1; start < given.length; start++) {
      double[] candidate = equal;
      if (start >= 0) {
        candidate = new double[given.length];
        candidate[start] = given.length;
      }
      double found = quality.applyAsDouble(candidate);
      if (found > reached + GAIN) {
        best = candidate;
        reached = found;
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      double before = reached;
      for (int k = 0; k < given.length; k++) {
        double[] from = best;
        for (double step : STEPS) {
          double[] candidate = from.clone();
          // A part that is out comes in again at a share of the mean weight.
          candidate[k] = from[k] == 0 ? step / 4 : from[k] * step;
          if (Arrays.stream(candidate).sum() == 0) {
            continue;
          }
          candidate = normalized(candidate);
          double found = quality.applyAsDouble(candidate);
          if (found > reached + GAIN) {
            best = candidate;
            reached = found;
          }
        }
      }
      if (reached == before) {
        break;
      }
    }
    return best;
  }

  static double[] normalized(double[] weights) {
    double scale = weights.length / Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight * scale).toArray();
  }
}
