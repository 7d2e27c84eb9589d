// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;

/**
 * Who has what, and what somebody has not: draws items for the negatives. An item that a user has
 * is drawn again, at most {@value #TRIES} times; then what is left is counted and one of that is
 * drawn, so that a user who has nearly everything costs time in proportion to the items and no
 * more. Immutable.
 */
final class Positives {

  /** Stands for an item where the user has them all. */
  static final int NONE = -1;

  static final int TRIES = 32;

  // As a bit for each user and item, where that takes no more than 64 MB.
  private static final long MAX_BITS = 1L << 29;

  private final SparseRows byUser;
  private final int[] occurring;
  private final long[] bits;

  Positives(SparseRows byUser, SparseRows byItem) {
    this.byUser = byUser;
    this.occurring = occurring(byItem);
    long all = (long) byUser.rows() * byUser.columns();
    this.bits = new long[all <= MAX_BITS ? (int) (all / 64 + 1) : 0];
    for (int u = 0; bits.length > 0 && u < byUser.rows(); u++) {
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        long at = (long) u * byUser.columns() + byUser.column(p);
        bits[(int) (at >>> 6)] |= 1L << at;
      }
    }
  }

  private static int[] occurring(SparseRows byItem) {
    int[] found = new int[byItem.rows()];
    int size = 0;
    for (int i = 0; i < found.length; i++) {
      if (byItem.start(i) < byItem.end(i)) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /** The items that anybody has, ascending: of the others nothing is learned. */
  int[] occurring() {
    return occurring;
  }

  boolean has(int user, int item) {
    if (bits.length == 0) {
      return byUser.get(user, item) != 0;
    }
    long at = (long) user * byUser.columns() + item;
    return (bits[(int) (at >>> 6)] >>> at & 1) != 0;
  }

  /**
   * Draws an item for each of n samples but those that are a pair themselves.
   *
   * @param rejecting whether only items are drawn that the user has not
   * @param users the user of each sample
   * @param key a {@link CounterRandom} key
   * @param samples the numbers of the samples, which decide about what is drawn
   * @param isPair whether a sample is a pair itself
   * @param drawn receives an item that somebody has, or {@link #NONE}; for pairs anything
   * @param n how many
   */
  void drawAll(
      boolean rejecting,
      int[] users,
      long key,
      long[] samples,
      boolean[] isPair,
      int[] drawn,
      int n) {
    for (int r = 0; r < n; r++) {
      long own = CounterRandom.bits(key, samples[r]);
      drawn[r] = occurring[CounterRandom.below(own, 0, occurring.length)];
    }
    for (int r = 0; rejecting && r < n; r++) {
      if (!isPair[r] && has(users[r], drawn[r])) {
        drawn[r] = draw(users[r], CounterRandom.bits(key, samples[r]));
      }
    }
  }

  /**
   * Draws an item that a user does not have, all alike.
   *
   * @param user the user
   * @param key a {@link CounterRandom} key of this draw's own
   * @return an item that somebody has, or {@link #NONE}
   */
  int draw(int user, long key) {
    for (int t = 0; t < TRIES; t++) {
      int item = occurring[CounterRandom.below(key, t, occurring.length)];
      if (!has(user, item)) {
        return item;
      }
    }
    int left = occurring.length - (byUser.end(user) - byUser.start(user));
    if (left <= 0) {
      return NONE;
    }
    int at = CounterRandom.below(key, TRIES, left);
    for (int item : occurring) {
      if (!has(user, item) && at-- == 0) {
        return item;
      }
    }
    return NONE;
  }
}
