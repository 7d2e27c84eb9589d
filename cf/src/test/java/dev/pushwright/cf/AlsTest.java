// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Dataset random(long seed, int users, int items, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int e = 0; e < events; e++) {
      // Squaring makes some items popular and some rare.
      double skew = random.nextDouble();
      EventType type = random.nextBoolean() ? EventType.VIEW : EventType.PURCHASE;
      data.add(
          new Interaction(
              "u" + random.nextInt(users),
              "i" + (int) (skew * skew * items),
              type,
              1,
              0,
              T.plusSeconds(random.nextInt(1000))));
    }
    return data.build();
  }

  private static SparseRows byUser(Dataset data) {
    return data.interactions(Weighting.standard()).byUser();
  }

  private static Als.Builder plain() {
    return Als.builder().combine(Weighting.Combine.SUM).halfLifeDays(0);
  }

  private static Map<String, Double> scores(RecommenderModel model, String user) {
    Map<String, Double> scores = new HashMap<>();
    RecommendationQuery all =
        RecommendationQuery.forUser(user).limit(10_000).excludeSeen(false).build();
    for (Recommendation item : model.recommend(all).items()) {
      scores.put(item.itemId(), item.score());
    }
    return scores;
  }

  /** Users and items of the oracle, begun where a fit with this seed begins. */
  private static final class Twin {
    private final double[][] users;
    private final double[][] items;

    private Twin(double[][] users, double[][] items) {
      this.users = users;
      this.items = items;
    }

    static Twin of(Dataset data, int width, long seed, double scale) {
      double[][] users =
          PlainAls.wide(Factors.random(data.users().size(), width, 0.1 / Math.sqrt(width), seed));
      for (double[] row : users) {
        for (int k = 0; k < width; k++) {
          row[k] *= scale;
        }
      }
      return new Twin(users, new double[data.items().size()][width]);
    }

    void assertScores(RecommenderModel model, Dataset data, double scale, double tolerance) {
      for (int u = 0; u < users.length; u++) {
        Map<String, Double> found = scores(model, data.users().id(u));
        for (int i = 0; i < items.length; i++) {
          assertThat(found.get(data.items().id(i)))
              .as("score of item %s for user %s", i, u)
              .isCloseTo(scale * PlainAls.dot(users[u], items[i]), within(tolerance));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Als.Solver.class)
  void theModelOfHuKorenAndVolinskyIsFoundAsWrittenInTheirPaper(Als.Solver solver) {
    Dataset data = random(1, 30, 25, 250);
    SparseRows weights = byUser(data);
    RecommenderModel model =
        plain()
            .factors(5)
            .iterations(4)
            .alpha(2)
            .unobservedWeight(1)
            .frequencyScaling(0)
            .regularization(3)
            .solver(solver)
            .solverSteps(100)
            .seed(7)
            .build()
            .fit(data);
    PlainAls.Loss paper =
        new PlainAls.Loss() {
          @Override
          public double confidence(int user, int item) {
            return 1 + 2 * weights.get(user, item);
          }

          @Override
          public double target(int user, int item) {
            return weights.get(user, item) > 0 ? 1 : 0;
          }

          @Override
          public double userRidge(int user) {
            return 3;
          }

          @Override
          public double itemRidge(int item) {
            return 3;
          }
        };
    Twin twin = Twin.of(data, 5, 7, 1);
    for (int iteration = 0; iteration < 4; iteration++) {
      PlainAls.iterate(paper, twin.users, twin.items);
    }
    twin.assertScores(model, data, 1, 2e-4);
  }

  @Test
  void theIalsOfRendleIsFoundUpToTheScaleOfItsScores() {
    Dataset data = random(2, 30, 25, 250);
    SparseRows weights = byUser(data);
    double alpha0 = 0.3;
    double lambda = 0.02;
    RecommenderModel model =
        plain()
            .factors(5)
            .iterations(5)
            .alpha(0)
            .unobservedWeight(alpha0 / (1 + alpha0))
            .frequencyScaling(1)
            .regularization((1 + alpha0) * lambda)
            .solver(Als.Solver.CHOLESKY)
            .seed(7)
            .build()
            .fit(data);
    // (1 − s)² on observed pairs and α₀·s² on all: as one square, (1 + α₀)·(s − 1/(1 + α₀))².
    PlainAls.Loss paper =
        new PlainAls.Loss() {
          @Override
          public double confidence(int user, int item) {
            return weights.get(user, item) > 0 ? 1 + alpha0 : alpha0;
          }

          @Override
          public double target(int user, int item) {
            return weights.get(user, item) > 0 ? 1 / (1 + alpha0) : 0;
          }

          @Override
          public double userRidge(int user) {
            return lambda * (weights.rowColumns(user).length + alpha0 * weights.columns());
          }

          @Override
          public double itemRidge(int item) {
            int users = weights.transpose().rowColumns(item).length;
            return lambda * (users + alpha0 * weights.rows());
          }
        };
    Twin twin = Twin.of(data, 5, 7, Math.sqrt(1 / (1 + alpha0)));
    for (int iteration = 0; iteration < 5; iteration++) {
      PlainAls.iterate(paper, twin.users, twin.items);
    }
    twin.assertScores(model, data, 1 + alpha0, 2e-4);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0.25, 0.75", "0, 0, 0.25, 0.75", "1, 3, 0.1, 0.9", "0, 1, 0.5, 0.75"})
  void onePairHasTheScoreThatOneFindsByHand(
      double scaling, double alpha, double lambda, double expected) {
    RecommenderModel model =
        plain()
            .factors(1)
            .iterations(300)
            .frequencyScaling(scaling)
            .alpha(alpha)
            .regularization(lambda)
            .build()
            .fit(Dataset.builder().add(Interaction.view("ann", "tea", T)).build());
    // c·(1 − xy)² + λ·c^ν·(x² + y²) is least at xy = 1 − λ·c^ν / c, with c = 1 + alpha.
    assertThat(1 - lambda * Math.pow(1 + alpha, scaling - 1)).isCloseTo(expected, within(1e-12));
    assertThat(scores(model, "ann").get("tea")).isCloseTo(expected, within(1e-3));
  }

  private static AlsTrainer trainer(SparseRows byUser, AlsLoss loss, int width, boolean cholesky) {
    Supplier<RidgeSolver> exact = Als.exact(cholesky, width);
    return new AlsTrainer(
        byUser,
        byUser.transpose(),
        loss,
        width,
        Factors.random(byUser.rows(), width, 0.5, 3),
        Factors.random(byUser.columns(), width, 0.5, 4),
        exact,
        exact);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.2, 0.05, 1", "1.5, 1, 2, 0", "0.3, 0.5, 0.1, 0.5"})
  void everyHalfStepLowersTheLossAndEndsWhereItsGradientIsZero(
      double alpha, double unobserved, double lambda, double scaling) {
    SparseRows byUser = byUser(random(4, 40, 30, 400));
    AlsLoss numbers = new AlsLoss(alpha, unobserved, lambda, scaling);
    PlainAls.Loss loss = PlainAls.loss(byUser, numbers);
    AlsTrainer trainer = trainer(byUser, numbers, 6, true);
    double before =
        PlainAls.objective(loss, PlainAls.wide(trainer.users()), PlainAls.wide(trainer.items()));
    for (int step = 0; step < 12; step++) {
      boolean users = step % 2 == 1;
      if (users) {
        trainer.stepUsers(Alternation.all(trainer.users()), true, "", FitContext.standard());
      } else {
        trainer.stepItems(Alternation.all(trainer.items()), true, "", FitContext.standard());
      }
      double[][] x = PlainAls.wide(trainer.users());
      double[][] y = PlainAls.wide(trainer.items());
      double after = PlainAls.objective(loss, x, y);
      assertThat(after).as("loss after half step %s", step).isLessThan(before * (1 + 1e-7));
      before = after;
      double h = 1e-4;
      double[][] solved = users ? x : y;
      for (int row = 0; row < solved.length; row += 7) {
        for (int k = 0; k < 6; k++) {
          double at = solved[row][k];
          solved[row][k] = at + h;
          double above = PlainAls.objective(loss, x, y);
          solved[row][k] = at - h;
          double below = PlainAls.objective(loss, x, y);
          solved[row][k] = at;
          // The second derivative says how far from the least one is; float32 is near 1e-6 of it.
          double curvature = (above - 2 * after + below) / (h * h);
          assertThat((above - below) / (2 * h))
              .as("gradient of row %s, factor %s after half step %s", row, k, step)
              .isCloseTo(0, within(2e-5 * curvature));
        }
      }
    }
  }

  @Test
  void conjugateGradientsEndWhereCholeskyDoes() {
    Dataset data = random(5, 60, 50, 900);
    RecommenderModel exact =
        plain().factors(8).iterations(15).solver(Als.Solver.CHOLESKY).build().fit(data);
    RecommenderModel steps = plain().factors(8).iterations(15).solverSteps(50).build().fit(data);
    for (String user : data.users().ids()) {
      Map<String, Double> expected = scores(exact, user);
      scores(steps, user)
          .forEach((item, score) -> assertThat(score).isCloseTo(expected.get(item), within(1e-3)));
    }
  }

  @ParameterizedTest
  @EnumSource(Als.Solver.class)
  void historyOfTrainingIsAnsweredAsTheUserOfTrainingIs(Als.Solver solver) {
    Dataset data = random(6, 80, 60, 1500);
    RecommenderModel model = plain().factors(12).solver(solver).build().fit(data);
    for (String user : data.users().ids()) {
      Map<String, Double> trained = scores(model, user);
      Recommendations folded =
          model.recommend(
              RecommendationQuery.forHistory(data.eventsOf(user))
                  .limit(1000)
                  .excludeSeen(false)
                  .build());
      assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
      // By Cholesky both are the same sums; conjugate gradients begin elsewhere.
      double tolerance = solver == Als.Solver.CHOLESKY ? 0 : 1e-5;
      for (Recommendation item : folded.items()) {
        assertThat(item.score()).isCloseTo(trained.get(item.itemId()), within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Als.Solver.class)
  void reasonsAreTheContributionsOfHuKorenAndVolinsky(Als.Solver solver) {
    Dataset data = random(7, 40, 30, 500);
    SparseRows byUser = byUser(data);
    AlsLoss numbers = new AlsLoss(0.5, 0.4, 0.1, 0.8);
    AlsModel model =
        (AlsModel)
            plain()
                .factors(6)
                .alpha(0.5)
                .unobservedWeight(0.4)
                .regularization(0.1)
                .frequencyScaling(0.8)
                .solver(solver)
                .build()
                .fit(data);
    double[][] items = PlainAls.wide(model.itemFactors());
    int dropped = 0;
    for (int u = 0; u < 40; u++) {
      double[][] matrix = PlainAls.userMatrix(PlainAls.loss(byUser, numbers), u, items);
      Recommendations answer =
          model.recommend(
              RecommendationQuery.forUser(data.users().id(u))
                  .explain(true)
                  .excludeSeen(false)
                  .limit(4)
                  .build());
      for (Recommendation item : answer.items()) {
        double[] seen =
            PlainAls.solve(matrix, items[data.items().find(item.itemId()).orElseThrow()]);
        Map<String, Double> parts = new HashMap<>();
        double sum = 0;
        double above = 0;
        for (int j : byUser.rowColumns(u)) {
          double part = (1 + 0.5 * byUser.get(u, j)) * PlainAls.dot(seen, items[j]);
          parts.put(data.items().id(j), part);
          sum += part;
          above += Math.max(0, part);
        }
        assertThat(sum).as("sum of the contributions").isCloseTo(item.score(), within(1e-4));
        Map<String, Double> shares = new HashMap<>();
        for (Reason reason : item.reasons()) {
          shares.put(((Reason.OwnItem) reason).itemId(), reason.share());
        }
        assertThat(shares.values().stream().mapToDouble(s -> s).sum()).isCloseTo(1, within(1e-9));
        for (Map.Entry<String, Double> part : parts.entrySet()) {
          dropped += part.getValue() < 0 ? 1 : 0;
          assertThat(shares.getOrDefault(part.getKey(), 0.0))
              .isCloseTo(Math.max(0, part.getValue()) / above, within(1e-3));
        }
      }
    }
    assertThat(dropped).as("contributions that speak against an item").isPositive();
  }

  @Test
  void oneThreadAndEightGiveTheSameBitsOverManyBlocks() {
    Dataset data = random(8, 3000, 700, 60_000);
    Als als = plain().factors(20).iterations(3).build();
    RecommenderModel one = als.fit(data, FitContext.standard().withThreads(1));
    RecommenderModel eight = als.fit(data, FitContext.standard().withThreads(8));
    for (String user : data.users().ids().subList(0, 300)) {
      RecommendationQuery query = RecommendationQuery.forUser(user).explain(true).build();
      assertThat(eight.recommend(query)).isEqualTo(one.recommend(query));
    }
  }

  @Test
  void anotherSeedGivesOtherFactors() {
    Dataset data = random(8, 50, 40, 600);
    Als.Builder als = plain().factors(4).iterations(2);
    assertThat(scores(als.seed(1).build().fit(data), "u1"))
        .isEqualTo(scores(als.seed(1).build().fit(data), "u1"))
        .isNotEqualTo(scores(als.seed(2).build().fit(data), "u1"));
  }

  @Test
  void nothingIsSaidOfUsersAndItemsWithoutEvents() {
    Dataset data =
        random(9, 20, 10, 100).toBuilder().add(Item.of("new")).add(User.of("idle")).build();
    RecommenderModel model = plain().factors(4).build().fit(data);
    assertThat(model.recommend(RecommendationQuery.forUser("idle").build()).basis())
        .isEqualTo(Basis.EVERYBODY);
    Recommendations answer =
        model.recommend(RecommendationQuery.forUser("u1").excludeSeen(false).limit(99).build());
    assertThat(answer.basis()).isEqualTo(Basis.TRAINED);
    assertThat(answer.itemIds()).doesNotContain("new");
    assertThat(answer.left()).containsEntry(Recommendations.Cause.NO_EVIDENCE, 1);
  }

  @Test
  void whatIsUpdatedIsSolvedAsAFitSolvesIt() {
    Dataset data = random(10, 40, 30, 400);
    AlsModel before =
        (AlsModel) plain().factors(4).solver(Als.Solver.CHOLESKY).iterations(30).build().fit(data);
    List<Event> events = new ArrayList<>();
    for (int e = 0; e < 6; e++) {
      events.add(Interaction.view("u" + e, "new", T.plusSeconds(2000)));
      events.add(Interaction.view("fresh", "i" + e, T.plusSeconds(2000)));
    }
    AlsModel after = (AlsModel) before.update(events);
    Dataset all = data.toBuilder().addAll(events).build();
    InteractionMatrix matrix = all.interactions(Weighting.standard());
    double[][] items = PlainAls.wide(after.itemFactors());
    PlainAls.Loss loss = PlainAls.loss(matrix.byUser(), plain().build().loss());
    for (String user : List.of("u0", "u5", "fresh")) {
      int u = all.users().find(user).orElseThrow();
      double[] right = new double[4];
      for (int i : matrix.byUser().rowColumns(u)) {
        for (int k = 0; k < 4; k++) {
          right[k] += loss.confidence(u, i) * items[i][k];
        }
      }
      double[] x = PlainAls.solve(PlainAls.userMatrix(loss, u, items), right);
      Map<String, Double> found = scores(after, user);
      for (int i = 0; i < items.length; i++) {
        assertThat(found.get(all.items().id(i))).isCloseTo(PlainAls.dot(x, items[i]), within(1e-4));
      }
    }
    // Who has nothing to do with it is left as it was.
    Map<String, Double> bystander = scores(before, "u20");
    Map<String, Double> later = scores(after, "u20");
    long untouched =
        bystander.keySet().stream().filter(item -> near(bystander, later, item)).count();
    assertThat(untouched).isGreaterThanOrEqualTo(bystander.size() - 6L);
  }

  private static boolean near(Map<String, Double> a, Map<String, Double> b, String item) {
    return Math.abs(a.getOrDefault(item, 0.0) - b.getOrDefault(item, 9.0)) < 1e-4;
  }

  @Test
  void factorsThatAreNotFiniteStopTheFitWithTheIteration() {
    SparseRows byUser = byUser(random(11, 10, 8, 40));
    AlsTrainer trainer = trainer(byUser, new AlsLoss(0, 0.2, 0.1, 1), 3, false);
    trainer.users()[4][1] = Float.NaN;
    assertThatThrownBy(() -> trainer.run(5, FitContext.standard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("iteration 1, items")
        .hasMessageContaining("regularization is 0.1");
    AlsTrainer huge = trainer(byUser, new AlsLoss(0, 0.2, 0.1, 1), 3, false);
    for (float[] row : huge.users()) {
      Arrays.fill(row, 1e20f);
    }
    assertThatThrownBy(() -> huge.run(5, FitContext.standard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("iteration 1, items");
  }

  @Test
  void progressIsToldByIterations() {
    List<Progress> heard = new ArrayList<>();
    plain()
        .factors(3)
        .iterations(5)
        .build()
        .fit(random(12, 20, 20, 100), FitContext.standard().withListener(heard::add));
    assertThat(heard).extracting(Progress::done).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(heard).allMatch(p -> p.total() == 5 && p.phase().equals("iterations"));
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = random(3, 20, 20, 100);
    Options options =
        Options.of("factors", "7", "iterations", 3)
            .with("regularization", 0.5)
            .with("alpha", 2)
            .with("unobservedWeight", 0.6)
            .with("frequencyScaling", "0.5")
            .with("solver", "cholesky")
            .with("solverSteps", 4)
            .with("seed", 9);
    RecommenderModel byType =
        Als.builder()
            .factors(7)
            .iterations(3)
            .regularization(0.5)
            .alpha(2)
            .unobservedWeight(0.6)
            .frequencyScaling(0.5)
            .solver(Als.Solver.CHOLESKY)
            .solverSteps(4)
            .seed(9)
            .build()
            .fit(data);
    assertThat(Plugins.load().recommender("als", options).fit(data).provenance())
        .isEqualTo(byType.provenance());
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> Als.builder().factors(0).build())
        .hasMessageContaining("option factors is 0; allowed: 1 to 4096");
    assertThatThrownBy(() -> Als.builder().regularization(0).build())
        .hasMessageContaining("option regularization is 0.0");
    assertThatThrownBy(() -> Als.builder().unobservedWeight(1.5).build())
        .hasMessageContaining("option unobservedWeight is 1.5");
    assertThatThrownBy(() -> Als.builder().alpha(Double.NaN).build())
        .hasMessageContaining("option alpha is NaN");
    assertThatThrownBy(() -> Plugins.load().recommender("als", Options.of("solver", "qr")))
        .hasMessageContaining("conjugate-gradient, cholesky");
  }
}
