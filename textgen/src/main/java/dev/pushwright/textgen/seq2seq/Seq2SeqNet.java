// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.Attention;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Dropout;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Gru;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import java.util.Arrays;

/**
 * The network. An attribute is the sum of the vectors of its slot and of its value, E wide. Their
 * sum over the set, whose order therefore means nothing, goes through a hidden layer to C numbers
 * that every step sees, and to the first state. Step t of the decoder, with w the vector of the
 * last token, e the attributes:
 *
 * <pre>
 * h_t = GRU(h_t−1, [w_t ; c])      a_t = attention of h_t to the e      p = softmax(V·tanh(O·[h_t ; a_t]))
 * </pre>
 *
 * <p>One thread at a time.
 */
final class Seq2SeqNet implements NextToken {

  private static final double DEVIATION = 0.1;

  private final int e;
  private final int h;
  private final int c;
  private final int o;
  private final int v;
  private final Embedding slots;
  private final Embedding values;
  private final Embedding tokens;
  private final Dense hidden;
  private final Activation relu = new Activation(Activation.Function.RELU);
  private final Dense first;
  private final Activation firstTanh = new Activation(Activation.Function.TANH);
  private final Gru gru;
  private final Dense query;
  private final Dense key;
  private final Attention attention;
  private final Dense output;
  private final Activation outputTanh = new Activation(Activation.Function.TANH);
  private final Dense logits;
  private final Dropout inputDropout;
  private final Dropout outputDropout;
  private final SoftmaxCrossEntropy loss;

  private float[] memory = {};
  private float[] valueVectors = {};
  private float[] sums = {};
  private float[] inputs = {};
  private float[] seen = {};
  private float[] dStates = {};
  private float[] dMemory = {};
  private float[] dCondition = {};
  private float[] dAttended = {};

  Seq2SeqNet(Parameters parameters, Seq2SeqShape shape, double dropout) {
    this.e = shape.embedding();
    this.h = shape.hidden();
    this.c = shape.condition();
    this.o = shape.output();
    this.v = shape.vocabulary();
    Initializer vectors = Initializer.normal(DEVIATION);
    slots = new Embedding(parameters, "slots", shape.slots(), e, vectors);
    values = new Embedding(parameters, "values", shape.values(), e, vectors);
    tokens = new Embedding(parameters, "tokens", v, e, vectors);
    hidden = new Dense(parameters, "set", e, c, Initializer.he());
    first = new Dense(parameters, "first", c, h, Initializer.glorot());
    gru = new Gru(parameters, "decoder", e + c, h);
    query = new Dense(parameters, "query", h, e, Initializer.glorot());
    key = new Dense(parameters, "key", e, e, Initializer.glorot());
    attention = new Attention(e, e);
    output = new Dense(parameters, "output", h + e, o, Initializer.glorot());
    logits = new Dense(parameters, "logits", o, v, Initializer.glorot());
    inputDropout = new Dropout(dropout);
    outputDropout = new Dropout(dropout);
    loss = new SoftmaxCrossEntropy(v);
  }

  /**
   * Learns from a chunk: forwards, loss and backwards.
   *
   * @param chunk texts and their attributes
   * @param random key of what is dropped
   * @param scale of the gradient
   * @return the loss, summed over the tokens
   */
  double learn(Seq2SeqChunk chunk, long random, float scale) {
    int rows = chunk.size() * chunk.steps();
    float[] y = forward(chunk, Mode.TRAIN, random);
    double sum = loss.forward(y, chunk.labels(), rows);
    backward(chunk, loss.backward(scale));
    return sum;
  }

  /**
   * Learns to write some texts of a chunk more and others less, nothing being dropped.
   *
   * @param chunk texts and their attributes
   * @param weights how much more each text, negative for less; B
   */
  void learn(Seq2SeqChunk chunk, float[] weights) {
    int rows = chunk.size() * chunk.steps();
    loss.forward(forward(chunk, Mode.INFER, 0), chunk.labels(), rows);
    float[] dLogits = loss.backward(1);
    int text = chunk.steps() * v;
    for (int b = 0; b < chunk.size(); b++) {
      for (int i = b * text; i < (b + 1) * text; i++) {
        dLogits[i] *= weights[b];
      }
    }
    backward(chunk, dLogits);
  }

  /** The loss of a chunk, summed over the tokens. */
  double loss(Seq2SeqChunk chunk) {
    float[] y = forward(chunk, Mode.INFER, 0);
    return loss.forward(y, chunk.labels(), chunk.size() * chunk.steps());
  }

