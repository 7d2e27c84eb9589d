// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * How good predictions of a yes or no are, such as "would click". Each prediction is a probability
 * from 0 to 1, or for the area under the ROC curve any score; those at or above a threshold are a
 * yes.
 *
 * <p>[1] T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27(8), 2006.
 * [2] C. Bishop, "Pattern recognition and machine learning", 2006, section 4.3.2.
 */
public final class BinaryMetrics {

  /** Probabilities nearer to 0 or 1 are moved here before {@link #logLoss} takes the logarithm. */
  public static final double CLIP = 1e-15;

  private BinaryMetrics() {}

  /**
   * Predictions by what was predicted and what came true [1]. Every share is 0 where there is
   * nothing to take it of.
   *
   * @param truePositives yes, and so it was
   * @param falsePositives yes, and it was no
   * @param trueNegatives no, and so it was
   * @param falseNegatives no, and it was yes
   */
  public record Confusion(
      int truePositives, int falsePositives, int trueNegatives, int falseNegatives) {

    /**
     * The share of predictions that came true.
     *
     * @return from 0 to 1
     */
    public double accuracy() {
      long all = (long) truePositives + falsePositives + trueNegatives + falseNegatives;
      return share((long) truePositives + trueNegatives, all);
    }

    /**
     * The share of yeses that came true.
     *
     * @return from 0 to 1; 0 without a yes
     */
    public double precision() {
      return share(truePositives, (long) truePositives + falsePositives);
    }

    /**
     * The share of what came true that was foreseen.
     *
     * @return from 0 to 1; 0 where nothing came true
     */
    public double recall() {
      return share(truePositives, (long) truePositives + falseNegatives);
    }

    /**
     * The harmonic mean of precision and recall.
     *
     * @return from 0 to 1; 0 where both are
     */
    public double f1() {
      return share(2L * truePositives, 2L * truePositives + falsePositives + falseNegatives);
    }

    private static double share(long part, long whole) {
      return whole == 0 ? 0 : part / (double) whole;
    }
  }

  /**
   * Counts the predictions.
   *
   * @param outcomes what came true, at least one
   * @param probabilities what was predicted, as many, each from 0 to 1
   * @param threshold what is at or above it is a yes
   * @return the counts
   */
  public static Confusion confusion(boolean[] outcomes, double[] probabilities, double threshold) {
    check(outcomes, probabilities);
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold is NaN");
    }
    int[] counts = new int[4];
    for (int i = 0; i < outcomes.length; i++) {
      counts[(probabilities[i] >= threshold ? 2 : 0) + (outcomes[i] ? 1 : 0)]++;
    }
    return new Confusion(counts[3], counts[2], counts[0], counts[1]);
  }

  /**
   * The mean of −ln(p) over what came true and of −ln(1 − p) over what did not [2]. Probabilities
   * are first clipped to [{@value #CLIP}, 1 − {@value #CLIP}], so that one that was wrong beyond
   * doubt costs 34.5 and not infinity.
   *
   * @param outcomes what came true, at least one
   * @param probabilities what was predicted, as many, each from 0 to 1
   * @return at least 0; ln 2 for predictions of 1/2
   */
  public static double logLoss(boolean[] outcomes, double[] probabilities) {
    check(outcomes, probabilities);
    double sum = 0;
    for (int i = 0; i < outcomes.length; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]));
      sum -= Math.log(outcomes[i] ? p : 1 - p);
    }
    return sum / outcomes.length;
  }

  /**
   * The area under the ROC curve [1]: how often what came true got a higher score than what did
   * not, ties counting 1/2; by the sum of ranks (Mann and Whitney), in O(n log n).
   *
   * @param outcomes what came true, at least one
   * @param scores what was predicted, as many, any numbers
   * @return from 0 to 1, or empty when everything came true or nothing did
   * @throws IllegalArgumentException if a score is NaN, or the lengths differ or are 0
   */
  public static OptionalDouble auc(boolean[] outcomes, double[] scores) {
    checkLengths(outcomes, scores);
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("score " + i + " is NaN; a number is needed");
      }
    }
    Integer[] order = new Integer[outcomes.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double ranks = 0;
    long yeses = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int here = 0;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        here += outcomes[order[to]] ? 1 : 0;
        to++;
      }
      // Ranks from + 1 to "to": each of the tied gets their mean.
      ranks += here * (from + 1 + to) / 2.0;
      yeses += here;
      from = to;
    }
    long others = outcomes.length - yeses;
    return yeses == 0 || others == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((ranks - yeses * (yeses + 1) / 2.0) / ((double) yeses * others));
  }

  private static void checkLengths(boolean[] outcomes, double[] predicted) {
    if (outcomes.length == 0 || outcomes.length != predicted.length) {
      throw new IllegalArgumentException(
          outcomes.length
              + " outcomes and "
              + predicted.length
              + " predictions; as many of both and at least one are needed");
    }
  }

  private static void check(boolean[] outcomes, double[] probabilities) {
    checkLengths(outcomes, probabilities);
    for (int i = 0; i < probabilities.length; i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalArgumentException(
            "probability " + i + " is " + probabilities[i] + "; a number from 0 to 1 is needed");
      }
    }
  }
}
