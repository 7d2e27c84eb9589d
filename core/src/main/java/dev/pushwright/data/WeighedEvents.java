// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.math.SparseRows;
import java.util.Arrays;

/**
 * The events of a data set, weighed and brought into the order of a matrix by two counting sorts,
 * by item and then by user: O(events), and no comparisons. Events come ordered by user and time, so
 * that those of one user with one item stand together, in the order of time, after the first sort.
 */
final class WeighedEvents {

  /** The weight of an event that says nothing. */
  static final double NOTHING = -1;

  private final int[] starts;
  private final int[] item;
  private final byte[] type;
  private final double[] weights;
  private final int items;

  private final SparseRows byItem;
  private final SparseRows byUser;
  private final byte[] types;

  /**
   * Sorts and joins.
   *
   * @param starts where each user's events begin, and where the last one's end
   * @param item by event: the item, below 0 where there is none
   * @param type by event: the ordinal of its type
   * @param weights by event: at least 0, or {@link #NOTHING}
   * @param items how many items there are
   * @param combine how several events of one user with one item are joined
   */
  WeighedEvents(
      int[] starts,
      int[] item,
      byte[] type,
      double[] weights,
      int items,
      Weighting.Combine combine) {
    this.starts = starts;
    this.item = item;
    this.type = type;
    this.weights = weights;
    this.items = items;
    int[] ends = countItems();
    int size = ends[items];
    int[] event = new int[size];
    int[] user = new int[size];
    for (int u = 0; u + 1 < starts.length; u++) {
      scatter(u, ends, event, user);
    }
    // Where each item began is now where it ends.
    SparseRows.Builder rows = SparseRows.builder(starts.length - 1, items, size);
    byte[] typeByItem = join(ends, event, user, new Joint(combine), rows);
    byItem = rows.build();
    byUser = byItem.transpose();
    types = transpose(typeByItem);
  }

  // By item, where its events begin; at last how many there are.
  private int[] countItems() {
    int[] begins = new int[items + 1];
    for (int u = 0; u + 1 < starts.length; u++) {
      count(u, begins);
    }
    int before = 0;
    for (int i = 0; i <= items; i++) {
      int size = begins[i];
      begins[i] = before;
      before += size;
    }
    return begins;
  }

  // Loops over the events of one user or one item are methods of their own, since a method that is
  // called often is compiled sooner than a loop within another.
  private void count(int user, int[] sizes) {
    for (int e = starts[user]; e < starts[user + 1]; e++) {
      if (weights[e] >= 0) {
        sizes[item[e]]++;
      }
    }
  }

  private void scatter(int user, int[] next, int[] event, int[] userOf) {
    for (int e = starts[user]; e < starts[user + 1]; e++) {
      if (weights[e] >= 0) {
        int place = next[item[e]]++;
        event[place] = e;
        userOf[place] = user;
      }
    }
  }

  private byte[] join(int[] ends, int[] event, int[] user, Joint joint, SparseRows.Builder rows) {
    byte[] joinedTypes = new byte[event.length];
    int size = 0;
    int from = 0;
    for (int i = 0; i < items; i++) {
      size += join(from, ends[i], event, user, joint, rows, joinedTypes, size);
      rows.endRow();
      from = ends[i];
    }
    return Arrays.copyOf(joinedTypes, size);
  }

  private int join(
      int from,
      int to,
      int[] event,
      int[] user,
      Joint joint,
      SparseRows.Builder rows,
      byte[] joinedTypes,
      int size) {
    int out = size;
    for (int p = from; p < to; p++) {
      joint.add(weights[event[p]], type[event[p]]);
      if (p + 1 == to || user[p + 1] != user[p]) {
        if (joint.weight() > 0) {
          rows.add(user[p], joint.weight());
          joinedTypes[out++] = joint.type();
        }
        joint.clear();
      }
    }
    return out - size;
  }

  private byte[] transpose(byte[] typeByItem) {
    int[] next = new int[byUser.rows()];
    for (int u = 0; u < next.length; u++) {
      next[u] = byUser.start(u);
    }
    byte[] typeByUser = new byte[typeByItem.length];
    for (int p = 0; p < typeByItem.length; p++) {
      typeByUser[next[byItem.column(p)]++] = typeByItem[p];
    }
    return typeByUser;
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
