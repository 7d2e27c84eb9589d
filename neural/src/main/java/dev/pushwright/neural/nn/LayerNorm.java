// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * Brings each of B rows of I numbers to mean 0 and variance 1, then scales and shifts each column
 * [1]. With μ and σ² the mean and the variance of a row and ε = 1e-5:
 *
 * <pre>
 * h = (x − μ) / √(σ² + ε)     y = g·h + b
 * dx = (g·dy − mean(g·dy) − h·mean(g·dy·h)) / √(σ² + ε)
 * </pre>
 *
 * <p>g and b have I numbers each, begin at 1 and 0, and are named {@code NAME.gain} and {@code
 * NAME.bias}. Sums over a row are of float64.
 *
 * <p>[1] J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", 2016.
 */
public final class LayerNorm {

  private static final double EPSILON = 1e-5;

  private final int width;
  private final Parameter gain;
  private final Parameter bias;
  private int rows;
  private float[] h = {};
  private float[] inverse = {};
  private float[] y = {};
  private float[] dx = {};

  /**
   * A layer.
   *
   * @param parameters where it registers g and b
   * @param name what their names begin with
   * @param width I, at least 1
   */
  public LayerNorm(Parameters parameters, String name, int width) {
    this.width = width;
    this.gain = parameters.matrix(name + ".gain", 1, width, Initializer.constant(1));
    this.bias = parameters.matrix(name + ".bias", 1, width, Initializer.zeros());
  }

  /**
   * Computes y.
   *
   * @param x B×I
   * @param rows B, at least 0
   * @return B×I
   */
  public float[] forward(float[] x, int rows) {
    Buffers.check("x", x.length, rows, width);
    this.rows = rows;
    h = Buffers.atLeast(h, rows, width);
    y = Buffers.atLeast(y, rows, width);
    inverse = Buffers.atLeast(inverse, rows, 1);
    float[] g = gain.values();
    float[] b = bias.values();
    for (int r = 0; r < rows; r++) {
      int from = r * width;
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        sum += x[i];
      }
      double mean = sum / width;
      double squares = 0;
      for (int i = from; i < from + width; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
      inverse[r] = (float) (1 / Math.sqrt(squares / width + EPSILON));
      for (int i = 0; i < width; i++) {
        h[from + i] = (float) (x[from + i] - mean) * inverse[r];
        y[from + i] = g[i] * h[from + i] + b[i];
      }
    }
    return y;
  }

  /**
   * Adds to the gradients of g and b, unless they are frozen, and computes dx.
   *
   * @param dy gradient of y, B×I
   * @return gradient of x, B×I
   */
  public float[] backward(float[] dy) {
    Buffers.check("dy", dy.length, rows, width);
    dx = Buffers.atLeast(dx, rows, width);
    float[] g = gain.values();
    if (!gain.isFrozen()) {
      float[] dg = gain.gradients();
      float[] db = bias.gradients();
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < width; i++) {
          dg[i] += dy[r * width + i] * h[r * width + i];
          db[i] += dy[r * width + i];
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      int from = r * width;
      double sum = 0;
      double along = 0;
      for (int i = 0; i < width; i++) {
        double part = (double) g[i] * dy[from + i];
        sum += part;
        along += part * h[from + i];
      }
      float mean = (float) (sum / width);
      float slope = (float) (along / width);
      for (int i = 0; i < width; i++) {
        dx[from + i] = inverse[r] * (g[i] * dy[from + i] - mean - h[from + i] * slope);
      }
    }
    return dx;
  }
}
