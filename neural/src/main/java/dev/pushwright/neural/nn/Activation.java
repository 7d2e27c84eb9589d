// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** A function of each element, y = f(x): dx = f′(x)·dy. The arrays have N elements of any shape. */
public final class Activation {

  /** The function. */
  public enum Function {
    /** max(x, 0); its slope at 0 is 0. */
    RELU,
    /** 1 / (1 + e<sup>−x</sup>). */
    SIGMOID,
    /** The hyperbolic tangent. */
    TANH,
    /** See {@link FloatMath#gelu}. */
    GELU
  }

  private final Function function;
  private float[] x = {};
  private int n;
  private float[] y = {};
  private float[] dx = {};

  /**
   * A layer.
   *
   * @param function the function
   */
  public Activation(Function function) {
    this.function = function;
  }

  /**
   * Computes y.
   *
   * @param x N numbers; to stay as they are until {@link #backward}
   * @param n N, such as B·I
   * @return N numbers
   */
  public float[] forward(float[] x, int n) {
    Buffers.check("x", x.length, n, 1);
    this.x = x;
    this.n = n;
    y = Buffers.atLeast(y, n, 1);
    switch (function) {
      case RELU -> relu(x, y, n);
      case SIGMOID -> sigmoid(x, y, n);
      case TANH -> tanh(x, y, n);
      case GELU -> gelu(x, y, n);
    }
    return y;
  }

  /**
   * Computes dx.
   *
   * @param dy gradient of y, N numbers
   * @return gradient of x, N numbers
   */
  public float[] backward(float[] dy) {
    Buffers.check("dy", dy.length, n, 1);
    dx = Buffers.atLeast(dx, n, 1);
    switch (function) {
      case RELU -> reluSlope(y, dy, dx, n);
      case SIGMOID -> sigmoidSlope(y, dy, dx, n);
      case TANH -> tanhSlope(y, dy, dx, n);
      case GELU -> geluSlope(x, dy, dx, n);
    }
    return dx;
  }

  private static void relu(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(x[i], 0);
    }
  }

  // Without a branch, which would be taken at random: what is above 0 overflows by the second
  // factor if not by the first.
  private static void reluSlope(float[] y, float[] dy, float[] dx, int n) {
    for (int i = 0; i < n; i++) {
      dx[i] = dy[i] * Math.min(y[i] * Float.MAX_VALUE * Float.MAX_VALUE, 1);
    }
  }

  private static void sigmoid(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatMath.sigmoid(x[i]);
    }
  }

  private static void sigmoidSlope(float[] y, float[] dy, float[] dx, int n) {
    for (int i = 0; i < n; i++) {
      dx[i] = dy[i] * y[i] * (1 - y[i]);
    }
  }

  private static void tanh(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatMath.tanh(x[i]);
    }
  }

  private static void tanhSlope(float[] y, float[] dy, float[] dx, int n) {
    for (int i = 0; i < n; i++) {
      dx[i] = dy[i] * (1 - y[i] * y[i]);
    }
  }

  private static void gelu(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatMath.gelu(x[i]);
    }
  }

  private static void geluSlope(float[] x, float[] dy, float[] dx, int n) {
    for (int i = 0; i < n; i++) {
      dx[i] = dy[i] * FloatMath.geluSlope(x[i]);
    }
  }
}
