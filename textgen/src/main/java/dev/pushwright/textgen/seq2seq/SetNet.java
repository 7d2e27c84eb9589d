// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Dropout;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.EmbeddingSum;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Lstm;
import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import java.util.Arrays;

/**
 * The network without attention: all it knows of the set are C numbers, which every step sees, as
 * the encoder of [1]. Step t, with w the vector of the last token and e an attribute, the sum of
 * the vectors of its slot and of its value:
 *
 * <pre>
 * c = tanh(S·Σe)      h_0 = tanh(F·c)      h_t = LSTM(h_t−1, [w_t ; c])      p = softmax(V·h_t)
 * </pre>
 *
 * <p>Nothing of c is dropped in training. One thread at a time.
 *
 * <p>[1] Y. Puzikov, I. Gurevych, "E2E NLG challenge: neural models vs. templates", INLG 2018.
 */
final class SetNet implements TextNetwork {

  private static final double DEVIATION = 0.1;

  private final int e;
  private final int h;
  private final int c;
  private final int v;
  private final EmbeddingSum slots;
  private final EmbeddingSum values;
  private final Embedding tokens;
  private final Dense set;
  private final Activation setTanh = new Activation(Activation.Function.TANH);
  private final Dense first;
  private final Activation firstTanh = new Activation(Activation.Function.TANH);
  private final Lstm lstm;
  private final Dense logits;
  private final Dropout inputDropout;
  private final Dropout outputDropout;
  private final SoftmaxCrossEntropy loss;

  private float[] sums = {};
  private float[] inputs = {};
  private float[] cells = {};
  private float[] seen = {};
  private float[] dWords = {};
  private float[] dCondition = {};
  private int[] lengths = {};

  SetNet(Parameters parameters, Seq2SeqShape shape, double dropout) {
    this.e = shape.embedding();
    this.h = shape.hidden();
    this.c = shape.condition();
    this.v = shape.vocabulary();
    Initializer vectors = Initializer.normal(DEVIATION);
    slots = new EmbeddingSum(parameters, "slots", shape.slots(), e, vectors);
    values = new EmbeddingSum(parameters, "values", shape.values(), e, vectors);
    tokens = new Embedding(parameters, "tokens", v, e, vectors);
    set = new Dense(parameters, "set", e, c, Initializer.glorot());
    first = new Dense(parameters, "first", c, h, Initializer.glorot());
    lstm = new Lstm(parameters, "decoder", e + c, h, Initializer.glorot());
    logits = new Dense(parameters, "logits", h, v, Initializer.glorot());
    inputDropout = new Dropout(dropout);
    outputDropout = new Dropout(dropout);
    loss = new SoftmaxCrossEntropy(v);
  }

  @Override
  public double learn(Seq2SeqChunk chunk, long random, float scale) {
    double sum = loss(chunk, Mode.TRAIN, random);
    backward(chunk, loss.backward(scale));
    return sum;
  }

  @Override
  public void learn(Seq2SeqChunk chunk, float[] weights) {
    loss(chunk, Mode.INFER, 0);
    float[] dLogits = loss.backward(1);
    for (int row = 0; row < chunk.size() * chunk.steps(); row++) {
      for (int i = row * v; i < (row + 1) * v; i++) {
        dLogits[i] *= weights[row % chunk.size()];
      }
    }
    backward(chunk, dLogits);
  }

  @Override
  public double loss(Seq2SeqChunk chunk) {
    return loss(chunk, Mode.INFER, 0);
  }

  private double loss(Seq2SeqChunk chunk, Mode mode, long random) {
    int batch = chunk.size();
    int steps = chunk.steps();
    int rows = batch * steps;
    float[] condition = encode(chunk.attributes());
    float[] start = firstTanh.forward(first.forward(condition, batch), batch * h);
    // Rows are ordered by step, then by text, as the layer wants them.
    float[] words = tokens.forward(byStep(chunk.inputs(), batch, steps), rows);
    join(
        inputDropout.forward(words, rows * e, mode, CounterRandom.key(random, 1)),
        condition,
        batch,
        rows);
    cells = grow(cells, batch * h);
    Arrays.fill(cells, 0, batch * h, 0);
    float[] states = lstm.forward(inputs, steps, batch, lengths(batch, steps), start, cells);
    float[] y =
        logits.forward(
            outputDropout.forward(states, rows * h, mode, CounterRandom.key(random, 2)), rows);
    return loss.forward(y, byStep(chunk.labels(), batch, steps), rows);
  }

