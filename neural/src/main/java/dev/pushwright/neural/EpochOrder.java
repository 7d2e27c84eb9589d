// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.CounterRandom;

/**
 * The integers from 0 to n − 1 in a random order that is computed instead of stored: the place of
 * each is known without the others', to any thread, for nothing but a key. A Feistel network on two
 * halves of the bits permutes the integers below the next power of two; what lands at n or above is
 * sent through again until it does not [1], which is less than once on average.
 *
 * <p>[1] J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002.
 *
 * @param n how many, at least 1
 * @param key decides about the order
 */
record EpochOrder(long n, long key) {

  private static final int ROUNDS = 3;

  /** The integer at a position from 0 to n − 1. */
  long at(long position) {
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(n - 1));
    int low = bits / 2;
    int high = bits - low;
    long lowMask = (1L << low) - 1;
    long highMask = (1L << high) - 1;
    long value = position;
    do {
      long left = value >>> low;
      long right = value & lowMask;
      for (int round = 0; round < ROUNDS; round++) {
        left ^= CounterRandom.bits(key + 2L * round, right) & highMask;
        right ^= CounterRandom.bits(key + 2L * round + 1, left) & lowMask;
      }
      value = left << low | right;
    } while (value >= n);
    return value;
  }
}
