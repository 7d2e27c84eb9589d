// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.Concat;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.neural.nn.GaussianKl;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Lstm;
import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import java.util.Arrays;

/**
 * The network of a conditional variational autoencoder. An LSTM reads a text x, and with the
 * context k of its conditions gives mean μ and log-variance s of Z normal numbers z; the decoder is
 * told k and z = μ + e^(s/2)·ε. Costs, with β growing from 0 to 1 while {@code annealing} of the
 * training is done and each dimension d free up to {@code freeBits} nats:
 *
 * <pre>
 * −ln p(x | z, k) + β·Σ_d max(freeBits, mean KL_d)
 * </pre>
 *
 * <p>The mean is that over the texts of a chunk. Validation has β = 1 and nothing free: it is the
 * bound of −ln p(x).
 */
final class VariationalNet implements TextNet {

  // Of s, so that no exponential runs away before the first steps have calmed it.
  private static final float MAX_LOG_VARIANCE = 10;

  private final NetShape shape;
  private final double annealing;
  private final double freeBits;
  private final double wordDropout;
  private final ConditionEncoder conditions;
  private final Embedding read;
  private final Lstm reader;
  private final Concat known;
  private final Dense mean;
  private final Dense logVariance;
  private final GaussianKl kl = new GaussianKl();
  private final Concat told;
  private final Decoder decoder;
  private final SoftmaxCrossEntropy loss;

  private int[] words = {};
  private float[] zeros = {};
  private float[] noise = {};
  private float[] z = {};
  private float[] mu = {};
  private float[] s = {};
  private float[] dMean = {};
  private float[] dLogVariance = {};
  private float[] dContext = {};
  private float[] dHidden = {};
  private double divergence;

  VariationalNet(
      Parameters parameters,
      NetShape shape,
      double annealing,
      double freeBits,
      double wordDropout) {
    this.shape = shape;
    this.annealing = annealing;
    this.freeBits = freeBits;
    this.wordDropout = wordDropout;
    int z = shape.latent();
    this.conditions = new ConditionEncoder(parameters, "told", shape.conditions(), shape.context());
    this.read =
        new Embedding(
            parameters, "read", shape.words(), shape.embedding(), Initializer.normal(0.1));
    this.reader =
        new Lstm(parameters, "reader", shape.embedding(), shape.hidden(), Initializer.glorot());
    this.known = new Concat(shape.hidden(), shape.context());
    this.mean =
        new Dense(parameters, "mean", shape.hidden() + shape.context(), z, Initializer.glorot());
    this.logVariance =
        new Dense(parameters, "variance", shape.hidden() + shape.context(), z, Initializer.zeros());
    this.told = new Concat(shape.context(), z);
    this.decoder = new Decoder(parameters, shape);
    this.loss = new SoftmaxCrossEntropy(shape.words());
  }

  @Override
  public double learn(Batch texts, float scale, double step, long key) {
    double beta = annealing == 0 ? 1 : Math.min(1, step / annealing);
    int n = texts.size();
    float[] context = encode(texts, key);
    texts.dropWords(wordDropout, CounterRandom.key(key, 2));
    double sum = decode(texts, context, Mode.TRAIN, key);
    float[][] d = told.backward(decoder.backward(loss.backward(scale)));
    float[] dz = d[1];
    double charged = charge(n, (float) (beta * scale));
    dMean = grown(dMean, n * shape.latent());
    dLogVariance = grown(dLogVariance, n * shape.latent());
    for (int i = 0; i < n * shape.latent(); i++) {
      dMean[i] = kl.dMean()[i] + dz[i];
      boolean clipped = Math.abs(s[i]) >= MAX_LOG_VARIANCE;
      dLogVariance[i] =
          clipped ? 0 : kl.dLogVariance()[i] + dz[i] * noise[i] * 0.5f * FloatMath.exp(0.5f * s[i]);
    }
    backward(texts, d[0]);
    return sum + beta * charged;
  }

