// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/** Gradients of rows of a table as they came: N rows of a width of C, a row of the table each. */
final class RowGradients {

  static final RowGradients NONE = new RowGradients(0);

  private final int width;
  private int size;
  private int[] rows = {};
  private float[] gradients = {};

  RowGradients(int width) {
    this.width = width;
  }

  void add(int[] ids, int idsOff, int n, float[] dy, int off, int ld) {
    if (size + n > rows.length) {
      int capacity = Math.max(size + n, rows.length + (rows.length >> 1));
      rows = Arrays.copyOf(rows, capacity);
      gradients = Arrays.copyOf(gradients, Math.multiplyExact(capacity, width));
    }
    System.arraycopy(ids, idsOff, rows, size, n);
    if (ld == width) {
      System.arraycopy(dy, off, gradients, size * width, n * width);
    } else {
      for (int i = 0; i < n; i++) {
        System.arraycopy(dy, off + i * ld, gradients, (size + i) * width, width);
      }
    }
    size += n;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int[] rows() {
    return rows;
  }

  float[] gradients() {
    return gradients;
  }
}
