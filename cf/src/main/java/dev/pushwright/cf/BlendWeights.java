// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The weights of a blend that do best by some measure: coordinate ascent from the best of the given
 * weights, a guess, equal ones and each part alone, since the measure (ranks, clamped ratings) has
 * no gradient to follow and few dimensions. Deterministic.
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
   * @param guess weights that may do well, such as those of a smooth measure; all 0 for none
   * @param quality of a vector of weights, the higher the better; never NaN
   * @return the best weights found, adding up to as many as there are parts
   */
  static double[] search(double[] given, double[] guess, ToDoubleFunction<double[]> quality) {
    double[] best = normalized(given);
    double reached = quality.applyAsDouble(best);
    for (double[] candidate : starts(guess)) {
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

  private static List<double[]> starts(double[] guess) {
    List<double[]> starts = new ArrayList<>();
    if (Arrays.stream(guess).sum() > 0) {
      starts.add(normalized(guess));
    }
    double[] equal = new double[guess.length];
    Arrays.fill(equal, 1);
    starts.add(equal);
    for (int k = 0; k < guess.length; k++) {
      double[] alone = new double[guess.length];
      alone[k] = guess.length;
      starts.add(alone);
    }
    return starts;
  }

  static double[] normalized(double[] weights) {
    double scale = weights.length / Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight * scale).toArray();
  }
}