  private float[] encode(AttributeBatch batch) {
    int all = Arrays.stream(batch.lengths(), 0, batch.sets()).sum();
    int[] starts = new int[batch.sets() + 1];
    int[] slotIds = new int[all];
    int[] valueIds = new int[all];
    float[] ones = new float[all];
    Arrays.fill(ones, 1);
    for (int b = 0; b < batch.sets(); b++) {
      int length = batch.lengths()[b];
      System.arraycopy(batch.slots(), b * batch.places(), slotIds, starts[b], length);
      System.arraycopy(batch.values(), b * batch.places(), valueIds, starts[b], length);
      starts[b + 1] = starts[b] + length;
    }
    sums = grow(sums, batch.sets() * e);
    System.arraycopy(
        slots.forward(starts, slotIds, ones, batch.sets()), 0, sums, 0, batch.sets() * e);
    float[] more = values.forward(starts, valueIds, ones, batch.sets());
    for (int i = 0; i < batch.sets() * e; i++) {
      sums[i] += more[i];
    }
    return setTanh.forward(set.forward(sums, batch.sets()), batch.sets() * c);
  }

  private static int[] byStep(int[] byText, int batch, int steps) {
    int[] turned = new int[batch * steps];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < steps; t++) {
        turned[t * batch + b] = byText[b * steps + t];
      }
    }
    return turned;
  }

  private void join(float[] words, float[] condition, int batch, int rows) {
    int wide = e + c;
    inputs = grow(inputs, rows * wide);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(words, row * e, inputs, row * wide, e);
      System.arraycopy(condition, row % batch * c, inputs, row * wide + e, c);
    }
  }

  private int[] lengths(int batch, int steps) {
    lengths = lengths.length >= batch ? lengths : new int[batch];
    Arrays.fill(lengths, 0, batch, steps);
    return lengths;
  }

  private void backward(Seq2SeqChunk chunk, float[] dLogits) {
    int batch = chunk.size();
    int rows = batch * chunk.steps();
    int wide = e + c;
    float[] dInputs = lstm.backward(outputDropout.backward(logits.backward(dLogits)));
    dCondition = grow(dCondition, batch * c);
    float[] dStart = first.backward(firstTanh.backward(lstm.dHidden()));
    System.arraycopy(dStart, 0, dCondition, 0, batch * c);
    dWords = grow(dWords, rows * e);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(dInputs, row * wide, dWords, row * e, e);
      int to = row % batch * c;
      for (int j = 0; j < c; j++) {
        dCondition[to + j] += dInputs[row * wide + e + j];
      }
    }
    tokens.backward(inputDropout.backward(dWords));
    float[] dSums = set.backward(setTanh.backward(dCondition));
    slots.backward(dSums);
    values.backward(dSums);
  }

  @Override
  public int width() {
    return 2 * h;
  }

  /** The first h and cell, H each, and the condition behind them, C. */
  @Override
  public float[] begin(AttributeBatch attributes) {
    float[] condition = encode(attributes);
    float[] start = firstTanh.forward(first.forward(condition, 1), h);
    float[] begun = new float[2 * h + c];
    System.arraycopy(start, 0, begun, 0, h);
    System.arraycopy(condition, 0, begun, 2 * h, c);
    return begun;
  }

  @Override
  public float[] next(
      AttributeBatch attributes, float[] begun, int[] last, float[] states, int texts) {
    join(tokens.forward(last, texts), Arrays.copyOfRange(begun, 2 * h, 2 * h + c), 1, texts);
    seen = grow(seen, texts * h);
    cells = grow(cells, texts * h);
    for (int b = 0; b < texts; b++) {
      System.arraycopy(states, 2 * b * h, seen, b * h, h);
      System.arraycopy(states, (2 * b + 1) * h, cells, b * h, h);
    }
    float[] moved = lstm.forward(inputs, 1, texts, lengths(texts, 1), seen, cells);
    for (int b = 0; b < texts; b++) {
      System.arraycopy(moved, b * h, states, 2 * b * h, h);
      System.arraycopy(lstm.lastCell(), b * h, states, (2 * b + 1) * h, h);
    }
    return logits.forward(moved, texts);
  }

  private static float[] grow(float[] buffer, int n) {
    return buffer.length >= n ? buffer : new float[n];
  }
}
