// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.CounterRandom;

/** Some pairs of {@link Examples}, each drawn as often as it weighs. Immutable. */
final class Pairs {

  private final int[] pairs;
  private final double[] ends;

  Pairs(Examples examples, int[] pairs) {
    this.pairs = pairs;
    this.ends = new double[pairs.length];
    double sum = 0;
    for (int n = 0; n < pairs.length; n++) {
      sum += examples.weight(pairs[n]);
      ends[n] = sum;
    }
  }

  int size() {
    return pairs.length;
  }

  int get(int n) {
    return pairs[n];
  }

  /** The pair that random bits say. */
  int draw(long key, long position) {
    double at = (CounterRandom.bits(key, position) >>> 11) * 0x1p-53 * ends[ends.length - 1];
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return pairs[low];
  }
}
