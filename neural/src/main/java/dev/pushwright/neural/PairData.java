// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;

/**
 * The pairs to learn from, and those to watch. The share to watch is dealt pair by pair; who has a
 * single item keeps it to be learned from.
 */
final class PairData {

  private final Positives positives;
  private final int users;
  private final int items;
  private final int[] user;
  private final int[] item;
  // Empty where all weigh the same.
  private final float[] weight;
  private final int[] watchedUser;
  private final int[] watchedItem;

  PairData(InteractionMatrix matrix, double share, long seed) {
    SparseRows byUser = matrix.byUser();
    this.positives = new Positives(byUser, matrix.byItem());
    this.users = byUser.rows();
    this.items = byUser.columns();
    float median = median(byUser);
    int n = byUser.size();
    int[] ofUser = new int[n];
    int[] ofItem = new int[n];
    float[] weights = new float[n];
    int[] otherUser = new int[n];
    int[] otherItem = new int[n];
    int learned = 0;
    int watched = 0;
    boolean alike = true;
    long key = CounterRandom.key(seed, 0x77617463);
    for (int u = 0; u < users; u++) {
      int left = byUser.end(u) - byUser.start(u);
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        if (left > 1 && CounterRandom.uniform(key, p) < share) {
          otherUser[watched] = u;
          otherItem[watched++] = byUser.column(p);
          left--;
          continue;
        }
        ofUser[learned] = u;
        ofItem[learned] = byUser.column(p);
        weights[learned] = told(byUser.value(p), median);
        alike &= byUser.value(p) == median;
        learned++;
      }
    }
    this.user = Arrays.copyOf(ofUser, learned);
    this.item = Arrays.copyOf(ofItem, learned);
    this.weight = alike ? new float[0] : Arrays.copyOf(weights, learned);
    this.watchedUser = Arrays.copyOf(otherUser, watched);
    this.watchedItem = Arrays.copyOf(otherItem, watched);
  }

  /** What a pair of a weight tells, 1 for the median; from 0 to 2. */
  static float told(float weight, float median) {
    return (float) (2.0 * weight / ((double) weight + median));
  }

  /** The median of all weights, 1 where there are none. */
  static float median(SparseRows weights) {
    float[] all = new float[weights.size()];
    for (int p = 0; p < all.length; p++) {
      all[p] = weights.value(p);
    }
    Arrays.sort(all);
    return all.length == 0 ? 1 : all[all.length / 2];
  }

  Positives positives() {
    return positives;
  }

  int users() {
    return users;
  }

  int items() {
    return items;
  }

  /** How many pairs there are to learn from. */
  int size() {
    return user.length;
  }

  int user(int pair) {
    return user[pair];
  }

  int item(int pair) {
    return item[pair];
  }

  /** Whether all pairs weigh 1. */
  boolean isUnweighted() {
    return weight.length == 0;
  }

  /** What a pair tells, 1 for the median; from 0 to 2. */
  float weight(int pair) {
    return weight.length == 0 ? 1 : weight[pair];
  }

  /** How many pairs there are to watch. */
  int watched() {
    return watchedUser.length;
  }

  int watchedUser(int n) {
    return watchedUser[n];
  }

  int watchedItem(int n) {
    return watchedItem[n];
  }
}
