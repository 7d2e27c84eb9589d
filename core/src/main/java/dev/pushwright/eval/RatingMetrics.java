// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

/**
 * How far predicted ratings lie from given ones, in the unit of the ratings; 0 is best [1].
 *
 * <p>[1] G. Shani, A. Gunawardana, "Evaluating recommendation systems", in Recommender Systems
 * Handbook, 2011, section 8.3.2.1.
 */
public final class RatingMetrics {

  private RatingMetrics() {}

  /**
   * The root mean squared error, √(Σ (actual − predicted)² / n).
   *
   * @param actual the given ratings, finite, at least one
   * @param predicted the predicted ones, as many, finite
   * @return at least 0
   */
  public static double rmse(double[] actual, double[] predicted) {
    check(actual, predicted);
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      double error = actual[i] - predicted[i];
      sum += error * error;
    }
    return Math.sqrt(sum / actual.length);
  }

  /**
   * The mean absolute error, Σ |actual − predicted| / n.
   *
   * @param actual the given ratings, finite, at least one
   * @param predicted the predicted ones, as many, finite
   * @return at least 0
   */
  public static double mae(double[] actual, double[] predicted) {
    check(actual, predicted);
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += Math.abs(actual[i] - predicted[i]);
    }
    return sum / actual.length;
  }

  private static void check(double[] actual, double[] predicted) {
    if (actual.length == 0 || actual.length != predicted.length) {
      throw new IllegalArgumentException(
          actual.length
              + " actual and "
              + predicted.length
              + " predicted ratings; as many of both and at least one are needed");
    }
    for (int i = 0; i < actual.length; i++) {
      if (!Double.isFinite(actual[i]) || !Double.isFinite(predicted[i])) {
        throw new IllegalArgumentException(
            "rating "
                + i
                + " is "
                + actual[i]
                + ", predicted "
                + predicted[i]
                + "; finite numbers are needed");
      }
    }
  }
}
