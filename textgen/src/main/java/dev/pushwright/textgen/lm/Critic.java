// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Dropout;
import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Lstm;
import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import java.util.Arrays;

/**
 * Tells texts that people wrote from those that a network wrote: an LSTM that reads a text together
 * with its conditions and after each word gives the logit of its being by people so far.
 */
final class Critic {

  private final NetShape shape;
  private final ConditionEncoder conditions;
  private final TextInput input;
  private final Lstm lstm;
  private final Dense out;
  private final Dropout dropout;
  private int[] words = {};
  private float[] d = {};
  private float[] dContext = {};

  Critic(Parameters parameters, NetShape shape) {
    this.shape = shape;
    this.conditions =
        new ConditionEncoder(parameters, "critic", shape.conditions(), shape.context());
    this.input = new TextInput(parameters, "critic.words", shape, shape.context());
    this.lstm =
        new Lstm(parameters, "critic.reader", input.width(), shape.hidden(), Initializer.glorot());
    this.out = new Dense(parameters, "critic.out", shape.hidden(), 1, Initializer.glorot());
    this.dropout = new Dropout(shape.dropout());
  }

  /**
   * Learns from texts.
   *
   * @param texts the texts
   * @param people whether people wrote them
   * @param scale what gradients are multiplied by
   * @param key of the dropout
   * @return binary cross-entropy, the sum over their words
   */
  double learn(Batch texts, boolean people, float scale, long key) {
    float[] logits = forward(texts, Mode.TRAIN, key);
    int rows = texts.steps() * texts.size();
    d = d.length >= rows ? d : new float[rows];
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      boolean over = texts.targets()[r] == SoftmaxCrossEntropy.IGNORED;
      double towards = people ? logits[r] : -logits[r];
      sum +=
          over ? 0 : Math.max(0, -towards) + StrictMath.log1p(StrictMath.exp(-Math.abs(towards)));
      d[r] = over ? 0 : scale * (FloatMath.sigmoid(logits[r]) - (people ? 1 : 0));
    }
    backward(texts.steps(), texts.size());
    return sum;
  }

  /**
   * Judges texts.
   *
   * @param texts the texts
   * @param rewards gets, for each word, 2·P(by people so far) − 1, from −1 to 1; 0 where a text is
   *     over; T·B
   */
  void judge(Batch texts, float[] rewards) {
    float[] logits = forward(texts, Mode.INFER, 0);
    for (int r = 0; r < texts.steps() * texts.size(); r++) {
      boolean over = texts.targets()[r] == SoftmaxCrossEntropy.IGNORED;
      rewards[r] = over ? 0 : 2 * FloatMath.sigmoid(logits[r]) - 1;
    }
  }

  private float[] forward(Batch texts, Mode mode, long key) {
    int n = texts.size();
    int rows = texts.steps() * n;
    words = words.length >= rows ? words : new int[rows];
    for (int r = 0; r < rows; r++) {
      words[r] = Math.max(0, texts.targets()[r]);
    }
    float[] x = input.forward(words, conditions.forward(texts), texts.steps(), n);
    float[] h = lstm.forward(x, texts.steps(), n, texts.lengths());
    return out.forward(
        dropout.forward(h, rows * shape.hidden(), mode, CounterRandom.key(key, 5)), rows);
  }

  private void backward(int steps, int n) {
    float[] dx = lstm.backward(dropout.backward(out.backward(d)));
    int size = n * shape.context();
    dContext = dContext.length >= size ? dContext : new float[size];
    Arrays.fill(dContext, 0, size, 0);
    input.backward(dx, dContext, steps, n);
    conditions.backward(dContext);
  }
}
