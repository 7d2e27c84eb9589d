// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * Functions of float32 that give the same bits on every machine and that the compiler can turn into
 * vector instructions, unlike those of {@link Math}.
 */
public final class FloatMath {

  private static final float LOG2_E = (float) 1.4426950408889634;
  // ln 2 in two parts, of which the first has few digits: k times it is exact.
  private static final float LN2_HIGH = 0x1.63p-1f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private static final float MAX = 88;
  private static final float MIN = -87;

  private static final float GELU = (float) 0.7978845608028654; // √(2/π)
  private static final float GELU_CUBE = 0.044715f;
  // Beyond this it is x or 0 to the last bit.
  private static final float GELU_STRAIGHT = 10;

  private FloatMath() {}

  /**
   * e<sup>x</sup>, with a relative error below 2⁻²². Beyond −87 and 88 it is what it is there:
   * neither 0 nor infinite. The polynomial is the minimax approximation of the Cephes library [1].
   *
   * <p>[1] S. L. Moshier, "Methods and programs for mathematical functions", 1989.
   *
   * @param x any number but NaN
   * @return above 0
   */
  public static float exp(float x) {
    float t = Math.min(MAX, Math.max(MIN, x));
    int k = (int) (t * LOG2_E + (t < 0 ? -0.5f : 0.5f));
    float r = t - k * LN2_HIGH - k * LN2_LOW;
    float p = (float) 1.9875691500e-4;
    p = p * r + (float) 1.3981999507e-3;
    p = p * r + (float) 8.3334519073e-3;
    p = p * r + (float) 4.1665795894e-2;
    p = p * r + (float) 1.6666665459e-1;
    p = p * r + (float) 5.0000001201e-1;
    p = p * r * r + r + 1;
    return p * Float.intBitsToFloat((k + 127) << 23);
  }

  /**
   * The logistic function 1 / (1 + e<sup>−x</sup>).
   *
   * @param x any number but NaN
   * @return from 0 to 1
   */
  public static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  /**
   * The hyperbolic tangent.
   *
   * @param x any number but NaN
   * @return from −1 to 1
   */
  public static float tanh(float x) {
    if (Math.abs(x) < 0.1f) {
      // 1 − 2 / (e^2x + 1) has few digits left near 0.
      float s = x * x;
      return x * (1 + s * (-1 / 3f + s * (2 / 15f - s * (17 / 315f))));
    }
    return 1 - 2 / (exp(2 * x) + 1);
  }

  /**
   * The Gaussian error linear unit in the form with tanh [1].
   *
   * <p>[1] D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)", 2016.
   *
   * @param x any number but NaN
   * @return x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³)))
   */
  public static float gelu(float x) {
    return 0.5f * x * (1 + tanh(GELU * (x + GELU_CUBE * x * x * x)));
  }

  /**
   * The slope of {@link #gelu}.
   *
   * @param x any number but NaN
   * @return its derivative
   */
  public static float geluSlope(float x) {
    if (Math.abs(x) > GELU_STRAIGHT) {
      return x > 0 ? 1 : 0;
    }
    float t = tanh(GELU * (x + GELU_CUBE * x * x * x));
    return 0.5f * (1 + t) + 0.5f * x * (1 - t * t) * GELU * (1 + 3 * GELU_CUBE * x * x);
  }
}
