// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * The product of two inputs element by element, z = x ⊙ y: dx = dz ⊙ y and dy = dz ⊙ x. N elements
 * of any shape.
 */
public final class Product {

  private float[] x = {};
  private float[] y = {};
  private int n;
  private float[] z = {};
  private float[] dx = {};
  private float[] dy = {};

  /** A layer. */
  public Product() {}

  /**
   * Multiplies.
   *
   * @param x N numbers; to stay as they are until {@link #backward}
   * @param y N numbers; to stay as they are until {@link #backward}
   * @param n N, such as B·I
   * @return N numbers
   */
  public float[] forward(float[] x, float[] y, int n) {
    Buffers.check("x", x.length, n, 1);
    Buffers.check("y", y.length, n, 1);
    this.x = x;
    this.y = y;
    this.n = n;
    z = Buffers.atLeast(z, n, 1);
    for (int i = 0; i < n; i++) {
      z[i] = x[i] * y[i];
    }
    return z;
  }

  /**
   * Computes both gradients, to be had from {@link #dx} and {@link #dy}.
   *
   * @param dz gradient of the product, N numbers
   */
  public void backward(float[] dz) {
    Buffers.check("dz", dz.length, n, 1);
    dx = Buffers.atLeast(dx, n, 1);
    dy = Buffers.atLeast(dy, n, 1);
    for (int i = 0; i < n; i++) {
      dx[i] = dz[i] * y[i];
      dy[i] = dz[i] * x[i];
    }
  }

  /**
   * The gradient of x.
   *
   * @return N numbers
   */
  public float[] dx() {
    return dx;
  }

  /**
   * The gradient of y.
   *
   * @return N numbers
   */
  public float[] dy() {
    return dy;
  }
}
