// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/**
 * Brings the gradients of a table's rows together: which rows were looked up, in the order of their
 * first look-up, and for each the sum over its look-ups in their order.
 */
final class TableSums {

  private final int width;
  // By row: its slot, where stamp says that it was looked up in this step.
  private final int[] slotOf;
  private final int[] stamp;
  private int now;
  private int touched;
  private int[] rowOf = {};
  // By slot the first and the last look-up, by look-up the next one of the same row, -1 at the end.
  private int[] head = {};
  private int[] tail = {};
  private int[] next = {};
  private int[] partStart = {};
  private float[] sums = {};
  private final float[] zeros;
  private Gradients[] parts = {};
  private int partCount;
  private int parameter;

  TableSums(int rows, int width) {
    this.width = width;
    this.slotOf = new int[rows];
    this.stamp = new int[rows];
    this.zeros = new float[width];
  }

  /** Finds out which rows were looked up. */
  void group(Gradients[] parts, int partCount, int parameter) {
    this.parts = parts;
    this.partCount = partCount;
    this.parameter = parameter;
    grow();
    if (++now == Integer.MAX_VALUE) {
      Arrays.fill(stamp, 0);
      now = 1;
    }
    touched = 0;
    for (int part = 0; part < partCount; part++) {
      RowGradients look = parts[part].sparse(parameter);
      int[] rows = look.rows();
      int base = partStart[part];
      for (int e = 0; e < look.size(); e++) {
        int row = rows[e];
        next[base + e] = -1;
        if (stamp[row] == now) {
          int slot = slotOf[row];
          next[tail[slot]] = base + e;
          tail[slot] = base + e;
        } else {
          stamp[row] = now;
          slotOf[row] = touched;
          rowOf[touched] = row;
          head[touched] = base + e;
          tail[touched] = base + e;
          touched++;
        }
      }
    }
  }

  private void grow() {
    if (partStart.length < partCount + 1) {
      partStart = new int[partCount + 1];
    }
    int all = 0;
    for (int part = 0; part < partCount; part++) {
      partStart[part] = all;
      all += parts[part].sparse(parameter).size();
    }
    partStart[partCount] = all;
    int slots = Math.min(all, slotOf.length);
    if (next.length < all) {
      next = new int[all];
    }
    if (rowOf.length < slots) {
      rowOf = new int[slots];
      head = new int[slots];
      tail = new int[slots];
      sums = new float[Math.multiplyExact(slots, width)];
    }
  }

  /** How many rows were looked up; their slots are 0 to touched − 1. */
  int touched() {
    return touched;
  }

  /** The row of a slot. */
  int row(int slot) {
    return rowOf[slot];
  }

  /** The slot of a row; -1 when it was not looked up. */
  int slotOf(int row) {
    return stamp[row] == now ? slotOf[row] : -1;
  }

  /** Sums the gradients of a slot, where there are several. */
  void sum(int slot) {
    if (next[head[slot]] < 0) {
      return;
    }
    int at = slot * width;
    int e = head[slot];
    int part = partOf(e, 0);
    System.arraycopy(gradients(part), (e - partStart[part]) * width, sums, at, width);
    for (e = next[e]; e >= 0; e = next[e]) {
      part = partOf(e, part);
      add(gradients(part), (e - partStart[part]) * width, sums, at, width);
    }
  }

  /** Where the sum of a slot is: among the gradients themselves where there is but one. */
  float[] array(int slot) {
    return next[head[slot]] < 0 ? gradients(partOf(head[slot], 0)) : sums;
  }

  /** Where it begins there. */
  int offset(int slot) {
    int e = head[slot];
    return next[e] < 0 ? (e - partStart[partOf(e, 0)]) * width : slot * width;
  }

  private float[] gradients(int part) {
    return parts[part].sparse(parameter).gradients();
  }

  private int partOf(int lookUp, int from) {
    int part = from;
    while (partStart[part + 1] <= lookUp) {
      part++;
    }
    return part;
  }

  private static void add(float[] from, int fromOff, float[] to, int toOff, int n) {
    for (int i = 0; i < n; i++) {
      to[toOff + i] += from[fromOff + i];
    }
  }

  /** The gradient of a row that was not looked up. */
  float[] zeros() {
    return zeros;
  }
}
