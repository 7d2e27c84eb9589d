// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Ratings as a training loop takes them: less their mean, and stretched as if the scale had five
 * stars, so that a learning rate means the same on any scale and no scale makes training diverge.
 * Arrays are handed out as they are, and nobody changes them.
 */
final class RatingSamples {

  static final RatingSamples NONE = new RatingSamples(new int[0], new int[0], new float[0]);

  private static final double FIVE_STARS = 4;

  private final int[] users;
  private final int[] items;
  private final float[] values;

  private RatingSamples(int[] users, int[] items, float[] values) {
    this.users = users;
    this.items = items;
    this.values = values;
  }

  /** By sample: the user, ascending where nothing was shuffled. */
  int[] users() {
    return users;
  }

  /** By sample: the item. */
  int[] items() {
    return items;
  }

  /** By sample: the rating, centred and stretched. */
  float[] values() {
    return values;
  }

  /** Ratings to learn from and ratings to watch. */
  record Split(RatingSamples learned, RatingSamples watched) {}

  int size() {
    return users.length;
  }

  /** What ratings are multiplied by, after the mean was taken off. */
  static double stretch(Ratings ratings) {
    double range = ratings.max() - ratings.min();
    return range > 0 ? FIVE_STARS / range : 1;
  }

  /** Each rating is watched with a probability of {@code share}. */
  static Split of(Ratings ratings, double share, long seed) {
    SparseRows rows = ratings.byUser();
    double stretch = stretch(ratings);
    SplittableRandom random = new SplittableRandom(seed);
    Filler learned = new Filler(rows.size());
    Filler watched = new Filler(share > 0 ? rows.size() : 0);
    for (int u = 0; u < rows.rows(); u++) {
      for (int p = rows.start(u); p < rows.end(u); p++) {
        float value = (float) ((rows.value(p) - ratings.mean()) * stretch);
        (share > 0 && random.nextDouble() < share ? watched : learned)
            .add(u, rows.column(p), value);
      }
    }
    return new Split(learned.samples(), watched.samples());
  }

  /** The same in another order. */
  RatingSamples shuffled(SplittableRandom random) {
    int[] order = new int[size()];
    for (int s = 0; s < order.length; s++) {
      int other = random.nextInt(s + 1);
      order[s] = order[other];
      order[other] = s;
    }
    return inOrder(order);
  }

  /** The same in a given order. */
  RatingSamples inOrder(int[] order) {
    int[] newUsers = new int[order.length];
    int[] newItems = new int[order.length];
    float[] newValues = new float[order.length];
    for (int s = 0; s < order.length; s++) {
      newUsers[s] = users[order[s]];
      newItems[s] = items[order[s]];
      newValues[s] = values[order[s]];
    }
    return new RatingSamples(newUsers, newItems, newValues);
  }

  private static final class Filler {
    private final int[] users;
    private final int[] items;
    private final float[] values;
    private int size;

    Filler(int capacity) {
      users = new int[capacity];
      items = new int[capacity];
      values = new float[capacity];
    }

    void add(int user, int item, float value) {
      users[size] = user;
      items[size] = item;
      values[size++] = value;
    }

    RatingSamples samples() {
      return new RatingSamples(
          Arrays.copyOf(users, size), Arrays.copyOf(items, size), Arrays.copyOf(values, size));
    }
  }
}
