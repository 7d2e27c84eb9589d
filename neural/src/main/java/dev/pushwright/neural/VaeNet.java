// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.EmbeddingSum;
import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.neural.nn.GaussianKl;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;

/**
 * The network of {@link MultVae}: I items to H hidden numbers to K latent ones, and back. Of B
 * users only the items they have are given; the first layer sums up the rows of those.
 */
final class VaeNet {

  static final String ENCODER = "encoder.items";
  static final String ENCODER_BIAS = "encoder.bias";
  static final String MEAN = "encoder.mean";
  static final String LOG_VARIANCE = "encoder.logVariance";
  static final String DECODER = "decoder.hidden";
  static final String OUT = "decoder.items";

  /**
   * What it is made from.
   *
   * @param hidden H
   * @param latent K
   */
  record Shape(int hidden, int latent) {}

  private final int hidden;
  private final int latent;
  private final EmbeddingSum encoder;
  private final Parameter encoderBias;
  private final Activation encoderTanh = new Activation(Activation.Function.TANH);
  private final Dense mean;
  private final Dense logVariance;
  private final GaussianKl kl = new GaussianKl();
  private final Dense decoder;
  private final Activation decoderTanh = new Activation(Activation.Function.TANH);
  private final Dense out;
  private int rows;
  private float[] noise = {};
  private float[] deviation = {};
  private float[] z = {};
  private double divergence;

  VaeNet(Parameters parameters, int items, Shape shape) {
    this.hidden = shape.hidden();
    this.latent = shape.latent();
    Initializer glorot = Initializer.glorot();
    this.encoder = new EmbeddingSum(parameters, ENCODER, items, hidden, glorot);
    this.encoderBias = parameters.matrix(ENCODER_BIAS, 1, hidden, Initializer.zeros());
    this.mean = new Dense(parameters, MEAN, hidden, latent, glorot);
    this.logVariance = new Dense(parameters, LOG_VARIANCE, hidden, latent, glorot);
    this.decoder = new Dense(parameters, DECODER, latent, hidden, glorot);
    this.out = new Dense(parameters, OUT, hidden, items, glorot);
  }

  /**
   * Computes logits by the means of the latent numbers.
   *
   * @param starts where the items of each user begin, and where those of the last end; B + 1
   * @param ids the items
   * @param x what the user has of each, the vector of a user of length 1
   * @param rows B
   * @return logits, B×I, the network's own buffer
   */
  float[] forward(int[] starts, int[] ids, float[] x, int rows) {
    float[] h = encode(starts, ids, x, rows);
    return decode(mean.forward(h, rows));
  }

  /**
   * Computes logits by latent numbers that are drawn.
   *
   * @param starts where the items of each user begin, and where those of the last end; B + 1
   * @param ids the items
   * @param x what the user has of each
   * @param noise of the standard normal distribution, B×K; to stay until {@link #backward}
   * @param rows B
   * @return logits, B×I, the network's own buffer
   */
  float[] learn(int[] starts, int[] ids, float[] x, float[] noise, int rows) {
    float[] h = encode(starts, ids, x, rows);
    float[] mu = mean.forward(h, rows);
    float[] s = logVariance.forward(h, rows);
    int n = rows * latent;
    if (z.length < n) {
      z = new float[n];
      deviation = new float[n];
    }
    this.noise = noise;
    for (int i = 0; i < n; i++) {
      deviation[i] = FloatMath.exp(0.5f * s[i]);
      z[i] = mu[i] + noise[i] * deviation[i];
    }
    divergence = kl.forward(mu, s, n);
    return decode(z);
  }

  /** How far the latent distributions of the last {@link #learn} are from the standard one. */
  double divergence() {
    return divergence;
  }

  private float[] encode(int[] starts, int[] ids, float[] x, int rows) {
    this.rows = rows;
    float[] h = encoder.forward(starts, ids, x, rows);
    float[] b = encoderBias.values();
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < hidden; o++) {
        h[r * hidden + o] += b[o];
      }
    }
    return encoderTanh.forward(h, rows * hidden);
  }

  private float[] decode(float[] latents) {
    return out.forward(decoderTanh.forward(decoder.forward(latents, rows), rows * hidden), rows);
  }

  /**
   * Adds to the gradients after {@link #learn}.
   *
   * @param d gradient of the logits, B×I
   * @param klScale what the gradient of the divergence is multiplied by
   */
  void backward(float[] d, float klScale) {
    float[] ofLatents = decoder.backward(decoderTanh.backward(out.backward(d)));
    kl.backward(klScale);
    int n = rows * latent;
    float[] dMean = kl.dMean();
    float[] dLogVariance = kl.dLogVariance();
    for (int i = 0; i < n; i++) {
      dMean[i] += ofLatents[i];
      dLogVariance[i] += ofLatents[i] * noise[i] * 0.5f * deviation[i];
    }
    float[] dh = mean.backward(dMean);
    float[] more = logVariance.backward(dLogVariance);
    for (int i = 0; i < rows * hidden; i++) {
      dh[i] += more[i];
    }
    float[] dx = encoderTanh.backward(dh);
    float[] db = encoderBias.gradients();
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < hidden; o++) {
        db[o] += dx[r * hidden + o];
      }
    }
    encoder.backward(dx);
  }
}
