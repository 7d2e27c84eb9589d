// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Dropout;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Lstm;
import dev.pushwright.neural.nn.Mode;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/**
 * Says how likely each word comes next: an LSTM that is given, at each step, the word before and
 * the numbers that tell what to write, and begins with a state made from these.
 */
final class Decoder {

  private final NetShape shape;
  private final int told;
  private final TextInput input;
  private final Dense begin;
  private final Activation tanh = new Activation(Activation.Function.TANH);
  private final Lstm lstm;
  private final Dense out;
  private final Dropout inDropout;
  private final Dropout outDropout;

  private int batch;
  private int steps;
  private float[] zeros = {};
  private float[] dTold = {};
  // What generation goes on from.
  private float[] hidden = {};
  private float[] cell = {};
  private int[] ones = {};

  Decoder(Parameters parameters, NetShape shape) {
    this.shape = shape;
    this.told = shape.told();
    this.input = new TextInput(parameters, "words", shape, told);
    this.begin = new Dense(parameters, "begin", told, shape.hidden(), Initializer.glorot());
    this.lstm =
        new Lstm(parameters, "decoder", input.width(), shape.hidden(), Initializer.glorot());
    this.out = new Dense(parameters, "out", shape.hidden(), shape.words(), Initializer.glorot());
    this.inDropout = new Dropout(shape.dropout());
    this.outDropout = new Dropout(shape.dropout());
  }

  /**
   * Gives the logits of every word after every word of a batch.
   *
   * @param texts the batch
   * @param what tells what to write, B×told; to stay until {@link #backward}
   * @param key of the dropout
   * @return T·B×V
   */
  float[] forward(Batch texts, float[] what, Mode mode, long key) {
    batch = texts.size();
    steps = texts.steps();
    int rows = batch * steps;
    float[] x = input.forward(texts.inputs(), what, steps, batch);
    float[] first = tanh.forward(begin.forward(what, batch), batch * shape.hidden());
    zeros = grown(zeros, batch * shape.hidden());
    float[] dropped = inDropout.forward(x, rows * input.width(), mode, CounterRandom.key(key, 0));
    float[] h = lstm.forward(dropped, steps, batch, texts.lengths(), first, zeros);
    h = outDropout.forward(h, rows * shape.hidden(), mode, CounterRandom.key(key, 1));
    return out.forward(h, rows);
  }

  /**
   * Adds to all gradients.
   *
   * @param dLogits T·B×V
   * @return gradient of what tells what to write, B×told
   */
  float[] backward(float[] dLogits) {
    float[] dh = outDropout.backward(out.backward(dLogits));
    float[] dx = inDropout.backward(lstm.backward(dh));
    float[] first = begin.backward(tanh.backward(lstm.dHidden()));
    dTold = grown(dTold, batch * told);
    System.arraycopy(first, 0, dTold, 0, batch * told);
    input.backward(dx, dTold, steps, batch);
    return dTold;
  }

  /** Begins to write as many texts as there are rows. */
  void begin(float[] what, int texts) {
    batch = texts;
    steps = 1;
    int n = texts * shape.hidden();
    hidden = grown(hidden, n);
    cell = grown(cell, n);
    System.arraycopy(tanh.forward(begin.forward(what, texts), n), 0, hidden, 0, n);
    Arrays.fill(cell, 0, n, 0);
    if (ones.length < texts) {
      ones = new int[texts];
      Arrays.fill(ones, 1);
    }
  }

  /**
   * Writes on.
   *
   * @param words the last word of each text, B
   * @param what as given to {@link #begin}
   * @return the logits of the next word of each, B×V
   */
  float[] step(int[] words, float[] what) {
    float[] x = input.forward(words, what, 1, batch);
    float[] h = lstm.forward(x, 1, batch, ones, hidden, cell);
    System.arraycopy(lstm.lastHidden(), 0, hidden, 0, batch * shape.hidden());
    System.arraycopy(lstm.lastCell(), 0, cell, 0, batch * shape.hidden());
    return out.forward(h, batch);
  }

  /** The table of words, which an encoder may share. */
  Embedding words() {
    return input.words();
  }

  private static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }
}
