// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.math.SparseRows;
import java.util.Arrays;

/**
 * The events of a data set, weighed and brought into the order of a matrix: user by user the events
 * of each item are joined, and two transpositions put the items of each user in order. O(events),
 * and no comparisons. Events come ordered by user and time.
 */
final class WeighedEvents {

  /** The weight of an event that says nothing. */
  static final double NOTHING = -1;

  private static final int NONE = -1;

  /** Tells what events weigh. */
  @FunctionalInterface
  interface Weights {

    /**
     * Weighs the events of a user.
     *
     * @param user the user
     * @param weights receives what each of the user's events weighs, from the first place on: at
     *     least 0, or {@link #NOTHING}
     */
    void of(int user, double[] weights);
  }

  private final int[] item;
  private final byte[] type;
  private final Joint joint;

  // By item: the last event that was linked.
  private final int[] last;
  // Of one user, by event: its weight, and the next event of the same item.
  private final double[] weights;
  private final int[] next;
  // The first event of each item of one user.
  private final int[] first;

  // Each user's items in the order they are met, with their weights and types.
  private int size;
  private final int[] itemStarts;
  private final int[] items;
  private final float[] values;
  private final byte[] itemTypes;

  private final SparseRows byItem;
  private final SparseRows byUser;
  private final byte[] types;

  /**
   * Weighs, joins and sorts.
   *
   * @param starts where each user's events begin, and where the last one's end
   * @param item by event: the item; what is below 0 has to weigh {@link #NOTHING}
   * @param type by event: the ordinal of its type
   * @param allItems how many items there are
   * @param combine how several events of one user with one item are joined
   * @param all what the events weigh
   */
  WeighedEvents(
      int[] starts, int[] item, byte[] type, int allItems, Weighting.Combine combine, Weights all) {
    this.item = item;
    this.type = type;
    this.joint = new Joint(combine);
    this.last = new int[allItems];
    Arrays.fill(last, NONE);
    int users = starts.length - 1;
    int most = 0;
    for (int u = 0; u < users; u++) {
      most = Math.max(most, starts[u + 1] - starts[u]);
    }
    this.weights = new double[most];
    this.next = new int[most];
    this.first = new int[most];
    this.itemStarts = new int[users + 1];
    this.items = new int[item.length];
    this.values = new float[item.length];
    this.itemTypes = new byte[item.length];
    for (int u = 0; u < users; u++) {
      all.of(u, weights);
      join(starts[u], link(starts[u], starts[u + 1]));
      itemStarts[u + 1] = size;
    }
    byItem = SparseRows.ofColumns(allItems, itemStarts, items, values);
    byUser = byItem.transpose();
    types = new byte[size];
    byte[] typeOf = new byte[allItems];
    for (int u = 0; u < users; u++) {
      sortTypes(u, typeOf);
    }
  }

  // Loops over the events of one user are methods of their own, since a method that is called often
  // is compiled sooner than a loop within another.

  /** Links the events of a user that have the same item; returns how many items there are. */
  private int link(int from, int to) {
    int found = 0;
    for (int e = from; e < to; e++) {
      if (weights[e - from] >= 0) {
        int before = last[item[e]];
        if (before >= from) {
          next[before - from] = e - from;
        } else {
          first[found++] = e - from;
        }
        next[e - from] = NONE;
        last[item[e]] = e;
      }
    }
    return found;
  }

  private void join(int from, int found) {
    for (int f = 0; f < found; f++) {
      joint.clear();
      for (int e = first[f]; e != NONE; e = next[e]) {
        joint.add(weights[e], type[from + e]);
      }
      if (joint.weight() > 0) {
        items[size] = item[from + first[f]];
        values[size] = joint.weight();
        itemTypes[size++] = joint.type();
      }
    }
  }

  private void sortTypes(int user, byte[] typeOf) {
    for (int p = itemStarts[user]; p < itemStarts[user + 1]; p++) {
      typeOf[items[p]] = itemTypes[p];
    }
    for (int p = byUser.start(user); p < byUser.end(user); p++) {
      types[p] = typeOf[byUser.column(p)];
    }
  }

  /** Items × users. */
  SparseRows byItem() {
    return byItem;
  }

  /** Users × items. */
  SparseRows byUser() {
    return byUser;
  }

  /** By position in {@link #byUser}: the ordinal of the type of event that is named. */
  byte[] types() {
    return types;
  }
}
