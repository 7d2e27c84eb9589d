// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a text has in common with the others that a search found, each weighted by how likely it
 * is: the text of the largest expected similarity makes a likely text's words and order its own,
 * and leaves out what only it would say. This is decoding by minimum Bayes risk [1] with the
 * smoothed BLEU of a sentence as the gain (one is added to the matches and the n-grams from n = 2
 * on [2]).
 *
 * <p>[1] S. Kumar, W. Byrne, "Minimum Bayes-risk decoding for statistical machine translation",
 * HLT-NAACL 2004. [2] C.-Y. Lin, F. J. Och, "Automatic evaluation of machine translation quality
 * using longest common subsequence and skip-bigram statistics", ACL 2004.
 */
final class Consensus {

  private static final int MAX_N = 4;

  private Consensus() {}

  /**
   * The expected similarity of each text to the others.
   *
   * @param found texts and their scores
   * @param sharpness what scores are multiplied by before the softmax that gives the weights
   * @return one number a text, from 0 to 1
   */
  static double[] gains(List<BeamSearch.Found> found, double sharpness) {
    int n = found.size();
    double[] weights = new double[n];
    double best = found.stream().mapToDouble(BeamSearch.Found::score).max().orElse(0);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = StrictMath.exp(sharpness * (found.get(i).score() - best));
      sum += weights[i];
    }
    List<List<Map<Long, Integer>>> grams = found.stream().map(f -> ngrams(f.tokens())).toList();
    double[] gains = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double similarity =
            i == j
                ? 1
                : similarity(
                    grams.get(i),
                    grams.get(j),
                    found.get(i).tokens().length,
                    found.get(j).tokens().length);
        gains[i] += weights[j] / sum * similarity;
      }
    }
    return gains;
  }

  private static List<Map<Long, Integer>> ngrams(int[] tokens) {
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
    return all;
  }

  private static double similarity(
      List<Map<Long, Integer>> text, List<Map<Long, Integer>> other, int length, int otherLength) {
    if (length == 0 || otherLength == 0) {
      return 0;
    }
    double log = 0;
    for (int n = 0; n < MAX_N; n++) {
      int smooth = n == 0 ? 0 : 1;
      double matches = smooth;
      for (Map.Entry<Long, Integer> gram : text.get(n).entrySet()) {
        matches += Math.min(gram.getValue(), other.get(n).getOrDefault(gram.getKey(), 0));
      }
      if (matches == 0) {
        return 0;
      }
      log += StrictMath.log(matches / (Math.max(0, length - n) + smooth)) / MAX_N;
    }
    double brevity = Math.min(0, 1 - (double) otherLength / length);
    return StrictMath.exp(log + brevity);
  }
}
