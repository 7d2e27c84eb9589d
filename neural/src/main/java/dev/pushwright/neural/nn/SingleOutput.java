// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** A {@link Dense} layer with one output: sums over rows, which no matrix product is quick at. */
final class SingleOutput {

  private SingleOutput() {}

  static void forward(float[] x, float[] w, float bias, float[] y, int rows) {
    int n = w.length;
    for (int r = 0; r < rows; r++) {
      y[r] = bias + dot(x, r * n, w);
    }
  }

  // Eight sums that do not wait for each other.
  private static float dot(float[] x, int off, float[] w) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 8 <= w.length; i += 8) {
      s0 += x[off + i] * w[i];
      s1 += x[off + i + 1] * w[i + 1];
      s2 += x[off + i + 2] * w[i + 2];
      s3 += x[off + i + 3] * w[i + 3];
      s4 += x[off + i + 4] * w[i + 4];
      s5 += x[off + i + 5] * w[i + 5];
      s6 += x[off + i + 6] * w[i + 6];
      s7 += x[off + i + 7] * w[i + 7];
    }
    for (; i < w.length; i++) {
      s0 += x[off + i] * w[i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  static void backward(float[] dy, float[] w, float[] dx, int rows) {
    for (int r = 0; r < rows; r++) {
      scaled(dy[r], w, dx, r * w.length);
    }
  }

  private static void scaled(float factor, float[] w, float[] dx, int off) {
    for (int i = 0; i < w.length; i++) {
      dx[off + i] = factor * w[i];
    }
  }

  /** Adds to dW; gives what to add to db. */
  static float learn(float[] x, float[] dy, float[] dw, int rows) {
    float sum = 0;
    for (int r = 0; r < rows; r++) {
      add(dy[r], x, r * dw.length, dw);
      sum += dy[r];
    }
    return sum;
  }

  private static void add(float factor, float[] x, int off, float[] dw) {
    for (int i = 0; i < dw.length; i++) {
      dw[i] += factor * x[off + i];
    }
  }
}
