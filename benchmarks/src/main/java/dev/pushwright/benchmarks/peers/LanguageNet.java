// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Gru;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Lstm;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import java.util.Arrays;

/**
 * A recurrent language model by the layers that {@code lstm} and {@code seq2seq} are made of: words
 * are embedded, go through an LSTM or gated recurrent units, and a softmax over all words foretells
 * the next.
 */
public final class LanguageNet {

  private final Language language;
  private final int sequences;
  private final int rows;
  private final Embedding embedding;
  private final boolean gated;
  private final Gru gru;
  private final Lstm lstm;
  private final Dense out;
  private final SoftmaxCrossEntropy loss;
  private final int[] inputs;
  private final int[] targets;
  private final int[] lengths;

  /**
   * A network, for one thread.
   *
   * @param parameters where it registers its parameters
   * @param gated whether it has gated recurrent units, otherwise an LSTM
   * @param language what it learns
   * @param embedding how many numbers a word is embedded in, at least 1
   * @param units how many units remember, at least 1
   * @param sequences how many it works on at once, at least 1
   */
  public LanguageNet(
      Parameters parameters,
      boolean gated,
      Language language,
      int embedding,
      int units,
      int sequences) {
    this.language = language;
    this.sequences = sequences;
    this.rows = sequences * language.steps();
    this.embedding =
        new Embedding(parameters, "words", language.words(), embedding, Initializer.normal(0.1));
    this.gated = gated;
    // The other one has no part in it, and no place among the parameters.
    Parameters none = new Parameters(0);
    this.gru = new Gru(gated ? parameters : none, "gru", embedding, units);
    this.lstm = new Lstm(gated ? none : parameters, "lstm", embedding, units, Initializer.glorot());
    this.out = new Dense(parameters, "out", units, language.words(), Initializer.glorot());
    this.loss = new SoftmaxCrossEntropy(language.words());
    this.inputs = new int[rows];
    this.targets = new int[rows];
    this.lengths = new int[sequences];
    Arrays.fill(lengths, language.steps());
  }

  /**
   * Foretells sequences.
   *
   * @param from the number of the first
   * @return the sum of the losses of all tokens, in nats
   */
  public double loss(long from) {
    language.read(from, sequences, !gated, inputs, targets);
    float[] x = embedding.forward(inputs, rows);
    float[] h =
        gated
            ? gru.forward(x, sequences, language.steps())
            : lstm.forward(x, language.steps(), sequences, lengths);
    return loss.forward(out.forward(h, rows), targets, rows);
  }

  /**
   * Foretells sequences and adds to the gradients.
   *
   * @param from the number of the first
   * @param scale by which the gradients are multiplied
   * @return the sum of the losses of all tokens, in nats
   */
  public double learn(long from, float scale) {
    double sum = loss(from);
    float[] dh = out.backward(loss.backward(scale));
    embedding.backward(gated ? gru.backward(dh) : lstm.backward(dh));
    return sum;
  }
}
