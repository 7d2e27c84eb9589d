// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * The two products that factor models are made of, over rows of float32 of one width, in loops that
 * the compiler makes fast. The order of the sums depends on nothing but the number of the rows.
 */
final class DenseRows {

  private DenseRows() {}

  /**
   * {@code to[n]} ← x · rows[n].
   *
   * @param x of the rows' width
   * @param rows the rows
   * @param count how many of them
   * @param to receives as many numbers
   */
  static void dots(float[] x, float[][] rows, int count, float[] to) {
    int n = 0;
    for (; n + 7 < count; n += 8) {
      dots8(
          x,
          rows[n],
          rows[n + 1],
          rows[n + 2],
          rows[n + 3],
          rows[n + 4],
          rows[n + 5],
          rows[n + 6],
          rows[n + 7],
          to,
          n);
    }
    for (; n < count; n++) {
      to[n] = dot(x, rows[n]);
    }
  }

  /** a · b. */
  static float dot(float[] a, float[] b) {
    float dot = 0;
    for (int k = 0; k < a.length; k++) {
      dot += a[k] * b[k];
    }
    return dot;
  }

  /**
   * {@code to} ← to + Σ weights[n] · rows[n].
   *
   * @param weights one for each row
   * @param rows the rows
   * @param count how many of them
   * @param to of the rows' width
   */
  static void add(float[] weights, float[][] rows, int count, float[] to) {
    int n = 0;
    for (; n + 3 < count; n += 4) {
      add4(
          to,
          weights[n],
          rows[n],
          weights[n + 1],
          rows[n + 1],
          weights[n + 2],
          rows[n + 2],
          weights[n + 3],
          rows[n + 3]);
    }
    for (; n < count; n++) {
      float weight = weights[n];
      float[] row = rows[n];
      for (int k = 0; k < to.length; k++) {
        to[k] += weight * row[k];
      }
    }
  }

  // Eight sums at once hide the time an addition takes; one of them could not.
  private static void dots8(
      float[] x,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float[] r4,
      float[] r5,
      float[] r6,
      float[] r7,
      float[] to,
      int at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int j = 0; j < x.length; j++) {
      float v = x[j];
      s0 += v * r0[j];
      s1 += v * r1[j];
      s2 += v * r2[j];
      s3 += v * r3[j];
      s4 += v * r4[j];
      s5 += v * r5[j];
      s6 += v * r6[j];
      s7 += v * r7[j];
    }
    to[at] = s0;
    to[at + 1] = s1;
    to[at + 2] = s2;
    to[at + 3] = s3;
    to[at + 4] = s4;
    to[at + 5] = s5;
    to[at + 6] = s6;
    to[at + 7] = s7;
  }

  // Four rows at once: the compiler makes vector instructions of the loop, of a longer one not.
  private static void add4(
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
      to[j] += w0 * r0[j] + w1 * r1[j] + w2 * r2[j] + w3 * r3[j];
    }
  }
}
