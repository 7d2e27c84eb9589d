// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.Arrays;

/**
 * Keeps the k nearest of a stream of candidates with similarities above 0, equal ones by the
 * smaller number, whatever the order they come in. Candidates are gathered until there are four
 * times too many, and then those that are not among the k nearest are thrown out by quickselect:
 * O(1) for each candidate, where a heap takes O(log k) for each that enters, and {@link #floor}
 * lets most be rejected before they are computed to the end. Not thread-safe.
 */
final class Nearest {

  private final int k;
  // The bits of the similarity, which for numbers above 0 are in the order of the numbers,
  // and below them the complement of the number: the larger key is the nearer.
  private final long[] keys;
  private int size;
  private long floorKey;
  private float floor;

  Nearest(int k) {
    this.k = k;
    this.keys = new long[4 * k + 16];
  }

  /** No candidate below this similarity is among the nearest; 0 while that cannot be said. */
  float floor() {
    return floor;
  }

  /** A number above 0 that is the larger, the nearer the candidate; the similarity is above 0. */
  static long key(int number, float similarity) {
    return ((long) Float.floatToRawIntBits(similarity) << 32) | (~number & 0xffffffffL);
  }

  /** The number in a {@link #key}. */
  static int number(long key) {
    return ~(int) key;
  }

  /** The similarity in a {@link #key}. */
  static float similarity(long key) {
    return Float.intBitsToFloat((int) (key >>> 32));
  }

  /** Offers a candidate; the similarity is above 0. */
  void offer(int number, float similarity) {
    long key = key(number, similarity);
    if (key > floorKey) {
      keys[size++] = key;
      if (size == keys.length) {
        shrink();
      }
    }
  }

  private void shrink() {
    if (size > k) {
      select(keys, size, k);
      size = k;
    }
    if (size == k && k > 0) {
      long least = keys[0];
      for (int p = 1; p < k; p++) {
        least = Math.min(least, keys[p]);
      }
      floorKey = least;
      floor = Float.intBitsToFloat((int) (least >>> 32));
    } else if (k == 0) {
      floorKey = Long.MAX_VALUE;
      floor = Float.MAX_VALUE;
    }
  }

  /**
   * Brings the largest keys to the front, in any order, by quickselect. The loop has no branch that
   * depends on the keys, for that could not be foretold.
   *
   * @param keys different ones, not below 0; the first {@code size} are reordered
   * @param size how many there are
   * @param k how many shall be in front, less than size
   */
  static void select(long[] keys, int size, int k) {
    int from = 0;
    int to = size;
    while (from < k && k < to) {
      if (to - from == 2) {
        long larger = Math.max(keys[from], keys[from + 1]);
        keys[from + 1] = Math.min(keys[from], keys[from + 1]);
        keys[from] = larger;
        return;
      }
      long first = keys[from];
      long middle = keys[(from + to) >>> 1];
      long last = keys[to - 1];
      // Of three different keys one is larger and one smaller, so neither side is empty.
      long pivot = Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
      int end = from;
      for (int p = from; p < to; p++) {
        long key = keys[p];
        keys[p] = keys[end];
        keys[end] = key;
        end += (int) ((pivot - 1 - key) >>> 63);
      }
      if (end > k) {
        to = end;
      } else {
        from = end;
      }
    }
  }

  /**
   * Ends the stream and begins the next.
   *
   * @param numbers receives at most k numbers, ascending
   * @param similarities receives the similarity of each
   * @return how many there are
   */
  int drain(int[] numbers, float[] similarities) {
    shrink();
    for (int p = 0; p < size; p++) {
      keys[p] = (~keys[p] << 32) | (keys[p] >>> 32);
    }
    Arrays.sort(keys, 0, size);
    for (int p = 0; p < size; p++) {
      numbers[p] = (int) (keys[p] >>> 32);
      similarities[p] = Float.intBitsToFloat((int) keys[p]);
    }
    int drained = size;
    size = 0;
    floorKey = 0;
    floor = 0;
    return drained;
  }
}
