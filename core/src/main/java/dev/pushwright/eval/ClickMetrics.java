// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * How good predictions of "would click" are. Each prediction is a probability from 0 to 1; those at
 * or above a threshold are a yes.
 *
 * <p>[1] T. Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27(8), 2006.
 * [2] C. Bishop, "Pattern recognition and machine learning", 2006, section 4.3.2.
 */
public final class ClickMetrics {

  /** Probabilities nearer to 0 or 1 are moved here before {@link #logLoss} takes the logarithm. */
  public static final double CLIP = 1e-15;

  private ClickMetrics() {}

  /**
   * Predictions by what was predicted and what came true [1]. Every share is 0 where there is
   * nothing to take it of.
   *
   * @param truePositives yes, and a click
   * @param falsePositives yes, and no click
   * @param trueNegatives no, and no click
   * @param falseNegatives no, and a click
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
     * The share of yeses that were clicked.
     *
     * @return from 0 to 1; 0 without a yes
     */
    public double precision() {
      return share(truePositives, (long) truePositives + falsePositives);
    }

    /**
     * The share of clicks that were foreseen.
     *
     * @return from 0 to 1; 0 without a click
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
   * @param clicked what came true, at least one
   * @param probabilities what was predicted, as many, each from 0 to 1
   * @param threshold what is at or above it is a yes
   * @return the counts
   */
  public static Confusion confusion(boolean[] clicked, double[] probabilities, double threshold) {
    check(clicked, probabilities);
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("threshold is NaN");
    }
    int[] counts = new int[4];
    for (int i = 0; i < clicked.length; i++) {
      counts[(probabilities[i] >= threshold ? 2 : 0) + (clicked[i] ? 1 : 0)]++;
    }
    return new Confusion(counts[3], counts[2], counts[0], counts[1]);
  }

  /**
   * The mean of −ln(p) over what was clicked and of −ln(1 − p) over what was not [2]. Probabilities
   * are first clipped to [{@value #CLIP}, 1 − {@value #CLIP}], so that one that was wrong beyond
   * doubt costs 34.5 and not infinity.
   *
   * @param clicked what came true, at least one
   * @param probabilities what was predicted, as many, each from 0 to 1
   * @return at least 0; ln 2 for predictions of 1/2
   */
  public static double logLoss(boolean[] clicked, double[] probabilities) {
    check(clicked, probabilities);
    double sum = 0;
    for (int i = 0; i < clicked.length; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]));
      sum -= Math.log(clicked[i] ? p : 1 - p);
    }
    return sum / clicked.length;
  }

  /**
   * The area under the ROC curve [1]: how often what was clicked got a higher probability than what
   * was not, ties counting 1/2; by the sum of ranks, in O(n log n).
   *
   * @param clicked what came true, at least one
   * @param probabilities what was predicted, as many, each from 0 to 1
   * @return from 0 to 1, or empty when everything was clicked or nothing was
   */
  public static OptionalDouble auc(boolean[] clicked, double[] probabilities) {
    check(clicked, probabilities);
    Integer[] order = new Integer[clicked.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
    double ranks = 0;
    long clicks = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int here = 0;
      while (to < order.length && probabilities[order[to]] == probabilities[order[from]]) {
        here += clicked[order[to]] ? 1 : 0;
        to++;
      }
      // Ranks from + 1 to "to": each of the tied gets their mean.
      ranks += here * (from + 1 + to) / 2.0;
      clicks += here;
      from = to;
    }
    long others = clicked.length - clicks;
    return clicks == 0 || others == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((ranks - clicks * (clicks + 1) / 2.0) / ((double) clicks * others));
  }

  private static void check(boolean[] clicked, double[] probabilities) {
    if (clicked.length == 0 || clicked.length != probabilities.length) {
      throw new IllegalArgumentException(
          clicked.length
              + " outcomes and "
              + probabilities.length
              + " probabilities; as many of both and at least one are needed");
    }
    for (int i = 0; i < probabilities.length; i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalArgumentException(
            "probability " + i + " is " + probabilities[i] + "; a number from 0 to 1 is needed");
      }
    }
  }
}