  private float[] forward(Seq2SeqChunk chunk, Mode mode, long random) {
    int batch = chunk.size();
    int steps = chunk.steps();
    int rows = batch * steps;
    float[] condition = encode(chunk.attributes());
    float[] start = firstTanh.forward(first.forward(condition, batch), batch * h);
    int wide = e + c;
    inputs = grow(inputs, rows * wide);
    tokens.forward(chunk.inputs(), 0, rows, inputs, 0, wide);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(condition, row / steps * c, inputs, row * wide + e, c);
    }
    float[] x = inputDropout.forward(inputs, rows * wide, mode, CounterRandom.key(random, 1));
    float[] states = gru.forward(x, start, batch, steps);
    float[] top = top(states, chunk.attributes(), batch, steps);
    return logits.forward(
        outputDropout.forward(top, rows * o, mode, CounterRandom.key(random, 2)), rows);
  }

  // What every step sees of the set.
  private float[] encode(AttributeBatch set) {
    int n = set.sets() * set.places();
    memory = grow(memory, n * e);
    valueVectors = grow(valueVectors, n * e);
    slots.forward(set.slots(), 0, n, memory, 0, e);
    values.forward(set.values(), 0, n, valueVectors, 0, e);
    for (int i = 0; i < n * e; i++) {
      memory[i] += valueVectors[i];
    }
    sums = grow(sums, set.sets() * e);
    Arrays.fill(sums, 0, set.sets() * e, 0);
    for (int b = 0; b < set.sets(); b++) {
      for (int s = 0; s < set.lengths()[b]; s++) {
        int from = (b * set.places() + s) * e;
        for (int j = 0; j < e; j++) {
          sums[b * e + j] += memory[from + j];
        }
      }
    }
    return relu.forward(hidden.forward(sums, set.sets()), set.sets() * c);
  }

  private float[] top(float[] states, AttributeBatch set, int batch, int steps) {
    int rows = batch * steps;
    float[] keys = key.forward(memory, batch * set.places());
    float[] attended =
        attention.forward(
            query.forward(states, rows), keys, memory, set.lengths(), batch, steps, set.places());
    int wide = h + e;
    seen = grow(seen, rows * wide);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(states, row * h, seen, row * wide, h);
      System.arraycopy(attended, row * e, seen, row * wide + h, e);
    }
    return outputTanh.forward(output.forward(seen, rows), rows * o);
  }

  private void backward(Seq2SeqChunk chunk, float[] dLogits) {
    AttributeBatch set = chunk.attributes();
    int batch = chunk.size();
    int steps = chunk.steps();
    int rows = batch * steps;
    int places = batch * set.places();
    float[] dSeen =
        output.backward(outputTanh.backward(outputDropout.backward(logits.backward(dLogits))));
    dStates = grow(dStates, rows * h);
    dAttended = grow(dAttended, rows * e);
    int wide = h + e;
    for (int row = 0; row < rows; row++) {
      System.arraycopy(dSeen, row * wide, dStates, row * h, h);
      System.arraycopy(dSeen, row * wide + h, dAttended, row * e, e);
    }
    attention.backward(dAttended);
    add(query.backward(attention.dq()), dStates, rows * h);
    dMemory = grow(dMemory, places * e);
    System.arraycopy(attention.dv(), 0, dMemory, 0, places * e);
    add(key.backward(attention.dk()), dMemory, places * e);
    float[] dInputs = inputDropout.backward(gru.backward(dStates));
    tokens.backward(dInputs, 0, e + c);
    dCondition = grow(dCondition, batch * c);
    System.arraycopy(first.backward(firstTanh.backward(gru.dStart())), 0, dCondition, 0, batch * c);
    for (int row = 0; row < rows; row++) {
      int from = row * (e + c) + e;
      int to = row / steps * c;
      for (int j = 0; j < c; j++) {
        dCondition[to + j] += dInputs[from + j];
      }
    }
    float[] dSums = hidden.backward(relu.backward(dCondition));
    for (int b = 0; b < batch; b++) {
      for (int s = 0; s < set.lengths()[b]; s++) {
        int to = (b * set.places() + s) * e;
        for (int j = 0; j < e; j++) {
          dMemory[to + j] += dSums[b * e + j];
        }
      }
    }
    slots.backward(dMemory);
    values.backward(dMemory);
  }

  @Override
  public int width() {
    return h;
  }

  /** The first state, H, and the condition behind it, C. */
  @Override
  public float[] begin(AttributeBatch set) {
    float[] condition = encode(set);
    float[] state = firstTanh.forward(first.forward(condition, 1), h);
    float[] begun = Arrays.copyOf(state, h + c);
    System.arraycopy(condition, 0, begun, h, c);
    return begun;
  }

  @Override
  public float[] next(AttributeBatch set, float[] begun, int[] last, float[] states, int texts) {
    int wide = e + c;
    inputs = grow(inputs, texts * wide);
    tokens.forward(last, 0, texts, inputs, 0, wide);
    for (int b = 0; b < texts; b++) {
      System.arraycopy(begun, h, inputs, b * wide + e, c);
    }
    float[] moved = gru.forward(inputs, states, texts, 1);
    System.arraycopy(moved, 0, states, 0, texts * h);
    // All texts look at one memory: they are steps of one sequence to the attention.
    return logits.forward(top(states, set, 1, texts), texts);
  }

  private static void add(float[] from, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }

  private static float[] grow(float[] buffer, int n) {
    return buffer.length >= n ? buffer : new float[n];
  }
}
