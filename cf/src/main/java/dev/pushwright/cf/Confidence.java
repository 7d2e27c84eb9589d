// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;
import java.util.Arrays;

/**
 * How much the pair of a user and an item tells, from its weight w: 2w / (w + m), with m the median
 * weight of all pairs. That is 1 for each pair where all weigh the same, and stays below 2 however
 * heavy one is.
 *
 * @param median m, above 0
 */
record Confidence(float median) {

  /** The confidence that goes with a matrix of weights, all of them above 0. */
  static Confidence of(SparseRows weights) {
    if (weights.size() == 0) {
      return new Confidence(1);
    }
    float[] all = new float[weights.size()];
    for (int p = 0; p < all.length; p++) {
      all[p] = weights.value(p);
    }
    Arrays.sort(all);
    return new Confidence(all[all.length / 2]);
  }

  float of(float weight) {
    return (float) (2.0 * weight / ((double) weight + median));
  }
}
