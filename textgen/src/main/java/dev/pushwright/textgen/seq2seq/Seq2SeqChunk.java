// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;
import java.util.List;

/** Texts that are learned together, padded to one length. */
final class Seq2SeqChunk {

  private final AttributeBatch attributes;
  private final int[] inputs;
  private final int[] labels;
  private final int size;
  private final int steps;

  private Seq2SeqChunk(AttributeBatch attributes, int[] inputs, int[] labels, int size, int steps) {
    this.attributes = attributes;
    this.inputs = inputs;
    this.labels = labels;
    this.size = size;
    this.steps = steps;
  }

  static Seq2SeqChunk of(List<EncodedPair> pairs) {
    int size = pairs.size();
    int steps = pairs.stream().mapToInt(pair -> pair.tokens().length).max().orElse(0);
    int[] inputs = new int[size * steps];
    int[] labels = new int[size * steps];
    Arrays.fill(inputs, Vocabulary.END);
    Arrays.fill(labels, SoftmaxCrossEntropy.IGNORED);
    for (int b = 0; b < size; b++) {
      int[] tokens = pairs.get(b).tokens();
      int from = b * steps;
      inputs[from] = Vocabulary.START;
      System.arraycopy(tokens, 0, inputs, from + 1, tokens.length - 1);
      System.arraycopy(tokens, 0, labels, from, tokens.length);
      for (int t = from; t < from + tokens.length; t++) {
        // To write what is not known is not to be learned.
        labels[t] = labels[t] == Vocabulary.UNKNOWN ? SoftmaxCrossEntropy.IGNORED : labels[t];
      }
    }
    return new Seq2SeqChunk(
        AttributeSet.batch(pairs.stream().map(EncodedPair::attributes).toList()),
        inputs,
        labels,
        size,
        steps);
  }

  /** Of each text. */
  AttributeBatch attributes() {
    return attributes;
  }

  /** The token before each, B·T. */
  int[] inputs() {
    return inputs;
  }

  /** Each token, B·T. */
  int[] labels() {
    return labels;
  }

  /** B. */
  int size() {
    return size;
  }

  /** T. */
  int steps() {
    return steps;
  }
}
