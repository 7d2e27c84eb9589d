// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Sums of columns: loops that the compiler turns into vector instructions. */
final class Columns {

  private Columns() {}

  /** The columns of a table R×C from column {@code from} on, each of R numbers. */
  static float[][] of(float[] table, int rows, int width) {
    float[][] columns = new float[width][rows];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < width; c++) {
        columns[c][r] = table[r * width + c];
      }
    }
    return columns;
  }

  /**
   * sums[i] += Σ_k w[wOff + k·step] · x[k][i] for i below n, four k at a time. One index for all
   * columns: with an offset in some, the compiler could not rule out that sums are read again.
   */
  static void add(float[] w, int wOff, int step, float[][] x, int count, float[] sums, int n) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      add4(
          w[wOff + k * step],
          x[k],
          w[wOff + (k + 1) * step],
          x[k + 1],
          w[wOff + (k + 2) * step],
          x[k + 2],
          w[wOff + (k + 3) * step],
          x[k + 3],
          sums,
          n);
    }
    for (; k < count; k++) {
      add1(w[wOff + k * step], x[k], sums, n);
    }
  }

  private static void add1(float w, float[] x, float[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += w * x[i];
    }
  }

  private static void add4(
      float w0,
      float[] x0,
      float w1,
      float[] x1,
      float w2,
      float[] x2,
      float w3,
      float[] x3,
      float[] sums,
      int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += w0 * x0[i] + w1 * x1[i] + w2 * x2[i] + w3 * x3[i];
    }
  }
}
