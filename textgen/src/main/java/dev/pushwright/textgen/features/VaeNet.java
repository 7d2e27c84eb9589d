// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.Concat;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.GaussianKl;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SquaredError;

/**
 * The conditional variational autoencoder [1]: q(z | x, y) is normal with the mean μ and the
 * log-variance s that the encoder gives, p(z) standard normal, and p(y | x, z) normal around what
 * the {@link Generator} gives, of a variance v that is the same everywhere. For B rows
 *
 * <pre>
 * L = Σ |y − ŷ|² / 2v + D/2 · ln v  +  β · Σ_k max(λ·B, Σ KL_k)
 * </pre>
 *
 * <p>with λ the free bits (nats, rather) of each of the K numbers of z [2]: one that costs less is
 * not pressed for.
 *
 * <p>[1] K. Sohn, H. Lee, X. Yan, "Learning structured output representation using deep conditional
 * generative models", NIPS 2015. [2] D. P. Kingma et al., "Improved variational inference with
 * inverse autoregressive flow", NIPS 2016.
 */
final class VaeNet {

  private final Shape shape;
  private final Concat join;
  private final Dense hidden;
  private final Activation relu = new Activation(Activation.Function.RELU);
  private final Dense meanHead;
  private final Dense varianceHead;
  private final Generator generator;
  private final GaussianKl kl = new GaussianKl();
  private final SquaredError error = new SquaredError();
  private float[] mean = {};
  private float[] logVariance = {};
  private float[] z = {};
  private float[] dHidden = {};
  private double squaredError;

  VaeNet(Parameters parameters, Shape shape) {
    this.shape = shape;
    this.join = new Concat(shape.profile(), shape.item());
    int inputs = shape.profile() + shape.item();
    this.hidden = new Dense(parameters, "encoder.1", inputs, shape.hidden(), Initializer.he());
    this.meanHead =
        new Dense(parameters, "encoder.mean", shape.hidden(), shape.noise(), Initializer.glorot());
    this.varianceHead =
        new Dense(
            parameters,
            "encoder.logVariance",
            shape.hidden(),
            shape.noise(),
            Initializer.normal(0.01));
    this.generator = new Generator(parameters, shape);
  }

  /** What of the noise an item says: the means, B×K. */
  float[] encode(float[] x, float[] y, int rows) {
    float[] h = relu.forward(hidden.forward(join.forward(rows, x, y), rows), rows * shape.hidden());
    mean = meanHead.forward(h, rows);
    logVariance = varianceHead.forward(h, rows);
    return mean;
  }

  /**
   * The loss of B rows, forwards only.
   *
   * @param x profiles, B×P
   * @param y items, B×D
   * @param noise of the standard normal distribution, B×K
   * @param rows B
   * @param cost β, λ and v
   * @return L
   */
  double forward(float[] x, float[] y, float[] noise, int rows, Cost cost) {
    encode(x, y, rows);
    int n = rows * shape.noise();
    z = z.length >= n ? z : new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = mean[i] + (float) StrictMath.exp(0.5 * logVariance[i]) * noise[i];
    }
    squaredError = error.forward(generator.forward(x, z, rows), y, rows * shape.item());
    double divergence = kl.forward(mean, logVariance, n);
    if (cost.freeBits() > 0) {
      divergence = 0;
      for (int k = 0; k < shape.noise(); k++) {
        divergence += Math.max(cost.freeBits() * rows, divergence(k, rows));
      }
    }
    return squaredError / (2 * cost.variance())
        + 0.5 * rows * shape.item() * StrictMath.log(cost.variance())
        + cost.beta() * divergence;
  }

  /**
   * What the loss is made of.
   *
   * @param beta β, what the divergence counts
   * @param freeBits λ, in nats
   * @param variance v
   */
  record Cost(double beta, double freeBits, double variance) {}

  /** Σ |y − ŷ|² of the last {@link #forward}. */
  double squaredError() {
    return squaredError;
  }

  /** The divergence of one number of z in the last {@link #forward}. */
  double divergence(int k, int rows) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      double m = mean[r * shape.noise() + k];
      double s = logVariance[r * shape.noise() + k];
      sum += 0.5 * (m * m + StrictMath.exp(s) - 1 - s);
    }
    return sum;
  }

  /**
   * Adds to the gradients of the last {@link #forward}.
   *
   * @param noise as it was
   * @param rows as they were
   * @param cost as they were
   * @param scale what gradients are multiplied by, such as 1 / batch
   */
  void backward(float[] noise, int rows, Cost cost, float scale) {
    kl.backward((float) (scale * cost.beta()));
    float[] dMean = kl.dMean();
    float[] dLogVariance = kl.dLogVariance();
    for (int k = 0; k < shape.noise(); k++) {
      if (cost.freeBits() > 0 && divergence(k, rows) < cost.freeBits() * rows) {
        for (int r = 0; r < rows; r++) {
          dMean[r * shape.noise() + k] = 0;
          dLogVariance[r * shape.noise() + k] = 0;
        }
      }
    }
    float[] dz = generator.backward(error.backward((float) (scale / (2 * cost.variance()))));
    for (int i = 0; i < rows * shape.noise(); i++) {
      dMean[i] += dz[i];
      dLogVariance[i] += dz[i] * noise[i] * 0.5f * (float) StrictMath.exp(0.5 * logVariance[i]);
    }
    float[] one = meanHead.backward(dMean);
    float[] other = varianceHead.backward(dLogVariance);
    int n = rows * shape.hidden();
    dHidden = dHidden.length >= n ? dHidden : new float[n];
    for (int i = 0; i < n; i++) {
      dHidden[i] = one[i] + other[i];
    }
    hidden.learn(relu.backward(dHidden));
  }
}
