// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;

/** Users with the items they are learned from, and with those that are watched. */
final class VaeData {

  private final PairData pairs;
  private final SparseRows rows;
  private final int[] users;
  // By watched pair, in the order of users: the item and those it is ranked among.
  private final int[] watchedStart;
  private final int[] ranked;

  VaeData(PairData pairs, long seed) {
    this.pairs = pairs;
    SparseRows.Builder builder = SparseRows.builder(pairs.items());
    int[] found = new int[pairs.users()];
    int size = 0;
    int p = 0;
    for (int u = 0; u < pairs.users(); u++) {
      boolean any = p < pairs.size() && pairs.user(p) == u;
      while (p < pairs.size() && pairs.user(p) == u) {
        builder.add(pairs.item(p), pairs.weight(p));
        p++;
      }
      builder.endRow();
      if (any) {
        found[size++] = u;
      }
    }
    this.rows = builder.build();
    this.users = Arrays.copyOf(found, size);
    this.watchedStart = new int[pairs.users() + 1];
    for (int n = 0; n < pairs.watched(); n++) {
      watchedStart[pairs.watchedUser(n) + 1]++;
    }
    for (int u = 0; u < pairs.users(); u++) {
      watchedStart[u + 1] += watchedStart[u];
    }
    this.ranked = new int[pairs.watched() * (1 + Validation.NEGATIVES)];
    long key = CounterRandom.key(seed, 0x6e6567);
    for (int n = 0; n < pairs.watched(); n++) {
      int at = n * (1 + Validation.NEGATIVES);
      ranked[at] = pairs.watchedItem(n);
      for (int k = 1; k <= Validation.NEGATIVES; k++) {
        ranked[at + k] =
            pairs.positives().draw(pairs.watchedUser(n), CounterRandom.bits(key, at + k));
      }
    }
  }

  int items() {
    return pairs.items();
  }

  /** How many users there are to learn from. */
  int size() {
    return users.length;
  }

  /** The dense index of the n-th of them. */
  int user(int n) {
    return users[n];
  }

  /** By dense index of a user: the items to learn from, and what each tells. */
  SparseRows rows() {
    return rows;
  }

  /** How many pairs are watched. */
  int watched() {
    return pairs.watched();
  }

  /** The sum of the discounted gains of what is watched of a user, see {@link Validation}. */
  double gain(int user, float[] scores, int off) {
    double sum = 0;
    for (int n = watchedStart[user]; n < watchedStart[user + 1]; n++) {
      int at = n * (1 + Validation.NEGATIVES);
      int rank = 1;
      for (int k = 1; k <= Validation.NEGATIVES; k++) {
        int other = ranked[at + k];
        rank += other != Positives.NONE && scores[off + other] >= scores[off + ranked[at]] ? 1 : 0;
      }
      sum += Validation.gain(rank);
    }
    return sum;
  }
}
