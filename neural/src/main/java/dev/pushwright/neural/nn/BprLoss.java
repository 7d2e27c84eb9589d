// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * The loss of Bayesian personalised ranking [1] over B pairs of scores, of what a user has and of
 * what not:
 *
 * <pre>
 * L = −Σ ln σ(x⁺ − x⁻)      dL/dx⁺ = −σ(x⁻ − x⁺) = −dL/dx⁻
 * </pre>
 *
 * <p>[1] S. Rendle et al., "BPR: Bayesian personalized ranking from implicit feedback", UAI 2009.
 */
public final class BprLoss {

  private float[] dPositive = {};
  private float[] dNegative = {};
  private int rows;

  /** A loss. */
  public BprLoss() {}

  /**
   * The loss.
   *
   * @param positive x⁺, B
   * @param negative x⁻, B
   * @param rows B, at least 0
   * @return L, the sum over the rows
   */
  public double forward(float[] positive, float[] negative, int rows) {
    Buffers.check("positive", positive.length, rows, 1);
    Buffers.check("negative", negative.length, rows, 1);
    this.rows = rows;
    dPositive = Buffers.atLeast(dPositive, rows, 1);
    dNegative = Buffers.atLeast(dNegative, rows, 1);
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      float x = positive[r] - negative[r];
      float e = FloatMath.exp(-Math.abs(x));
      dPositive[r] = -(x >= 0 ? e : 1) / (1 + e);
      loss += StrictMath.log(1 + (double) e) + Math.max(-x, 0);
    }
    return loss;
  }

  /**
   * The gradients of the last {@code forward}, to be had from {@link #dPositive} and {@link
   * #dNegative}; to be called once.
   *
   * @param scale what they are multiplied by, such as 1 / batch
   */
  public void backward(float scale) {
    for (int r = 0; r < rows; r++) {
      dPositive[r] *= scale;
      dNegative[r] = -dPositive[r];
    }
  }

  /**
   * The gradient of x⁺.
   *
   * @return B
   */
  public float[] dPositive() {
    return dPositive;
  }

  /**
   * The gradient of x⁻.
   *
   * @return B
   */
  public float[] dNegative() {
    return dNegative;
  }
}
