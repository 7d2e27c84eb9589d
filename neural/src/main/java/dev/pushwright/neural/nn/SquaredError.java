// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** The squared error of N numbers x against targets t: L = Σ (x − t)², dL/dx = 2·(x − t). */
public final class SquaredError {

  private float[] d = {};
  private int n;

  /** A loss. */
  public SquaredError() {}

  /**
   * The loss.
   *
   * @param x N numbers
   * @param targets N numbers
   * @param n N, such as B·O
   * @return L, the sum over all of them
   */
  public double forward(float[] x, float[] targets, int n) {
    Buffers.check("x", x.length, n, 1);
    Buffers.check("targets", targets.length, n, 1);
    this.n = n;
    d = Buffers.atLeast(d, n, 1);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      float error = x[i] - targets[i];
      d[i] = 2 * error;
      loss += (double) error * error;
    }
    return loss;
  }

  /**
   * The gradient of the last {@code forward}; to be called once.
   *
   * @param scale what it is multiplied by, such as 1 / n for the mean squared error
   * @return gradient of x, N numbers
   */
  public float[] backward(float scale) {
    for (int i = 0; i < n; i++) {
      d[i] *= scale;
    }
    return d;
  }
}
