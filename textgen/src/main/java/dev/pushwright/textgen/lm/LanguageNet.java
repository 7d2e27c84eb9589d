// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;

/** The network of a plain language model: conditions, decoder, cross-entropy. */
final class LanguageNet implements TextNet {

  private final int words;
  private final ConditionEncoder conditions;
  private final Decoder decoder;
  private final SoftmaxCrossEntropy loss;

  LanguageNet(Parameters parameters, NetShape shape) {
    this.words = shape.words();
    this.conditions = new ConditionEncoder(parameters, "told", shape.conditions(), shape.context());
    this.decoder = new Decoder(parameters, shape);
    this.loss = new SoftmaxCrossEntropy(shape.words());
  }

  @Override
  public double learn(Batch texts, float scale, double step, long key) {
    double sum = forward(texts, Mode.TRAIN, key);
    conditions.backward(decoder.backward(loss.backward(scale)));
    return sum;
  }

  /**
   * Learns texts, each word as much as it is worth: the gradient of Σ −weight·ln p(word).
   *
   * @param weights of each word, T·B; may be below 0
   * @return Σ −ln p(word), without the weights
   */
  double learnWeighted(Batch texts, float[] weights, float scale, long key) {
    double sum = forward(texts, Mode.INFER, key);
    float[] d = loss.backward(scale);
    for (int r = 0; r < texts.steps() * texts.size(); r++) {
      for (int w = r * words; w < (r + 1) * words; w++) {
        d[w] *= weights[r];
      }
    }
    conditions.backward(decoder.backward(d));
    return sum;
  }

  @Override
  public double loss(Batch texts, long key) {
    return forward(texts, Mode.INFER, key);
  }

  private double forward(Batch texts, Mode mode, long key) {
    float[] logits = decoder.forward(texts, conditions.forward(texts), mode, key);
    return loss.forward(logits, texts.targets(), texts.steps() * texts.size());
  }

  @Override
  public float[] tell(Batch texts, long key, double deviation) {
    return conditions.forward(texts);
  }

  @Override
  public Decoder decoder() {
    return decoder;
  }
}
