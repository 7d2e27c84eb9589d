// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.UserItems;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the models of ratings have in common. */
class RatingModelTest {

  private static final Dataset STARS = MadeUpRatings.stars(200, 60, 0.5, 1);

  static Stream<Recommender> algorithms() {
    return Stream.of(
        BiasedMf.builder().factors(12).build(), SvdPlusPlus.builder().factors(12).build());
  }

  private static UserItems row(int user) {
    return STARS.interactions(Ratings.WEIGHTS.defaultValue()).row(user);
  }

  // The oracle: the normal equations, written out and solved at once.
  @Test
  void conjugateGradientsComeToTheSolutionOfTheNormalEquations() {
    SplittableRandom random = new SplittableRandom(2);
    for (int n : new int[] {1, 3, 40}) {
      int k = 9;
      float[][] rows = new float[n][k];
      SimpleMatrix a = SimpleMatrix.identity(k + 1).scale(0.7);
      a.set(0, 0, 0.3);
      double[] targets = random.doubles(n, -2, 2).toArray();
      SimpleMatrix y = new SimpleMatrix(k + 1, 1);
      for (int p = 0; p < n; p++) {
        SimpleMatrix row = new SimpleMatrix(k + 1, 1);
        row.set(0, 1);
        for (int f = 0; f < k; f++) {
          rows[p][f] = (float) random.nextDouble(-1, 1);
          row.set(f + 1, rows[p][f]);
        }
        a = a.plus(row.mult(row.transpose()));
        y = y.plus(row.scale(targets[p]));
      }
      UserRidge ridge = new UserRidge(rows, k, 0.3, 0.7);
      double[] solved = ridge.solve(ridge.rightSide(targets));
      SimpleMatrix expected = a.solve(y);
      for (int f = 0; f <= k; f++) {
        assertThat(solved[f]).as("n %s, number %s", n, f).isCloseTo(expected.get(f), within(1e-8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void partsOfTheReasonsSumToWhatIsAddedToTheBiases(Recommender algorithm) {
    RatingModel model = (RatingModel) algorithm.fit(STARS);
    for (int user = 0; user < 20; user++) {
      List<Recommendation> items =
          model
              .recommend(
                  RecommendationQuery.forHistory(STARS.eventsOf(STARS.users().id(user)))
                      .excludeSeen(false)
                      .limit(60)
                      .build())
              .items();
      RatingModel.FoldIn folded = model.new FoldIn(row(user));
      double mean = MadeUpRatings.of(STARS).mean();
      for (Recommendation item : items) {
        int i = STARS.items().find(item.itemId()).orElseThrow();
        double sum = 0;
        for (double part : folded.parts(i)) {
          sum += part;
        }
        double biases = mean + folded.bias() + model.factors().itemBias()[i];
        assertThat(sum).isCloseTo(item.score() - biases, within(1e-4));
      }
    }
  }

  // Descent stops near the least squares that a history is folded in by, not upon it: less than a
  // fifth of a star apart on average, where stars spread by more than one.
  @ParameterizedTest
  @MethodSource("algorithms")
  void historyOfTrainingIsScoredNearlyAsTraining(Recommender algorithm) {
    RecommenderModel model = algorithm.fit(STARS);
    double sum = 0;
    int count = 0;
    for (String user : STARS.users().ids()) {
      RecommendationQuery.Builder query =
          RecommendationQuery.forUser(user).excludeSeen(false).limit(60);
      List<Recommendation> trained = model.recommend(query.build()).items();
      Recommendations folded = model.recommend(query.history(STARS.eventsOf(user)).build());
      assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
      for (Recommendation item : trained) {
        double other =
            folded.items().stream()
                .filter(one -> one.itemId().equals(item.itemId()))
                .findFirst()
                .orElseThrow()
                .score();
        sum += Math.abs(item.score() - other);
        count++;
      }
    }
    assertThat(sum / count).isLessThan(0.2);
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void reasonsAreTheItemsThatWereRatedLikeIt(Recommender algorithm) {
    RecommenderModel model = algorithm.fit(twoTastes());
    for (int u = 0; u < 40; u++) {
      Recommendation first =
          model
              .recommend(
                  RecommendationQuery.forUser(MadeUpRatings.user(u)).limit(1).explain(true).build())
              .items()
              .get(0);
      assertThat(taste(first.itemId())).isEqualTo(u % 2);
      double own = 0;
      for (Reason reason : first.reasons()) {
        own += taste(((Reason.OwnItem) reason).itemId()) == u % 2 ? reason.share() : 0;
      }
      assertThat(own)
          .as("share of the items of the same taste, half of what is rated, for user %s", u)
          .isGreaterThan(0.5);
    }
  }

  private static int taste(String itemId) {
    return Integer.parseInt(itemId.substring(1)) % 2;
  }

  /** Even users like even items and not odd ones, and the other way round; half is not rated. */
  private static Dataset twoTastes() {
    SplittableRandom random = new SplittableRandom(5);
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 40; u++) {
      for (int i = 0; i < 40; i++) {
        if (random.nextBoolean()) {
          data.add(MadeUpRatings.rating(u, i, u % 2 == i % 2 ? 5 : 1));
        }
      }
    }
    return data.build();
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void predictionIsTheScoreBroughtOntoTheScale(Recommender algorithm) {
    RecommenderModel model = algorithm.fit(STARS);
    boolean beyond = false;
    for (String user : STARS.users().ids()) {
      for (Recommendation item :
          model
              .recommend(RecommendationQuery.forUser(user).excludeSeen(false).limit(60).build())
              .items()) {
        double clamped = Math.max(1, Math.min(5, item.score()));
        assertThat(model.predictRating(user, item.itemId())).isCloseTo(clamped, within(1e-4));
        beyond |= item.score() > 5;
      }
    }
    assertThat(beyond).as("a score beyond the scale").isTrue();
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void unknownUserIsPredictedByTheItemAndUnknownItemByTheUser(Recommender algorithm) {
    RatingModel model = (RatingModel) algorithm.fit(STARS);
    double mean = MadeUpRatings.of(STARS).mean();
    assertThat(model.predictRating("nobody", "nothing")).isEqualTo(mean);
    assertThat(model.predictRating("nobody", STARS.items().id(3)))
        .isCloseTo(mean + model.factors().itemBias()[3], within(1e-12));
    assertThat(model.predictRating(STARS.users().id(5), "nothing"))
        .isCloseTo(mean + model.factors().userBias()[5], within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void userAndItemWithoutRatingsStayAtTheMean(Recommender algorithm) {
    Dataset data =
        STARS.toBuilder().add(Interaction.view("viewer", "only viewed", Instant.EPOCH)).build();
    RecommenderModel model = algorithm.fit(data);
    double mean = MadeUpRatings.of(STARS).mean();
    assertThat(model.predictRating("viewer", "only viewed")).isEqualTo(mean);
    assertThat(model.recommend(RecommendationQuery.forUser("viewer").build()).basis())
        .isEqualTo(Basis.EVERYBODY);
    assertThat(
            model
                .recommend(RecommendationQuery.forUser(STARS.users().id(0)).limit(100).build())
                .itemIds())
        .doesNotContain("only viewed");
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void ratingsOfAHistoryOffTheScaleCountAsItsEnds(Recommender algorithm) {
    RecommenderModel model = algorithm.fit(STARS);
    assertThat(scores(model, 500)).isEqualTo(scores(model, 5));
  }

  private static List<Recommendation> scores(RecommenderModel model, double value) {
    return model
        .recommend(
            RecommendationQuery.forHistory(
                    List.of(
                        Interaction.rating("x", STARS.items().id(3), value, Instant.EPOCH),
                        Interaction.rating("x", STARS.items().id(7), 1, Instant.EPOCH)))
                .limit(60)
                .build())
        .items();
  }
}
