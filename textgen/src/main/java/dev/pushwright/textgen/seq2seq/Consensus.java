// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import java.util.List;

/**
 * How much a text has in common with the others that a search found, each weighted by how likely it
 * is: the text of the largest expected similarity makes a likely text's words and order its own,
 * and leaves out what only it would say. This is decoding by minimum Bayes risk [1] with the BLEU
 * of {@link NGramCounts} as the gain.
 *
 * <p>[1] S. Kumar, W. Byrne, "Minimum Bayes-risk decoding for statistical machine translation",
 * HLT-NAACL 2004.
 */
final class Consensus {

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
    List<NGramCounts> grams = found.stream().map(f -> NGramCounts.of(f.tokens())).toList();
    double[] gains = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double similarity = i == j ? 1 : grams.get(i).bleu(grams.get(j));
        gains[i] += weights[j] / sum * similarity;
      }
    }
    return gains;
  }
}
