// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplicitAlsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Dataset random(long seed, int users, int items, int ratings) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int r = 0; r < ratings; r++) {
      int user = random.nextInt(users);
      int item = (int) (random.nextDouble() * random.nextDouble() * items);
      double taste = (user + item) % 2 == 0 ? 3 : 1;
      data.add(
          Interaction.rating("u" + user, "i" + item, taste + random.nextInt(3), T.plusSeconds(r)));
    }
    return data.build();
  }

  private static SparseRows byUser(Dataset data) {
    return data.interactions(
            Ratings.WEIGHTS.defaultValue().withCombine(Ratings.COMBINE.defaultValue()))
        .byUser();
  }

  private static double predicted(double mean, double[] user, double[] item) {
    int last = user.length - 1;
    double rating = mean + user[last] + item[last];
    for (int k = 0; k < last; k++) {
      rating += user[k] * item[k];
    }
    return rating;
  }

  private static double loss(
      SparseRows byUser, double lambda, double mean, double[][] users, double[][] items) {
    double sum = 0;
    for (int u = 0; u < byUser.rows(); u++) {
      for (int p = byUser.start(u); p < byUser.end(u); p++) {
        double[] item = items[byUser.column(p)];
        double error = byUser.value(p) - predicted(mean, users[u], item);
        // λ·n·|x|² is λ·|x|² once for each rating.
        sum +=
            error * error
                + lambda * PlainAls.dot(users[u], users[u])
                + lambda * PlainAls.dot(item, item);
      }
    }
    return sum;
  }

  @Test
  void everyHalfStepLowersTheLossAndEndsWhereItsGradientIsZero() {
    Dataset data = random(1, 40, 30, 600);
    SparseRows byUser = byUser(data);
    double mean = Ratings.of(byUser).mean();
    ExplicitAlsTrainer trainer =
        new ExplicitAlsTrainer(
            byUser,
            byUser.transpose(),
            0.1,
            mean,
            Factors.random(byUser.rows(), 5, 0.5, 3),
            Factors.random(byUser.columns(), 5, 0.5, 4),
            5);
    double before = Double.POSITIVE_INFINITY;
    for (int step = 0; step < 10; step++) {
      boolean ofUsers = step % 2 == 1;
      if (ofUsers) {
        trainer.stepUsers(Alternation.all(trainer.users()), true, "", FitContext.standard());
      } else {
        trainer.stepItems(Alternation.all(trainer.items()), true, "", FitContext.standard());
      }
      double[][] x = PlainAls.wide(trainer.users());
      double[][] y = PlainAls.wide(trainer.items());
      double after = loss(byUser, 0.1, mean, x, y);
      assertThat(after).as("loss after half step %s", step).isLessThan(before);
      before = after * (1 + 1e-7);
      double h = 1e-4;
      double[][] solved = ofUsers ? x : y;
      for (int row = 0; row < solved.length; row += 5) {
        for (int k = 0; k < 5; k++) {
          double at = solved[row][k];
          solved[row][k] = at + h;
          double above = loss(byUser, 0.1, mean, x, y);
          solved[row][k] = at - h;
          double below = loss(byUser, 0.1, mean, x, y);
          solved[row][k] = at;
          double curvature = (above - 2 * after + below) / (h * h);
          assertThat((above - below) / (2 * h))
              .as("gradient of row %s, factor %s after half step %s", row, k, step)
              .isCloseTo(0, within(2e-5 * curvature));
        }
      }
    }
  }

  @Test
  void oneRatingOfOneUserIsPredictedAsOneFindsByHand() {
    // Two users rate one item each, 5 and 3: μ = 4, and the factors, at λ = 1, vanish. Of the first
    // pair, (1 − b_u − b_i)² + b_u² + b_i² is least at b_u = b_i = 1/3.
    RecommenderModel model =
        ExplicitAls.builder()
            .regularization(1)
            .factors(1)
            .iterations(200)
            .build()
            .fit(
                Dataset.builder()
                    .add(Interaction.rating("ann", "tea", 5, T))
                    .add(Interaction.rating("bob", "ham", 3, T))
                    .build());
    assertThat(model.predictRating("ann", "tea")).isCloseTo(4 + 2 / 3.0, within(1e-3));
    assertThat(model.predictRating("bob", "ham")).isCloseTo(4 - 2 / 3.0, within(1e-3));
    assertThat(model.predictRating("ann", "ham")).isCloseTo(4, within(1e-3));
    assertThat(model.predictRating("cid", "tea")).isCloseTo(4 + 1 / 3.0, within(1e-3));
    assertThat(model.predictRating("ann", "jam")).isCloseTo(4 + 1 / 3.0, within(1e-3));
    assertThat(model.predictRating("cid", "jam")).isCloseTo(4, within(1e-6));
  }

  @Test
  void historyOfTrainingIsAnsweredToTheBitAsTheUserOfTrainingIs() {
    Dataset data = random(2, 60, 40, 1200);
    RecommenderModel model = ExplicitAls.builder().factors(7).build().fit(data);
    for (String user : data.users().ids()) {
      Recommendations trained =
          model.recommend(RecommendationQuery.forUser(user).excludeSeen(false).limit(99).build());
      Recommendations folded =
          model.recommend(
              RecommendationQuery.forHistory(data.eventsOf(user))
                  .excludeSeen(false)
                  .limit(99)
                  .build());
      assertThat(trained.basis()).isEqualTo(Basis.TRAINED);
      assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
      assertThat(folded.items()).isEqualTo(trained.items());
      // Predictions are scores, held to the scale.
      for (Recommendation item : trained.items()) {
        assertThat(model.predictRating(user, item.itemId()))
            .isCloseTo(Math.max(1, Math.min(5, item.score())), within(1e-5));
      }
    }
  }

  @Test
  void reasonsAreWhatTheUsersRatingsAddToTheScore() {
    Dataset data = random(3, 30, 20, 300);
    SparseRows byUser = byUser(data);
    double lambda = 0.2;
    RecommenderModel model =
        ExplicitAls.builder().factors(3).regularization(lambda).build().fit(data);
    double mean = Ratings.of(byUser).mean();
    double[][] items = PlainAls.wide(((ExplicitAlsModel) model).itemRows());
    int last = 3;
    for (int u = 0; u < byUser.rows(); u++) {
      double[][] matrix = new double[4][4];
      for (int i : byUser.rowColumns(u)) {
        double[] f = feature(items[i]);
        for (int j = 0; j < 4; j++) {
          matrix[j][j] += lambda;
          for (int k = 0; k < 4; k++) {
            matrix[j][k] += f[j] * f[k];
          }
        }
      }
      RecommendationQuery query =
          RecommendationQuery.forUser(data.users().id(u)).explain(true).limit(3).build();
      for (Recommendation item : model.recommend(query).items()) {
        int i = data.items().find(item.itemId()).orElseThrow();
        double[] seen = PlainAls.solve(matrix, feature(items[i]));
        double sum = 0;
        double above = 0;
        Map<String, Double> parts = new HashMap<>();
        for (int j : byUser.rowColumns(u)) {
          double part =
              (byUser.get(u, j) - mean - items[j][last]) * PlainAls.dot(seen, feature(items[j]));
          sum += part;
          above += Math.max(0, part);
          parts.put(data.items().id(j), part);
        }
        assertThat(mean + items[i][last] + sum).isCloseTo(item.score(), within(1e-3));
        if (above == 0) {
          assertThat(item.reasons()).containsExactly(new Reason.Popular("", 1));
          continue;
        }
        double total = 0;
        for (Reason reason : item.reasons()) {
          total += reason.share();
          assertThat(reason.share())
              .isCloseTo(
                  parts.getOrDefault(((Reason.OwnItem) reason).itemId(), 0.0) / above,
                  within(1e-2));
        }
        assertThat(total).isCloseTo(1, within(1e-9));
      }
    }
  }

  private static double[] feature(double[] row) {
    double[] feature = row.clone();
    feature[row.length - 1] = 1;
    return feature;
  }

  @Test
  void oneThreadAndEightGiveTheSameBits() {
    Dataset data = random(4, 800, 300, 30_000);
    ExplicitAls als = ExplicitAls.builder().iterations(3).build();
    RecommenderModel one = als.fit(data, FitContext.standard().withThreads(1));
    RecommenderModel eight = als.fit(data, FitContext.standard().withThreads(8));
    for (String user : data.users().ids().subList(0, 200)) {
      RecommendationQuery query = RecommendationQuery.forUser(user).build();
      assertThat(eight.recommend(query)).isEqualTo(one.recommend(query));
    }
  }

  @Test
  void factorsThatAreNotFiniteStopTheFitWithTheIteration() {
    SparseRows byUser = byUser(random(5, 10, 8, 40));
    ExplicitAlsTrainer trainer =
        new ExplicitAlsTrainer(
            byUser,
            byUser.transpose(),
            0.1,
            Double.NaN,
            new float[byUser.rows()][3],
            new float[byUser.columns()][3],
            3);
    assertThatThrownBy(
            () ->
                trainer.stepItems(
                    Alternation.all(trainer.items()), true, "iteration 4", FitContext.standard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("iteration 4, items")
        .hasMessageContaining("regularization is 0.1");
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = random(6, 10, 10, 60);
    Options options =
        Options.of("factors", 3, "iterations", "4").with("regularization", 0.3).with("seed", 5);
    assertThat(Plugins.load().recommender("explicit-als", options).fit(data).provenance())
        .isEqualTo(
            ExplicitAls.builder()
                .factors(3)
                .iterations(4)
                .regularization(0.3)
                .seed(5)
                .build()
                .fit(data)
                .provenance());
    assertThatThrownBy(() -> ExplicitAls.builder().regularization(0).build())
        .hasMessageContaining("option regularization is 0.0");
  }
}
