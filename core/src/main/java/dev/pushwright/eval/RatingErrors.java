// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ratings of a test part, beside what a model predicts: {@link RatingMetrics} over all of them,
 * and intervals over the users who gave them. An error is a mean over ratings, not over users: a
 * draw of the bootstrap takes a user with all ratings of theirs.
 */
final class RatingErrors {

  private final List<Interaction> ratings = new ArrayList<>();
  private final int[] userOf;
  private final int users;

  private RatingErrors(Map<String, List<Interaction>> byUser) {
    byUser.values().forEach(ratings::addAll);
    userOf = new int[ratings.size()];
    int user = 0;
    int next = 0;
    for (List<Interaction> own : byUser.values()) {
      for (int r = 0; r < own.size(); r++) {
        userOf[next++] = user;
      }
      user++;
    }
    users = user;
  }

  /**
   * The ratings of the test part; none where there is no rating to learn from, and thus no scale to
   * predict on.
   */
  static RatingErrors of(Split split) {
    Map<String, List<Interaction>> byUser = new TreeMap<>();
    if (split.train().events().stream().anyMatch(RatingErrors::isRating)) {
      split
          .test()
          .forEach(
              (user, events) -> {
                for (Event event : events) {
                  if (event instanceof Interaction it && isRating(it)) {
                    byUser.computeIfAbsent(user, id -> new ArrayList<>()).add(it);
                  }
                }
              });
    }
    return new RatingErrors(byUser);
  }

  private static boolean isRating(Event event) {
    return event instanceof Interaction it && it.type() == EventType.RATING;
  }

  int count() {
    return ratings.size();
  }

  String describe() {
    return "rmse and mae are over all "
        + ratings.size()
        + " ratings of the test part, by "
        + users
        + " users, with intervals over these users; less is better";
  }

  /**
   * What a model predicts, in the order of the ratings.
   *
   * @param model that declares to predict ratings
   * @param afterEach is called after each prediction
   * @throws IllegalArgumentException when a prediction is not finite
   */
  double[] predictions(RecommenderModel model, Runnable afterEach) {
    double[] predictions = new double[ratings.size()];
    for (int r = 0; r < predictions.length; r++) {
      Interaction rating = ratings.get(r);
      predictions[r] = model.predictRating(rating.userId(), rating.itemId());
      if (!Double.isFinite(predictions[r])) {
        throw new IllegalArgumentException(
            "the predicted rating of item "
                + rating.itemId()
                + " by user "
                + rating.userId()
                + " is "
                + predictions[r]
                + "; a finite number is needed");
      }
      afterEach.run();
    }
    return predictions;
  }

  /**
   * The errors of predictions, with what the bootstrap draws of them.
   *
   * @param predictions in the order of the ratings, at least one
   * @param resamples how many draws
   * @param seed the same seed gives the same draws of users, whatever the model
   * @param afterEach is called after each draw
   */
  Errors errors(double[] predictions, int resamples, long seed, Runnable afterEach) {
    double[] actual = ratings.stream().mapToDouble(Interaction::value).toArray();
    double[][] sums = new double[3][users];
    for (int r = 0; r < actual.length; r++) {
      double error = actual[r] - predictions[r];
      sums[0][userOf[r]] += error * error;
      sums[1][userOf[r]] += Math.abs(error);
      sums[2][userOf[r]]++;
    }
    // Each mean is a sum over the number of users, which their ratio is without.
    double[][] drawn = Inference.bootstrap(sums, resamples, seed, afterEach);
    double[] rmse = new double[resamples];
    double[] mae = new double[resamples];
    for (int draw = 0; draw < resamples; draw++) {
      rmse[draw] = Math.sqrt(drawn[0][draw] / drawn[2][draw]);
      mae[draw] = drawn[1][draw] / drawn[2][draw];
    }
    return new Errors(
        List.of(
            new Measure(
                "rmse", RatingMetrics.rmse(actual, predictions), rmse, over(sums[0], sums[2])),
            new Measure(
                "mae", RatingMetrics.mae(actual, predictions), mae, over(sums[1], sums[2]))));
  }

  private static double[] over(double[] sums, double[] counts) {
    double[] means = new double[sums.length];
    Arrays.setAll(means, u -> sums[u] / counts[u]);
    return means;
  }

  /** One measure of error: over all ratings, of each draw, and of each user by themselves. */
  private static final class Measure {
    private final String name;
    private final double value;
    private final double[] drawn;
    private final double[] ofUser;

    Measure(String name, double value, double[] drawn, double[] ofUser) {
      this.name = name;
      this.value = value;
      this.drawn = drawn;
      this.ofUser = ofUser;
    }
  }

  /** {@code rmse} and {@code mae} of one model; or nothing, of one that predicts no ratings. */
  static final class Errors {

    /** Of a model that predicts no ratings. */
    static final Errors NONE = new Errors(List.of());

    private final List<Measure> measures;

    private Errors(List<Measure> measures) {
      this.measures = measures;
    }

    /**
     * The errors with their intervals.
     *
     * @param tail the share of draws beyond either end of an interval
     */
    List<Score> scores(double tail) {
      return measures.stream()
          .map(
              measure ->
                  new Score(
                      measure.name,
                      measure.value,
                      Inference.quantile(measure.drawn, tail),
                      Inference.quantile(measure.drawn, 1 - tail)))
          .toList();
    }

    /**
     * These errors beside those of a baseline, uncorrected. The tests are on what each user's own
     * ratings give: the mean of squares for {@code rmse}, of absolute values for {@code mae}.
     *
     * @param recommender the name of the one with these errors
     * @param baseline of the baseline
     * @param tail the share of draws beyond either end of an interval
     * @return one for each measure; none when either has none
     */
    List<Comparison> comparedWith(String recommender, Errors baseline, double tail) {
      List<Comparison> comparisons = new ArrayList<>();
      for (int m = 0; m < Math.min(measures.size(), baseline.measures.size()); m++) {
        Measure own = measures.get(m);
        Measure other = baseline.measures.get(m);
        comparisons.add(
            Inference.comparison(
                recommender,
                own.name,
                own.value - other.value,
                Inference.minus(own.drawn, other.drawn),
                Inference.minus(own.ofUser, other.ofUser),
                tail));
      }
      return comparisons;
    }
  }
}
