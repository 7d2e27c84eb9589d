// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.Parameters;

/** What learns to write texts. One thread at a time. */
interface TextNetwork extends NextToken {

  /**
   * A network.
   *
   * @param parameters where it registers its parameters
   * @param shape its kind and sizes
   * @param dropout the share of inputs and outputs left out in training
   */
  static TextNetwork of(Parameters parameters, Seq2SeqShape shape, double dropout) {
    return shape.attends()
        ? new Seq2SeqNet(parameters, shape, dropout)
        : new SetNet(parameters, shape, dropout);
  }

  /**
   * Learns from a chunk: forwards, loss and backwards.
   *
   * @param chunk texts and their attributes
   * @param random key of what is dropped
   * @param scale of the gradient
   * @return the loss, summed over the tokens
   */
  double learn(Seq2SeqChunk chunk, long random, float scale);

  /**
   * Learns to write some texts of a chunk more and others less, nothing being dropped.
   *
   * @param chunk texts and their attributes
   * @param weights how much more each text, negative for less; B
   */
  void learn(Seq2SeqChunk chunk, float[] weights);

  /** The loss of a chunk, summed over the tokens. */
  double loss(Seq2SeqChunk chunk);
}
