// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;
import java.util.SplittableRandom;

/**
 * Draws, from a pool of items, one that a user does not have. Drawn again while it is one that the
 * user has; after {@value #TRIES} of those the items left are counted and one of them is drawn, so
 * that a user who has nearly everything costs time in proportion to the pool and no more, and one
 * who has everything gets {@link #NONE}. Either way the distribution is the same: that of the pool,
 * on what the user does not have. Immutable.
 */
final class NegativeSampler {

  /** Stands for an item where the user has the whole pool. */
  static final int NONE = -1;

  private static final int TRIES = 64;

  private final SparseRows has;
  private final int[] pool;
  private final int from;
  private final int to;
  // By position in the pool from 0: the weights up to and with it. Empty: all weigh the same.
  private final long[] cumulative;

  /**
   * A sampler.
   *
   * @param has users × items, a value where the user has the item
   * @param pool items; kept, not to be changed while this is in use
   * @param from where the pool begins in the array
   * @param to where it ends
   * @param weights by item: how often it is drawn in proportion, at least 1; empty: all alike
   */
  NegativeSampler(SparseRows has, int[] pool, int from, int to, int[] weights) {
    this.has = has;
    this.pool = pool;
    this.from = from;
    this.to = to;
    this.cumulative = new long[weights.length == 0 ? 0 : to - from];
    long sum = 0;
    for (int p = 0; p < cumulative.length; p++) {
      sum += weights[pool[from + p]];
      cumulative[p] = sum;
    }
  }

  /**
   * Draws an item.
   *
   * @param user who must not have it
   * @param random where chance comes from
   * @return an item of the pool, or {@link #NONE}
   */
  int draw(int user, SplittableRandom random) {
    if (from == to) {
      return NONE;
    }
    for (int t = 0; t < TRIES; t++) {
      int item = pool[from + position(random)];
      if (has.get(user, item) == 0) {
        return item;
      }
    }
    return drawFromWhatIsLeft(user, random);
  }

  private int position(SplittableRandom random) {
    if (cumulative.length == 0) {
      return random.nextInt(to - from);
    }
    long at = random.nextLong(cumulative[cumulative.length - 1]);
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int drawFromWhatIsLeft(int user, SplittableRandom random) {
    long left = 0;
    for (int p = 0; p < to - from; p++) {
      left += has.get(user, pool[from + p]) == 0 ? weight(p) : 0;
    }
    if (left == 0) {
      return NONE;
    }
    long at = random.nextLong(left);
    for (int p = 0; ; p++) {
      at -= has.get(user, pool[from + p]) == 0 ? weight(p) : 0;
      if (at < 0) {
        return pool[from + p];
      }
    }
  }

  private long weight(int position) {
    if (cumulative.length == 0) {
      return 1;
    }
    return position == 0 ? cumulative[0] : cumulative[position] - cumulative[position - 1];
  }
}
