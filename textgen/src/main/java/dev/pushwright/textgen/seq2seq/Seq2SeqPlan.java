// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/** How a network is trained; see the options of {@link Seq2Seq}. */
record Seq2SeqPlan(int epochs, int batchSize, double learningRate, double dropout, long seed) {

  Seq2SeqPlan withSeed(long other) {
    return new Seq2SeqPlan(epochs, batchSize, learningRate, dropout, other);
  }

  Seq2SeqPlan withEpochs(int other) {
    return new Seq2SeqPlan(other, batchSize, learningRate, dropout, seed);
  }
}
