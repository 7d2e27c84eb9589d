// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often runs of one to four tokens stand in a text, or at most in one of several; and what two
 * have in common by the smoothed BLEU of a sentence: one is added to the matches and the n-grams
 * from n = 2 on [1].
 *
 * <p>[1] C.-Y. Lin, F. J. Och, "Automatic evaluation of machine translation quality using longest
 * common subsequence and skip-bigram statistics", ACL 2004.
 */
final class NGramCounts {

  private static final int MAX_N = 4;

  private final List<Map<Long, Integer>> counts;
  private final int[] lengths;

  private NGramCounts(List<Map<Long, Integer>> counts, int[] lengths) {
    this.counts = counts;
    this.lengths = lengths;
  }

  /** The counts of a text. */
  static NGramCounts of(int[] tokens) {
    List<Map<Long, Integer>> all = new ArrayList<>();
    for (int n = 1; n <= MAX_N; n++) {
      Map<Long, Integer> counts = new HashMap<>();
      for (int at = 0; at + n <= tokens.length; at++) {
        long gram = 0;
        for (int i = at; i < at + n; i++) {
          // 16 bits a token keep four of them apart.
          gram = gram << 16 | tokens[i];
        }
        counts.merge(gram, 1, Integer::sum);
      }
      all.add(counts);
    }
    return new NGramCounts(all, new int[] {tokens.length});
  }

  /** The counts of several texts: of each n-gram those of the text that has it most. */
  static NGramCounts most(List<int[]> texts) {
    List<Map<Long, Integer>> all = new ArrayList<>();
    for (int n = 0; n < MAX_N; n++) {
      all.add(new HashMap<>());
    }
    for (int[] text : texts) {
      List<Map<Long, Integer>> counts = of(text).counts;
      for (int n = 0; n < MAX_N; n++) {
        Map<Long, Integer> most = all.get(n);
        counts.get(n).forEach((gram, count) -> most.merge(gram, count, Math::max));
      }
    }
    return new NGramCounts(all, texts.stream().mapToInt(text -> text.length).toArray());
  }

  /** How often each run of {@code n + 1} tokens stands there, in an order of no meaning. */
  Map<Long, Integer> counts(int n) {
    return counts.get(n);
  }

  /**
   * The BLEU of one text.
   *
   * @param references what it is compared with; of their lengths the nearest counts
   * @return from 0 to 1
   */
  double bleu(NGramCounts references) {
    int length = lengths[0];
    int nearest = references.nearest(length);
    if (length == 0 || nearest == 0) {
      return 0;
    }
    double log = 0;
    for (int n = 0; n < MAX_N; n++) {
      int smooth = n == 0 ? 0 : 1;
      double matches = smooth;
      for (Map.Entry<Long, Integer> gram : counts.get(n).entrySet()) {
        matches +=
            Math.min(gram.getValue(), references.counts.get(n).getOrDefault(gram.getKey(), 0));
      }
      if (matches == 0) {
        return 0;
      }
      log += StrictMath.log(matches / (Math.max(0, length - n) + smooth)) / MAX_N;
    }
    double brevity = Math.min(0, 1 - (double) nearest / length);
    return StrictMath.exp(log + brevity);
  }

  // The shorter of two that are equally near.
  private int nearest(int length) {
    int nearest = lengths[0];
    for (int other : lengths) {
      int further = Math.abs(other - length) - Math.abs(nearest - length);
      nearest = further < 0 || (further == 0 && other < nearest) ? other : nearest;
    }
    return nearest;
  }
}
