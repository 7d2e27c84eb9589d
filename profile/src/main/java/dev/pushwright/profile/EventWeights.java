// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * One user's {@link Marks} as weights on what they are about, up to a common factor. Marks about
 * the same thing are joined as the {@link Weighting} says.
 *
 * <p>The factor is free because shares of interest do not depend on it, and it is chosen so that
 * the mark that has faded least has not faded at all. However old a history is, its weights
 * therefore never vanish together: events of ten years ago with a half-life of a day stand to each
 * other as they did then. One that has faded beyond what a double can hold <em>beside the
 * others</em> weighs 0.
 */
final class EventWeights {

  private final int[] keys;
  private final double[] weights;

  private EventWeights(int[] keys, double[] weights, int size) {
    this.keys = Arrays.copyOf(keys, size);
    this.weights = Arrays.copyOf(weights, size);
  }

  int size() {
    return keys.length;
  }

  /** What the weight is on; ascending. */
  int key(int position) {
    return keys[position];
  }

  /** Finite and above 0. */
  double weight(int position) {
    return weights[position];
  }

  /**
   * Joins marks.
   *
   * @param marks of one user
   * @param about whether a key counts; one that does not cannot make the others look old either
   * @param fading how marks fade, and are joined
   * @param at the instant that ages are counted to; that of the last mark where it comes before
   */
  static EventWeights of(Marks marks, IntPredicate about, Fading fading, Instant at) {
    double[] faded = faded(marks, about, fading, at);
    boolean sum = fading.combine() == Combine.SUM;
    boolean binary = fading.combine() == Combine.BINARY;
    int size = faded.length;
    int[] keys = new int[size];
    double[] weights = new double[size];
    int out = 0;
    for (int p = 0; p < size; ) {
      int key = marks.key(p);
      double joined = 0;
      for (; p < size && marks.key(p) == key; p++) {
        joined = sum ? joined + faded[p] : Math.max(joined, binary ? marks.weight(p) : faded[p]);
      }
      if (joined > 0 && about.test(key)) {
        keys[out] = key;
        weights[out++] = joined;
      }
    }
    return new EventWeights(keys, weights, out);
  }

  /** The weight of each mark, faded by one common factor less; 0 where the key does not count. */
  static double[] faded(Marks marks, IntPredicate about, Fading fading, Instant at) {
    int size = marks.size();
    long second = at.getEpochSecond();
    int nano = at.getNano();
    for (int p = 0; p < size; p++) {
      if (marks.second(p) > second || (marks.second(p) == second && marks.nano(p) > nano)) {
        second = marks.second(p);
        nano = marks.nano(p);
      }
    }
    // The power of two that each has faded to: at most 0, never infinite.
    double[] power = new double[size];
    double least = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < size; p++) {
      double days = Days.between(marks.second(p), marks.nano(p), second, nano);
      power[p] = Math.max(-Double.MAX_VALUE, -days / fading.halfLifeDays(marks.type(p)));
      if (power[p] > least && marks.weight(p) > 0 && about.test(marks.key(p))) {
        least = power[p];
      }
    }
    for (int p = 0; p < size; p++) {
      double relative = power[p] - least;
      power[p] =
          !about.test(marks.key(p)) || marks.weight(p) == 0
              ? 0
              : relative == 0 ? marks.weight(p) : marks.weight(p) * Math.pow(2, relative);
    }
    return power;
  }
}
