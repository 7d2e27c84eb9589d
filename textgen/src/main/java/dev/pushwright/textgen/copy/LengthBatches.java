// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;
import java.util.Comparator;

/** Cuts texts into batches of about one length each, so that little is padded. */
public final class LengthBatches {

  private LengthBatches() {}

  /**
   * All texts, each once, in an order that keys decide.
   *
   * @param lengths how long each of N texts is
   * @param size how many a batch has, at least 1; the last of all that are cut may have fewer
   * @param pool within how many batches texts are sorted by length: enough to pad little, too few
   *     to give an epoch the order of the one before
   * @param texts key of the order of the texts
   * @param batches key of the order of the batches
   * @return the numbers of the texts of each batch
   */
  public static int[][] of(int[] lengths, int size, int pool, long texts, long batches) {
    int[] order = CounterRandom.permutation(texts, lengths.length);
    int[][] cut = new int[(lengths.length + size - 1) / size][];
    int pooled = Math.multiplyExact(size, pool);
    int made = 0;
    for (int from = 0; from < order.length; from += pooled) {
      int to = Math.min(order.length, from + pooled);
      int[] sorted = byLength(lengths, Arrays.copyOfRange(order, from, to));
      for (int at = 0; at < sorted.length; at += size) {
        cut[made++] = Arrays.copyOfRange(sorted, at, Math.min(sorted.length, at + size));
      }
    }
    return Arrays.stream(CounterRandom.permutation(batches, cut.length))
        .mapToObj(b -> cut[b])
        .toArray(int[][]::new);
  }

  /**
   * Sorts texts by their length.
   *
   * @param lengths how long each is
   * @param texts numbers of some; stays as it is
   * @return the same, those of one length in their order
   */
  public static int[] byLength(int[] lengths, int[] texts) {
    return Arrays.stream(texts)
        .boxed()
        .sorted(Comparator.comparingInt(text -> lengths[text]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
