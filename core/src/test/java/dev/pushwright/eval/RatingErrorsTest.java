// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Capability;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Score;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.TrainedUsers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

class RatingErrorsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  /** Predicts by a rule, and recommends in any order; declares what it is told to. */
  private static Recommender rule(
      ToDoubleBiFunction<String, String> rating, Capability... capabilities) {
    return (data, context) -> {
      TrainedUsers trained = TrainedUsers.of(data, Weighting.standard(), "");
      Provenance provenance = Provenance.of("rule", Map.of(), data.fingerprint());
      return new ScoringModel(provenance, Set.of(capabilities), trained) {
        @Override
        protected boolean score(OptionalInt user, UserItems items, float[] scores) {
          for (int i = 0; i < scores.length; i++) {
            scores[i] = -i;
          }
          return true;
        }

        @Override
        public double predictRating(String userId, String itemId) {
          return rating.applyAsDouble(userId, itemId);
        }
      };
    };
  }

  /** To learn from: a's rating of x. To be asked about: three of a, one of b, and a view. */
  private static Split small() {
    Dataset data =
        Dataset.builder()
            .add(Interaction.rating("a", "x", 4, T))
            .add(Interaction.view("b", "y", T))
            .add(Interaction.rating("a", "y", 5, T.plusSeconds(10)))
            .add(Interaction.rating("a", "z", 2, T.plusSeconds(10)))
            .add(Interaction.rating("a", "w", 3, T.plusSeconds(10)))
            .add(Interaction.rating("b", "z", 1, T.plusSeconds(10)))
            .add(Interaction.view("b", "w", T.plusSeconds(10)))
            .build();
    return Splits.byTime(data, T.plusSeconds(5));
  }

  // Errors: a's y 5 - 4 = 1, z 2 - 2 = 0, w 3 - 3.5 = -0.5; b's z 1 - 3 = -2.
  private static final Map<String, Double> PREDICTED =
      Map.of("ay", 4.0, "az", 2.0, "aw", 3.5, "bz", 3.0);

  private static final Recommender PREDICTING =
      rule(
          (user, item) -> PREDICTED.getOrDefault(user + item, Double.NaN),
          Capability.PREDICT_RATINGS);

  private static Evaluation evaluation(Split split) {
    return Evaluation.of(split).metrics("hr@1").bootstrap(500, 3);
  }

  @Test
  void errorsWorkedByHandAreFoundAndReported() {
    EvaluationResult result =
        evaluation(small())
            .recommender("silent", rule((user, item) -> 0))
            .recommender("predicting", PREDICTING)
            .run();
    assertThat(result.entry("silent").ratingErrors()).isEmpty();
    Score rmse = result.score("predicting", "rmse");
    Score mae = result.score("predicting", "mae");
    assertThat(rmse.mean()).isCloseTo(Math.sqrt((1 + 0 + 0.25 + 4) / 4), within(1e-12));
    assertThat(mae.mean()).isCloseTo((1 + 0 + 0.5 + 2) / 4, within(1e-12));
    // A draw of two users holds a twice, b twice, or both: the ends are a alone and b alone.
    assertThat(rmse.low()).isCloseTo(Math.sqrt(1.25 / 3), within(1e-12));
    assertThat(rmse.high()).isCloseTo(2, within(1e-12));
    assertThat(mae.low()).isCloseTo(0.5, within(1e-12));
    assertThat(mae.high()).isCloseTo(2, within(1e-12));
    assertThat(result.notes())
        .anyMatch(note -> note.contains("all 4 ratings") && note.contains("by 2 users"));
    assertThat(result.toMarkdown())
        .contains("## Predicted ratings", "| recommender | rmse | mae |")
        .contains("| predicting | 1.1456 [0.6455, 2.0000] | 0.8750 [0.5000, 2.0000] |");
    assertThat(result.toJson())
        .contains("\"ratingErrors\":{}", "\"ratingErrors\":{\"rmse\":{\"mean\":1.1456");
  }

  /**
   * By hand: squares of a and b are 1.25 / 3 and 4, with a constant error of 1 they are 1 and 1.
   */
  @Test
  void errorsAreComparedUserByUser() {
    Recommender off =
        rule(
            (user, item) ->
                small().test().getOrDefault(user, List.of()).stream()
                        .map(Interaction.class::cast)
                        .filter(it -> it.type() == EventType.RATING && it.itemId().equals(item))
                        .mapToDouble(Interaction::value)
                        .sum()
                    - 1,
            Capability.PREDICT_RATINGS);
    EvaluationResult result =
        evaluation(small())
            .recommender("off by one", off)
            .recommender("predicting", PREDICTING)
            .recommender("silent", rule((user, item) -> 0))
            .run();
    assertThat(result.comparisons().stream().map(c -> c.recommender() + " " + c.metric()))
        .containsExactly("predicting hr@1", "predicting rmse", "predicting mae", "silent hr@1");
    Comparison rmse = result.comparisons().get(1);
    assertThat(rmse.difference()).isCloseTo(Math.sqrt(5.25 / 4) - 1, within(1e-12));
    assertThat(rmse.low()).isCloseTo(Math.sqrt(1.25 / 3) - 1, within(1e-12));
    assertThat(rmse.high()).isCloseTo(1, within(1e-12));
    // Of two differences x and y, t = |x + y| / |x - y| with one degree of freedom.
    double x = 1.25 / 3 - 1;
    double y = 4 - 1;
    double p = 1 - 2 / Math.PI * Math.atan(Math.abs(x + y) / Math.abs(x - y));
    assertThat(rmse.tTestP()).isCloseTo(p, within(1e-9));
    assertThat(rmse.tTestHolm()).isEqualTo(1);
    assertThat(result.toMarkdown()).contains("| predicting | rmse | +0.1456 [-0.3545, +1.0000] |");
    assertThat(
            evaluation(small())
                .recommender("silent", rule((user, item) -> 0))
                .recommender("predicting", PREDICTING)
                .run()
                .comparisons())
        .as("a baseline that predicts nothing")
        .extracting(Comparison::metric)
        .containsExactly("hr@1");
  }

  @Test
  void whereNobodyPredictsNothingIsReported() {
    EvaluationResult result =
        evaluation(small()).recommender("silent", rule((user, item) -> 0)).run();
    assertThat(result.notes()).noneMatch(note -> note.contains("rmse"));
    assertThat(result.toMarkdown()).doesNotContain("rmse", "Predicted ratings");
    assertThatThrownBy(() -> result.score("silent", "rmse"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rmse");
  }

  @Test
  void withoutRatingsToLearnFromOrToAskAboutNothingIsPredicted() {
    Recommender failing =
        rule(
            (user, item) -> {
              throw new IllegalStateException("nobody should ask");
            },
            Capability.PREDICT_RATINGS);
    Dataset rated = Dataset.builder().add(Interaction.rating("a", "x", 4, T)).build();
    Dataset viewed =
        Dataset.builder()
            .add(Interaction.view("a", "y", T))
            .add(Interaction.view("b", "x", T))
            .build();
    for (Split split : List.of(Splits.given(rated, viewed), Splits.given(viewed, rated))) {
      assertThat(evaluation(split).recommender("r", failing).run().entry("r").ratingErrors())
          .isEmpty();
    }
  }

  @Test
  void aPredictionThatIsNotFiniteIsRefused() {
    Evaluation broken =
        evaluation(small())
            .recommender("nan", rule((user, item) -> Double.NaN, Capability.PREDICT_RATINGS));
    assertThatThrownBy(broken::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item y by user a is NaN");
  }

  /** Oracle: users are drawn one by one, and the errors of their ratings are put in one list. */
  @Test
  void errorsAndIntervalsAreThoseOfTheObviousComputation() {
    SplittableRandom random = new SplittableRandom(11);
    Dataset.Builder builder = Dataset.builder().add(Interaction.rating("u0", "i0", 3, T));
    Map<String, List<Double>> errors = new TreeMap<>();
    for (int u = 0; u < 40; u++) {
      for (int i = 0; i < 15; i++) {
        if (random.nextInt(4) == 0) {
          int rating = 1 + random.nextInt(5);
          builder.add(Interaction.rating("u" + u, "i" + i, rating, T.plusSeconds(10)));
          errors.computeIfAbsent("u" + u, id -> new ArrayList<>()).add(rating - value(u, i));
        }
      }
      // Some views, which are no part of it.
      builder.add(Interaction.view("u" + u, "i" + u % 3, T.plusSeconds(10)));
    }
    EvaluationResult result =
        evaluation(Splits.byTime(builder.build(), T.plusSeconds(5)))
            .recommender(
                "r",
                rule(
                    (user, item) ->
                        value(
                            Integer.parseInt(user.substring(1)),
                            Integer.parseInt(item.substring(1))),
                    Capability.PREDICT_RATINGS))
            .run();
    List<Double> all = errors.values().stream().flatMap(List::stream).toList();
    List<List<Double>> users = List.copyOf(errors.values());
    double[] rmse = new double[500];
    double[] mae = new double[500];
    SplittableRandom root = new SplittableRandom(3);
    for (int draw = 0; draw < 500; draw++) {
      SplittableRandom own = root.split();
      List<Double> drawn = new ArrayList<>();
      for (int u = 0; u < users.size(); u++) {
        drawn.addAll(users.get(own.nextInt(users.size())));
      }
      rmse[draw] = rmse(drawn);
      mae[draw] = mae(drawn);
    }
    check(result.score("r", "rmse"), rmse(all), rmse);
    check(result.score("r", "mae"), mae(all), mae);
  }

  private static double value(int user, int item) {
    return 1 + (user * 3 + item * 7) % 9 / 2.0;
  }

  private static double rmse(List<Double> errors) {
    return Math.sqrt(errors.stream().mapToDouble(e -> e * e).average().orElseThrow());
  }

  private static double mae(List<Double> errors) {
    return errors.stream().mapToDouble(Math::abs).average().orElseThrow();
  }

  private static void check(Score score, double value, double[] drawn) {
    Arrays.sort(drawn);
    assertThat(score.mean()).isCloseTo(value, within(1e-12));
    // The 2.5th of 100 lies 0.475 of the way from the 13th to the 14th of 500.
    assertThat(score.low()).isCloseTo(drawn[12] + 0.475 * (drawn[13] - drawn[12]), within(1e-9));
    assertThat(score.high())
        .isCloseTo(drawn[486] + 0.525 * (drawn[487] - drawn[486]), within(1e-9));
  }
}
