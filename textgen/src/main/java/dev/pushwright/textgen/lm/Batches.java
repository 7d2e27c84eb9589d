// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.textgen.copy.LengthBatches;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Cuts texts into batches of about one length each. */
final class Batches {

  private static final int POOL = 32;

  private Batches() {}

  /**
   * All texts, each once, in an order that the key decides.
   *
   * @param texts the texts
   * @param size how many a batch has
   * @param key decides
   * @return the numbers of the texts of each batch
   */
  static int[][] of(Sentence[] texts, int size, long key) {
    return LengthBatches.of(
        lengths(texts), size, POOL, CounterRandom.key(key, 0), CounterRandom.key(key, 1));
  }

  /** All texts, by their length. */
  static int[] byLength(Sentence[] texts) {
    return LengthBatches.byLength(lengths(texts), IntStream.range(0, texts.length).toArray());
  }

  private static int[] lengths(Sentence[] texts) {
    return Arrays.stream(texts).mapToInt(text -> text.words().length).toArray();
  }

  /** How many words some texts have, their ends included. */
  static int words(Sentence[] texts, int[] batch) {
    int words = 0;
    for (int text : batch) {
      words += texts[text].words().length;
    }
    return words;
  }
}
