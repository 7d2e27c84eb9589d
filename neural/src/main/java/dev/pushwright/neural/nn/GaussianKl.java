// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * How far N normal distributions, of mean μ and log-variance s each, are from the standard normal
 * one: the Kullback–Leibler divergence that variational autoencoders [1] pay for.
 *
 * <pre>
 * L = ½·Σ (μ² + e^s − 1 − s)      dL/dμ = μ      dL/ds = ½·(e^s − 1)
 * </pre>
 *
 * <p>[1] D. P. Kingma, M. Welling, "Auto-encoding variational Bayes", ICLR 2014.
 */
public final class GaussianKl {

  private float[] dMean = {};
  private float[] dLogVariance = {};
  private int n;

  /** A loss. */
  public GaussianKl() {}

  /**
   * The divergence.
   *
   * @param mean μ, N numbers
   * @param logVariance s, N numbers
   * @param n N, such as B·K
   * @return L, the sum over all of them
   */
  public double forward(float[] mean, float[] logVariance, int n) {
    Buffers.check("mean", mean.length, n, 1);
    Buffers.check("logVariance", logVariance.length, n, 1);
    this.n = n;
    dMean = Buffers.atLeast(dMean, n, 1);
    dLogVariance = Buffers.atLeast(dLogVariance, n, 1);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      float variance = FloatMath.exp(logVariance[i]);
      dMean[i] = mean[i];
      dLogVariance[i] = 0.5f * (variance - 1);
      loss += 0.5 * ((double) mean[i] * mean[i] + variance - 1 - logVariance[i]);
    }
    return loss;
  }

  /**
   * The gradients of the last {@code forward}, to be had from {@link #dMean} and {@link
   * #dLogVariance}; to be called once.
   *
   * @param scale what they are multiplied by, such as β / batch
   */
  public void backward(float scale) {
    for (int i = 0; i < n; i++) {
      dMean[i] *= scale;
      dLogVariance[i] *= scale;
    }
  }

  /**
   * The gradient of μ.
   *
   * @return N numbers
   */
  public float[] dMean() {
    return dMean;
  }

  /**
   * The gradient of s.
   *
   * @return N numbers
   */
  public float[] dLogVariance() {
    return dLogVariance;
  }
}
