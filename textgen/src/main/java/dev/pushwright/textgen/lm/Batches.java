// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Cuts texts into batches of about one length each. */
final class Batches {

  // Texts are sorted by length within so many batches: enough to pad little, too few to give an
  // epoch the order of the one before.
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
    int[] order = shuffled(texts.length, CounterRandom.key(key, 0));
    int pool = Math.multiplyExact(size, POOL);
    int[][] batches = new int[(texts.length + size - 1) / size][];
    int made = 0;
    for (int from = 0; from < order.length; from += pool) {
      int to = Math.min(order.length, from + pool);
      int[] sorted = sorted(texts, Arrays.copyOfRange(order, from, to));
      for (int at = 0; at < sorted.length; at += size) {
        batches[made++] = Arrays.copyOfRange(sorted, at, Math.min(sorted.length, at + size));
      }
    }
    int[][] mixed = new int[batches.length][];
    int[] places = shuffled(batches.length, CounterRandom.key(key, 1));
    for (int b = 0; b < batches.length; b++) {
      mixed[b] = batches[places[b]];
    }
    return mixed;
  }

  /** All texts, by their length. */
  static int[] byLength(Sentence[] texts) {
    return sorted(texts, IntStream.range(0, texts.length).toArray());
  }

  // Stable: texts of one length stay in the order they are in.
  private static int[] sorted(Sentence[] texts, int[] numbers) {
    return Arrays.stream(numbers)
        .boxed()
        .sorted(Comparator.comparingInt(number -> texts[number].words().length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] shuffled(int n, long key) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int other = CounterRandom.below(key, i, i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return order;
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
