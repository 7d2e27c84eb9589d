// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.CounterRandom;

/**
 * The integers from 0 to n − 1 in a random order that is computed instead of stored: the place of
 * each is known without the others', to any thread, for nothing but a key. A Feistel network
 * permutes the cells of a square of at least n, its halves being row and column; what lands at n or
 * above is sent through again until it does not [1], which hardly ever happens: the square has less
 * than 2·√n cells too many.
 *
 * <p>[1] J. Black, P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002.
 */
final class EpochOrder {

  private static final int ROUNDS = 3;

  private final long n;
  private final long key;
  private final long rows;
  private final long columns;

  /**
   * An order.
   *
   * @param n how many, from 1 to 2⁶²
   * @param key decides about it
   */
  EpochOrder(long n, long key) {
    this.n = n;
    this.key = key;
    long root = (long) Math.sqrt((double) n);
    while (root * root < n) {
      root++;
    }
    this.rows = root;
    this.columns = (n + root - 1) / root;
  }

  /** The integer at a position from 0 to n − 1. */
  long at(long position) {
    long value = position;
    do {
      long row = value / columns;
      long column = value - row * columns;
      for (int round = 0; round < ROUNDS; round++) {
        row = wrap(row + below(2L * round, column, rows), rows);
        column = wrap(column + below(2L * round + 1, row, columns), columns);
      }
      value = row * columns + column;
    } while (value >= n);
    return value;
  }

  private long below(long step, long half, long bound) {
    return ((CounterRandom.bits(key + step, half) >>> Integer.SIZE) * bound) >>> Integer.SIZE;
  }

  private static long wrap(long value, long bound) {
    return value >= bound ? value - bound : value;
  }
}
