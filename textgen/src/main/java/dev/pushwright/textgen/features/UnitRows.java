// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

/**
 * Brings each of B rows of D numbers to the length √D, so that a number is about 1. With |x| the
 * length of a row:
 *
 * <pre>
 * y = √D·x / |x|      dx = √D / |x| · (dy − u·(u·dy)),  u = x / |x|
 * </pre>
 */
final class UnitRows {

  // A row shorter than this points nowhere; it is made no longer than the others by it.
  private static final double SHORTEST = 1e-6;

  private final int width;
  private int rows;
  private float[] y = {};
  private float[] scale = {};
  private float[] dx = {};

  UnitRows(int width) {
    this.width = width;
  }

  float[] forward(float[] x, int rows) {
    this.rows = rows;
    y = y.length >= rows * width ? y : new float[rows * width];
    scale = scale.length >= rows ? scale : new float[rows];
    for (int r = 0; r < rows; r++) {
      double squares = 0;
      for (int d = r * width; d < (r + 1) * width; d++) {
        squares += (double) x[d] * x[d];
      }
      scale[r] = (float) (Math.sqrt(width) / Math.max(SHORTEST, Math.sqrt(squares)));
      for (int d = r * width; d < (r + 1) * width; d++) {
        y[d] = x[d] * scale[r];
      }
    }
    return y;
  }

  float[] backward(float[] dy) {
    dx = dx.length >= rows * width ? dx : new float[rows * width];
    for (int r = 0; r < rows; r++) {
      double along = 0;
      for (int d = r * width; d < (r + 1) * width; d++) {
        along += (double) y[d] * dy[d];
      }
      float part = (float) (along / width);
      for (int d = r * width; d < (r + 1) * width; d++) {
        dx[d] = scale[r] * (dy[d] - part * y[d]);
      }
    }
    return dx;
  }
}