  private void backward(Batch texts, float[] fromDecoder) {
    int n = texts.size();
    float[] byMean = mean.backward(dMean);
    float[] byVariance = logVariance.backward(dLogVariance);
    int width = shape.hidden() + shape.context();
    dHidden = grown(dHidden, n * shape.hidden());
    dContext = grown(dContext, n * shape.context());
    for (int b = 0; b < n; b++) {
      for (int k = 0; k < shape.hidden(); k++) {
        dHidden[b * shape.hidden() + k] = byMean[b * width + k] + byVariance[b * width + k];
      }
      for (int k = 0; k < shape.context(); k++) {
        int at = b * width + shape.hidden() + k;
        dContext[b * shape.context() + k] =
            fromDecoder[b * shape.context() + k] + byMean[at] + byVariance[at];
      }
    }
    conditions.backward(dContext);
    zeros = grown(zeros, Math.max(1, texts.steps()) * n * shape.hidden());
    read.backward(reader.backward(zeros, dHidden, zeros));
  }

  // Makes the gradients of what is charged for; gives the charge in nats, summed over the texts.
  private double charge(int n, float scale) {
    kl.forward(mu, s, n * shape.latent());
    double charged = 0;
    for (int d = 0; d < shape.latent(); d++) {
      double nats = nats(n, d);
      boolean free = nats < freeBits * n;
      charged += free ? freeBits * n : nats;
      for (int b = 0; b < n && free; b++) {
        kl.dMean()[b * shape.latent() + d] = 0;
        kl.dLogVariance()[b * shape.latent() + d] = 0;
      }
    }
    kl.backward(scale);
    return charged;
  }

  private double nats(int n, int d) {
    double sum = 0;
    for (int b = 0; b < n; b++) {
      int i = b * shape.latent() + d;
      sum += 0.5 * ((double) mu[i] * mu[i] + FloatMath.exp(s[i]) - 1 - s[i]);
    }
    return sum;
  }

  /** Reads the texts and draws z; gives the context. */
  private float[] encode(Batch texts, long key) {
    int n = texts.size();
    int rows = n * texts.steps();
    if (words.length < rows) {
      words = new int[rows];
    }
    for (int r = 0; r < rows; r++) {
      words[r] = Math.max(0, texts.targets()[r]);
    }
    float[] context = conditions.forward(texts);
    reader.forward(read.forward(words, rows), texts.steps(), n, texts.lengths());
    float[] joined = known.forward(n, reader.lastHidden(), context);
    mu = mean.forward(joined, n);
    s = logVariance.forward(joined, n);
    for (int i = 0; i < n * shape.latent(); i++) {
      s[i] = Math.max(-MAX_LOG_VARIANCE, Math.min(MAX_LOG_VARIANCE, s[i]));
    }
    draw(n, CounterRandom.key(key, 3));
    for (int i = 0; i < n * shape.latent(); i++) {
      z[i] = mu[i] + FloatMath.exp(0.5f * s[i]) * noise[i];
    }
    return context;
  }

  private void draw(int n, long key) {
    noise = grown(noise, n * shape.latent());
    z = grown(z, n * shape.latent());
    for (int i = 0; i < n * shape.latent(); i++) {
      noise[i] = (float) CounterRandom.gaussian(key, i);
    }
  }

  private double decode(Batch texts, float[] context, Mode mode, long key) {
    float[] what = told.forward(texts.size(), context, z);
    float[] logits = decoder.forward(texts, what, mode, key);
    return loss.forward(logits, texts.targets(), texts.steps() * texts.size());
  }

  @Override
  public double loss(Batch texts, long key) {
    float[] context = encode(texts, key);
    divergence = kl.forward(mu, s, texts.size() * shape.latent());
    return decode(texts, context, Mode.INFER, key) + divergence;
  }

  /** What of the last {@link #loss} was divergence, in nats. */
  double divergence() {
    return divergence;
  }

  /** The means of the last texts, B×Z. */
  float[] means() {
    return mu;
  }

  @Override
  public float[] tell(Batch texts, long key, double deviation) {
    draw(texts.size(), key);
    for (int i = 0; i < texts.size() * shape.latent(); i++) {
      z[i] = (float) (deviation * noise[i]);
    }
    return told.forward(texts.size(), conditions.forward(texts), z);
  }

  @Override
  public Decoder decoder() {
    return decoder;
  }

  private static float[] grown(float[] array, int size) {
    return array.length >= size ? array : Arrays.copyOf(array, size);
  }
}
