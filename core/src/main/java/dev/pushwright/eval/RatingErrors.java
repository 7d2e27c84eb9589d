// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.eval.EvaluationResult.Score;
import java.util.ArrayList;
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
   * The errors with their intervals.
   *
   * @param predictions in the order of the ratings, at least one
   * @param resamples how many draws
   * @param seed the same seed gives the same draws of users, whatever the model
   * @param tail the share of draws beyond either end of an interval
   * @param afterEach is called after each draw
   * @return {@code rmse} and {@code mae}
   */
  List<Score> scores(
      double[] predictions, int resamples, long seed, double tail, Runnable afterEach) {
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
    return List.of(
        score("rmse", RatingMetrics.rmse(actual, predictions), rmse, tail),
        score("mae", RatingMetrics.mae(actual, predictions), mae, tail));
  }

  private static Score score(String name, double value, double[] drawn, double tail) {
    return new Score(
        name, value, Inference.quantile(drawn, tail), Inference.quantile(drawn, 1 - tail));
  }
}
