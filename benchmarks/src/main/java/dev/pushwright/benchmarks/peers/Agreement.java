// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import dev.pushwright.eval.BinaryMetrics;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether two libraries did the same work: compares what they found. */
public final class Agreement {

  // Similarities are float in some libraries, double in others.
  private static final double TIE = 1e-5;

  // The centres are judged on the first points; more would change the third digit.
  private static final int JUDGED = 20_000;

  private Agreement() {}

  /**
   * Compares.
   *
   * @param work what was done
   * @param pairs on what
   * @param ours this library's answer, if it has one
   * @param theirs the other's
   * @return a few words for the table
   */
  public static String of(Work work, Pairs pairs, Optional<Answer> ours, Answer theirs) {
    return switch (work) {
      case ITEM_COSINE, USER_COSINE, TOP_N ->
          ours.map(answer -> String.format(Locale.ROOT, "%.2f %% same", 100 * same(answer, theirs)))
              .orElse("–");
      case ALS, NEU_MF ->
          "AUC "
              + ours.map(answer -> number(auc(answer))).orElse("–")
              + " / "
              + number(auc(theirs));
      case BIASED_MF -> {
        float[] ratings = Probe.of(pairs).rating();
        yield "RMSE "
            + ours.map(answer -> number(rmse(answer, ratings))).orElse("–")
            + " / "
            + number(rmse(theirs, ratings));
      }
      case LSTM_LM, GRU_LM ->
          "loss "
              + ours.map(answer -> number(mean(answer))).orElse("–")
              + " / "
              + number(mean(theirs))
              + " nats, entropy "
              + number(Language.standard().entropy());
      case K_MEANS -> {
        double[][] points = Points.of(JUDGED);
        yield "inertia "
            + ours.map(answer -> number(inertia(answer, points))).orElse("–")
            + " / "
            + number(inertia(theirs, points));
      }
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /**
   * Which share of what both listed is the same, counting by rows: of the longer list, what stands
   * in both, or what only the order of equals keeps out, its value being that of the last of ours.
   *
   * @param ours one answer
   * @param theirs the other, with as many rows
   * @return from 0 to 1; 1 when both are empty
   */
  static double same(Answer ours, Answer theirs) {
    if (ours.numbers().length != theirs.numbers().length) {
      throw new IllegalArgumentException(
          "ours has " + ours.numbers().length + " rows, theirs " + theirs.numbers().length);
    }
    long same = 0;
    long all = 0;
    for (int row = 0; row < ours.numbers().length; row++) {
      int[] numbers = theirs.numbers()[row];
      double[] values = theirs.values()[row];
      Set<Integer> listed = new HashSet<>();
      Arrays.stream(ours.numbers()[row]).forEach(listed::add);
      double last = Arrays.stream(ours.values()[row]).min().orElse(Double.POSITIVE_INFINITY);
      for (int p = 0; p < numbers.length; p++) {
        if (listed.contains(numbers[p]) || Math.abs(values[p] - last) <= TIE * Math.abs(last)) {
          same++;
        }
      }
      all += Math.max(listed.size(), numbers.length);
    }
    return all == 0 ? 1 : (double) same / all;
  }

  /**
   * How often a pair that was learned from scores above one that was not; the first half of the
   * answer was. Equal scores count half.
   *
   * @param answer one row
   * @return from 0 to 1
   */
  static double auc(Answer answer) {
    double[] scores = answer.values()[0];
    boolean[] learned = new boolean[scores.length];
    Arrays.fill(learned, 0, scores.length / 2, true);
    return BinaryMetrics.auc(learned, scores).orElseThrow();
  }

  /**
   * The root of the mean squared error.
   *
   * @param answer one row that begins with predictions of the ratings
   * @param ratings the ratings
   * @return at least 0
   */
  static double rmse(Answer answer, float[] ratings) {
    double sum = 0;
    for (int p = 0; p < ratings.length; p++) {
      double error = answer.values()[0][p] - ratings[p];
      sum += error * error;
    }
    return Math.sqrt(sum / ratings.length);
  }

  /**
   * The mean.
   *
   * @param answer one row
   * @return the mean of its values
   */
  static double mean(Answer answer) {
    return Arrays.stream(answer.values()[0]).average().orElseThrow();
  }

  /**
   * The mean squared distance of points to the nearest centre.
   *
   * @param answer the centres
   * @param points the points
   * @return at least 0
   */
  static double inertia(Answer answer, double[][] points) {
    double sum = 0;
    for (double[] point : points) {
      double nearest = Double.POSITIVE_INFINITY;
      for (double[] centre : answer.values()) {
        double distance = 0;
        for (int d = 0; d < point.length; d++) {
          distance += (point[d] - centre[d]) * (point[d] - centre[d]);
        }
        nearest = Math.min(nearest, distance);
      }
      sum += nearest;
    }
    return sum / points.length;
  }
}
