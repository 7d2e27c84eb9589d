// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** The hot loops of gradient descent on vectors of one length. */
final class Dense {

  private Dense() {}

  /**
   * Σ a·b, in eight sums: one sum alone would make each addition wait for the one before it.
   *
   * @param a some numbers
   * @param b as many
   * @return their product
   */
  static float dot(float[] a, float[] b) {
    int n = a.length;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int f = 0;
    for (; f + 7 < n; f += 8) {
      s0 += a[f] * b[f];
      s1 += a[f + 1] * b[f + 1];
      s2 += a[f + 2] * b[f + 2];
      s3 += a[f + 3] * b[f + 3];
      s4 += a[f + 4] * b[f + 4];
      s5 += a[f + 5] * b[f + 5];
      s6 += a[f + 6] * b[f + 6];
      s7 += a[f + 7] * b[f + 7];
    }
    for (; f < n; f++) {
      s0 += a[f] * b[f];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /**
   * p ← keep·p + step·q and q ← keep·q + step·p, each from the other as it was.
   *
   * @param p changed
   * @param q changed, as long as p
   * @param step what the other is multiplied by
   * @param keep what it is multiplied by itself
   */
  static void step(float[] p, float[] q, float step, float keep) {
    int n = p.length;
    for (int f = 0; f < n; f++) {
      float pf = p[f];
      float qf = q[f];
      p[f] = keep * pf + step * qf;
      q[f] = keep * qf + step * pf;
    }
  }

  /**
   * The step of {@link #step} where p is met as p + z, and what q contributed is summed up.
   *
   * @param p changed
   * @param z added to p wherever q meets it
   * @param q changed
   * @param sum gets error·q added, of q as it was
   * @param error the error
   * @param rate what the error is multiplied by in the steps
   * @param keep what p and q are multiplied by themselves
   */
  static void step(
      float[] p, float[] z, float[] q, float[] sum, float error, float rate, float keep) {
    int n = p.length;
    float step = rate * error;
    for (int f = 0; f < n; f++) {
      float pf = p[f];
      float qf = q[f];
      sum[f] += error * qf;
      p[f] = keep * pf + step * qf;
      q[f] = keep * qf + step * (pf + z[f]);
    }
  }

  /**
   * sum ← a + b.
   *
   * @param a some numbers
   * @param b as many
   * @param sum changed
   */
  static void sum(float[] a, float[] b, float[] sum) {
    int n = sum.length;
    for (int f = 0; f < n; f++) {
      sum[f] = a[f] + b[f];
    }
  }

  /**
   * y ← keep·y + times·x.
   *
   * @param y changed
   * @param keep what y is multiplied by
   * @param x as long as y
   * @param times what x is multiplied by
   */
  static void add(float[] y, float keep, float[] x, float times) {
    int n = y.length;
    for (int f = 0; f < n; f++) {
      y[f] = keep * y[f] + times * x[f];
    }
  }
}
