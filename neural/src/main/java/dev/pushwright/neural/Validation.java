// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import java.util.Arrays;

/**
 * How well the pairs that are not learned from are ranked: each among items that its user does not
 * have, drawn once, ties against it. The discounted gain is 1 / log₂(1 + rank) among the first ten
 * and 0 after, and the mean of it is NDCG@10.
 */
final class Validation {

  /** How many items each is ranked among. */
  static final int NEGATIVES = 99;

  private static final int CUT = 10;

  // More pairs would take longer and tell hardly more: the deviation of the mean is below 0.003.
  private static final int MAX_PAIRS = 20_000;

  private final int pairs;
  private final int[] users;
  private final int[] items;
  private final int[] counts;

  Validation(PairData data, long seed) {
    this.pairs = Math.min(MAX_PAIRS, data.watched());
    this.users = new int[pairs * (1 + NEGATIVES)];
    this.items = new int[users.length];
    this.counts = new int[pairs];
    long key = CounterRandom.key(seed, 0x6e6567);
    for (int n = 0; n < pairs; n++) {
      int pair = (int) ((long) n * data.watched() / pairs);
      int from = n * (1 + NEGATIVES);
      int user = data.watchedUser(pair);
      items[from] = data.watchedItem(pair);
      int count = 1;
      for (int k = 1; k <= NEGATIVES; k++) {
        int drawn = data.positives().draw(user, CounterRandom.bits(key, from + k));
        if (drawn != Positives.NONE) {
          items[from + count++] = drawn;
        }
      }
      Arrays.fill(users, from, from + count, user);
      counts[n] = count;
    }
  }

  /** Whether there is anything to watch. */
  boolean isOn() {
    return pairs > 0;
  }

  /** NDCG@10. */
  double ndcg(DataParallel<PairWorker> parallel) {
    return parallel.forward(pairs, this::gain) / Math.max(1, pairs);
  }

  private double gain(PairWorker worker, int pair) {
    int from = pair * (1 + NEGATIVES);
    int[] ofUser = Arrays.copyOfRange(users, from, from + counts[pair]);
    int[] ofItem = Arrays.copyOfRange(items, from, from + counts[pair]);
    float[] scores = worker.net().forward(ofUser, ofItem, counts[pair]);
    int rank = 1;
    for (int k = 1; k < counts[pair]; k++) {
      rank += scores[k] >= scores[0] ? 1 : 0;
    }
    return gain(rank);
  }

  /** The discounted gain of a rank, from 1 on. */
  static double gain(int rank) {
    return rank <= CUT ? StrictMath.log(2) / StrictMath.log(1.0 + rank) : 0;
  }
}
