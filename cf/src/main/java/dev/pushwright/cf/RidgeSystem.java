// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.Arrays;

/**
 * The ridge regression of one row of factors, x, on the rows f<sub>n</sub> of the other side:
 *
 * <pre>
 * minimise  Σ_n q_n·(x·f_n)² − 2·Σ_n l_n·(x·f_n) + Σ_k base_k·x_k²
 * solution  (diag(base) + Σ_n q_n·f_n·f_nᵀ)·x = Σ_n l_n·f_n
 * </pre>
 *
 * <p>The matrix on the left is never formed here: {@link #residual} and {@link #multiply} pass over
 * the rows as they lie. One thread at a time; made to be filled again and again.
 */
final class RidgeSystem {

  private static final int STRIDE = 8;

  private final int width;
  private final float[] base;
  // The rows are taken eight at a time: what is missing at the end is this, with weights of 0.
  private final float[] none;
  private float[][] rows = new float[64][];
  private float[] quadratic = new float[64];
  private float[] linear = new float[64];
  private float[] dots = new float[64];
  private int size;
  private int padded;

  RidgeSystem(int width) {
    this.width = width;
    this.base = new float[width];
    this.none = new float[width];
  }

  int width() {
    return width;
  }

  /** How many rows were added. */
  int size() {
    return size;
  }

  /** One for each factor, to be filled by the caller; all have to be above 0. */
  float[] base() {
    return base;
  }

  float[] row(int n) {
    return rows[n];
  }

  float quadratic(int n) {
    return quadratic[n];
  }

  float linear(int n) {
    return linear[n];
  }

  /** Forgets all rows. */
  void clear() {
    size = 0;
    padded = 0;
  }

  /**
   * Adds a row.
   *
   * @param row f, of the system's width; not copied
   * @param q its weight in the matrix, at least 0
   * @param l its weight on the right
   */
  void add(float[] row, float q, float l) {
    if (size == rows.length) {
      grow(size + (size >> 1));
    }
    rows[size] = row;
    quadratic[size] = q;
    linear[size++] = l;
  }

  private void grow(int least) {
    int capacity = (least + STRIDE - 1) / STRIDE * STRIDE;
    rows = Arrays.copyOf(rows, capacity);
    quadratic = Arrays.copyOf(quadratic, capacity);
    linear = Arrays.copyOf(linear, capacity);
    dots = new float[capacity];
  }

  private void pad() {
    if (padded < size) {
      for (padded = size; padded % STRIDE != 0; padded++) {
        rows[padded] = none;
        quadratic[padded] = 0;
        linear[padded] = 0;
      }
    }
  }

  /** {@code to} ← right-hand side − matrix · x. */
  void residual(float[] x, float[] to) {
    pad();
    DenseRows.dots(x, rows, padded, dots);
    for (int n = 0; n < padded; n++) {
      dots[n] = linear[n] - quadratic[n] * dots[n];
    }
    for (int k = 0; k < to.length; k++) {
      to[k] = -base[k] * x[k];
    }
    DenseRows.add(dots, rows, padded, to);
  }

  /** {@code to} ← right-hand side. */
  void rightHandSide(float[] to) {
    pad();
    Arrays.fill(to, 0);
    DenseRows.add(linear, rows, padded, to);
  }

  /** {@code to} ← matrix · p. */
  void multiply(float[] p, float[] to) {
    pad();
    DenseRows.dots(p, rows, padded, dots);
    for (int n = 0; n < padded; n++) {
      dots[n] *= quadratic[n];
    }
    for (int k = 0; k < to.length; k++) {
      to[k] = base[k] * p[k];
    }
    DenseRows.add(dots, rows, padded, to);
  }

  /** pᵀ · matrix · p, at half the cost of {@link #multiply}. */
  double energy(float[] p) {
    pad();
    DenseRows.dots(p, rows, padded, dots);
    double energy = 0;
    for (int n = 0; n < size; n++) {
      energy += (double) quadratic[n] * dots[n] * dots[n];
    }
    for (int k = 0; k < width; k++) {
      energy += (double) base[k] * p[k] * p[k];
    }
    return energy;
  }

  /** {@code to} ← the diagonal of the matrix. */
  void diagonal(float[] to) {
    pad();
    System.arraycopy(base, 0, to, 0, width);
    for (int n = 0; n < padded; n += 4) {
      addSquares(
          to,
          quadratic[n],
          rows[n],
          quadratic[n + 1],
          rows[n + 1],
          quadratic[n + 2],
          rows[n + 2],
          quadratic[n + 3],
          rows[n + 3]);
    }
  }

  private static void addSquares(
      float[] to,
      float w0,
      float[] r0,
      float w1,
      float[] r1,
      float w2,
      float[] r2,
      float w3,
      float[] r3) {
    for (int j = 0; j < to.length; j++) {
      to[j] += w0 * r0[j] * r0[j] + w1 * r1[j] * r1[j] + w2 * r2[j] * r2[j] + w3 * r3[j] * r3[j];
    }
  }
}
