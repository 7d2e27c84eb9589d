// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/**
 * Which rows of a table were looked up in a step, and where the gradients of each are, in the order
 * of its look-ups. Each has a slot: those looked up most often come first, those looked up as often
 * in the order of their first look-up. Allocates nothing once it has seen the largest batch.
 */
final class LookUps {

  private static final int[] NONE = {};

  // By row: its slot, where stamp says that it was looked up in this step.
  private final int[] slotOf;
  private final int[] stamp;
  private int now;
  private int slots;
  private int[] rowOf = NONE;
  private int[] found = NONE;
  // By the order of first look-ups: how often, and the slot.
  private int[] counts = NONE;
  private int[] sorted = NONE;
  // By how often: how many rows, then the next slot of those.
  private int[] ofCount = NONE;
  // By slot: where its places begin; and where those of the last slot end.
  private int[] start = {0};
  private int[] slotOfPlace = NONE;
  // A place is the number of a part in the upper half and that of a look-up in it in the lower.
  private long[] places = {};

  LookUps(int rows) {
    this.slotOf = new int[rows];
    this.stamp = new int[rows];
  }

  /** Whether the same rows of two tables were looked up in the same order. */
  static boolean alike(Gradients[] parts, int partCount, int one, int other) {
    for (int part = 0; part < partCount; part++) {
      RowGradients a = parts[part].sparse(one);
      RowGradients b = parts[part].sparse(other);
      if (!Arrays.equals(a.rows(), 0, a.size(), b.rows(), 0, b.size())) {
        return false;
      }
    }
    return true;
  }

  /** Finds out which rows of a table were looked up. */
  void group(Gradients[] parts, int partCount, int parameter) {
    grow(parts, partCount, parameter);
    if (++now == Integer.MAX_VALUE) {
      Arrays.fill(stamp, 0);
      now = 1;
    }
    slots = 0;
    int n = 0;
    int most = 0;
    for (int part = 0; part < partCount; part++) {
      RowGradients look = parts[part].sparse(parameter);
      int[] rows = look.rows();
      for (int e = 0; e < look.size(); e++) {
        int row = rows[e];
        if (stamp[row] != now) {
          stamp[row] = now;
          slotOf[row] = slots;
          found[slots] = row;
          counts[slots++] = 0;
        }
        int slot = slotOf[row];
        most = Math.max(most, ++counts[slot]);
        slotOfPlace[n++] = slot;
      }
    }
    sort(most);
    place(parts, partCount, parameter);
  }

  /** Gives the rows their slots: a counting sort, which leaves equals in their order. */
  private void sort(int most) {
    Arrays.fill(ofCount, 0, most + 1, 0);
    for (int f = 0; f < slots; f++) {
      ofCount[counts[f]]++;
    }
    int slot = 0;
    for (int count = most; count > 0; count--) {
      int rows = ofCount[count];
      ofCount[count] = slot;
      slot += rows;
    }
    for (int f = 0; f < slots; f++) {
      int to = ofCount[counts[f]]++;
      sorted[f] = to;
      rowOf[to] = found[f];
      slotOf[found[f]] = to;
      start[to + 1] = counts[f];
    }
    start[0] = 0;
    for (int s = 0; s < slots; s++) {
      start[s + 1] += start[s];
    }
  }

  private void place(Gradients[] parts, int partCount, int parameter) {
    // What is left of counts is where the next place of a slot goes, by the order of first
    // look-ups.
    for (int f = 0; f < slots; f++) {
      counts[f] = start[sorted[f]];
    }
    int n = 0;
    for (int part = 0; part < partCount; part++) {
      int size = parts[part].sparse(parameter).size();
      for (int e = 0; e < size; e++) {
        places[counts[slotOfPlace[n++]]++] = (long) part << Integer.SIZE | e;
      }
    }
  }

  private void grow(Gradients[] parts, int partCount, int parameter) {
    int all = 0;
    for (int part = 0; part < partCount; part++) {
      all += parts[part].sparse(parameter).size();
    }
    if (places.length < all) {
      places = new long[all];
      slotOfPlace = new int[all];
    }
    if (ofCount.length < all + 1) {
      ofCount = new int[all + 1];
    }
    int most = Math.min(all, slotOf.length);
    if (rowOf.length < most) {
      rowOf = new int[most];
      found = new int[most];
      counts = new int[most];
      sorted = new int[most];
      start = new int[most + 1];
    }
  }

  /** How many rows were looked up; their slots are 0 to slots − 1. */
  int slots() {
    return slots;
  }

  /** The row of a slot. */
  int row(int slot) {
    return rowOf[slot];
  }

  /** The slot of a row; -1 when it was not looked up. */
  int slotOf(int row) {
    return stamp[row] == now ? slotOf[row] : -1;
  }

  /** How often the row of a slot was looked up: no less than that of the next slot. */
  int count(int slot) {
    return start[slot + 1] - start[slot];
  }

  /** The first place of a slot; the others follow. */
  int start(int slot) {
    return start[slot];
  }

  /** In which part a place is. */
  int part(int place) {
    return (int) (places[place] >>> Integer.SIZE);
  }

  /** Which look-up of its part a place is. */
  int lookUp(int place) {
    return (int) places[place];
  }
}
