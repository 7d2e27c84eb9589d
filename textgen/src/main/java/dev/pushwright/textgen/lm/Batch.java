// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;

/**
 * B texts of at most T words, padded: row t·B + b is word t of text b. Its arrays grow to the
 * largest batch and stay.
 */
final class Batch {

  private int size;
  private int steps;
  private int words;
  private int[] inputs = {};
  private int[] targets = {};
  private int[] lengths = {};
  private int[] conditions = {};
  private int[] starts = {0};

  /** Begins a batch of at most so many texts, none of them filled in. */
  void begin(int texts) {
    size = 0;
    steps = 0;
    words = 0;
    if (lengths.length < texts) {
      lengths = new int[texts];
      starts = new int[texts + 1];
    }
  }

  /** Adds what a text is written for. */
  void add(int[] conditionsOfText) {
    int from = starts[size];
    if (conditions.length < from + conditionsOfText.length) {
      conditions = Arrays.copyOf(conditions, 2 * (from + conditionsOfText.length));
    }
    System.arraycopy(conditionsOfText, 0, conditions, from, conditionsOfText.length);
    starts[size + 1] = from + conditionsOfText.length;
    lengths[size] = 0;
    size++;
  }

  /** Takes texts. */
  void take(Sentence[] texts, int[] order, int from, int to) {
    begin(to - from);
    for (int i = from; i < to; i++) {
      Sentence text = texts[order[i]];
      add(text.conditions());
      lengths[i - from] = text.words().length;
      steps = Math.max(steps, text.words().length);
      words += text.words().length;
    }
    room();
    for (int b = 0; b < size; b++) {
      put(b, texts[order[from + b]].words(), lengths[b]);
    }
  }

  /** Gives the texts, of which the conditions are there, the words that were drawn for them. */
  void write(int[][] drawn, int[] drawnLengths) {
    steps = 0;
    words = 0;
    for (int b = 0; b < size; b++) {
      lengths[b] = drawnLengths[b];
      steps = Math.max(steps, lengths[b]);
      words += lengths[b];
    }
    room();
    for (int b = 0; b < size; b++) {
      put(b, drawn[b], lengths[b]);
    }
  }

  private void room() {
    int rows = steps * size;
    if (inputs.length < rows) {
      inputs = new int[rows];
      targets = new int[rows];
    }
    Arrays.fill(inputs, 0, rows, Vocabulary.END);
    Arrays.fill(targets, 0, rows, SoftmaxCrossEntropy.IGNORED);
  }

  private void put(int b, int[] text, int length) {
    for (int t = 0; t < length; t++) {
      inputs[t * size + b] = t == 0 ? Vocabulary.START : text[t - 1];
      targets[t * size + b] = text[t];
    }
  }

  /** Makes some of the words that are given unknown, so that more has to be known otherwise. */
  void dropWords(double share, long key) {
    for (int r = size; r < steps * size && share > 0; r++) {
      if (CounterRandom.uniform(key, r) < share) {
        inputs[r] = Vocabulary.UNKNOWN;
      }
    }
  }

  /** B. */
  int size() {
    return size;
  }

  /** T. */
  int steps() {
    return steps;
  }

  /** How many words there are, padding not counted. */
  int words() {
    return words;
  }

  /** The word before each, T·B. */
  int[] inputs() {
    return inputs;
  }

  /** The words, T·B, {@link SoftmaxCrossEntropy#IGNORED} where a text is over. */
  int[] targets() {
    return targets;
  }

  /** How many words each text has, its end included; B. */
  int[] lengths() {
    return lengths;
  }

  /** The conditions of all texts, one text after the other. */
  int[] conditions() {
    return conditions;
  }

  /** Where those of each begin, and the end of the last; B + 1. */
  int[] starts() {
    return starts;
  }
}
