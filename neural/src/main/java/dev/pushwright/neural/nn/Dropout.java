// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * Sets a random share of the elements to 0 in training and multiplies the others by 1 / (1 −
 * share), so that the mean stays; hands on everything as it is otherwise [1]. N elements of any
 * shape.
 *
 * <p>[1] N. Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting",
 * JMLR 15, 2014.
 */
public final class Dropout {

  private final float share;
  private int n;
  private boolean training;
  private float[] mask = {};
  private float[] y = {};
  private float[] dx = {};

  /**
   * A layer.
   *
   * @param share of the elements that become 0, from 0 (inclusive) to 1 (exclusive)
   */
  public Dropout(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share is " + share + "; 0 to below 1 is possible");
    }
    this.share = (float) share;
  }

  /**
   * Computes y.
   *
   * @param x N numbers
   * @param n N, such as B·I
   * @param mode whether anything is dropped
   * @param key what is dropped: a {@link CounterRandom} key, another for each batch and chunk
   * @return N numbers; x itself where nothing is dropped
   */
  public float[] forward(float[] x, int n, Mode mode, long key) {
    this.n = n;
    this.training = mode == Mode.TRAIN && share > 0;
    if (!training) {
      return x;
    }
    mask = Buffers.atLeast(mask, n, 1);
    y = Buffers.atLeast(y, n, 1);
    float kept = 1 / (1 - share);
    for (int i = 0; i < n; i++) {
      mask[i] = CounterRandom.uniform(key, i) < share ? 0 : kept;
    }
    for (int i = 0; i < n; i++) {
      y[i] = x[i] * mask[i];
    }
    return y;
  }

  /**
   * Computes dx.
   *
   * @param dy gradient of y, N numbers
   * @return gradient of x, N numbers; dy itself where nothing was dropped
   */
  public float[] backward(float[] dy) {
    if (!training) {
      return dy;
    }
    dx = Buffers.atLeast(dx, n, 1);
    for (int i = 0; i < n; i++) {
      dx[i] = dy[i] * mask[i];
    }
    return dx;
  }
}
