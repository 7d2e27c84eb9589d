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
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EaseTest {

  private static LinearModel fit(Ease.Builder ease, Dataset data) {
    return (LinearModel) ease.combine(Weighting.Combine.SUM).halfLifeDays(0).build().fit(data);
  }

  /**
   * Column j of B as what it is meant to be, not by the closed form: the ridge regression of item
   * j's column of X on all the others.
   */
  private static double[] ridge(double[][] gram, int j, double lambda) {
    int n = gram.length;
    int[] others = IntStream.range(0, n).filter(i -> i != j).toArray();
    SimpleMatrix normal = new SimpleMatrix(n - 1, n - 1);
    SimpleMatrix right = new SimpleMatrix(n - 1, 1);
    for (int a = 0; a < n - 1; a++) {
      for (int b = 0; b < n - 1; b++) {
        normal.set(a, b, gram[others[a]][others[b]] + (a == b ? lambda : 0));
      }
      right.set(a, 0, gram[others[a]][j]);
    }
    SimpleMatrix solved = normal.solve(right);
    double[] column = new double[n];
    for (int a = 0; a < n - 1; a++) {
      column[others[a]] = solved.get(a, 0);
    }
    return column;
  }

  @Test
  void aHandWorkedScore() {
    // XᵀX + I is (3, 2; 2, 4) for pot and tea; its inverse (4, −2; −2, 3) / 8.
    RecommenderModel model = fit(Ease.builder().lambda(1), LinearData.threeUsers());
    Recommendations forCid = model.recommend(RecommendationQuery.forUser("cid").build());
    assertThat(forCid.itemIds()).containsExactly("pot");
    assertThat(forCid.items().get(0).score()).isCloseTo(2 / 4., within(1e-7));
    Recommendations forPot = LinearData.afterViewing(model, "pot");
    assertThat(forPot.itemIds()).containsExactly("tea");
    assertThat(forPot.items().get(0).score()).isCloseTo(2 / 3., within(1e-7));
  }

  @ParameterizedTest
  @CsvSource({"1, 60, 80, 1500, 1", "2, 300, 40, 3000, 20", "3, 30, 150, 2000, 0.1"})
  void eachColumnIsTheRidgeRegressionOnAllOtherItems(
      long seed, int users, int items, int events, double lambda) {
    Dataset data = LinearData.random(seed, users, items, events);
    double[][] x = LinearData.dense(data);
    double[][] gram = LinearData.gram(x);
    double penalty = lambda * LinearData.meanSquare(x);
    ItemWeights found = fit(Ease.builder().lambda(lambda), data).weights();
    int negative = 0;
    for (int j = 0; j < gram.length; j++) {
      double[] expected = ridge(gram, j, penalty);
      for (int i = 0; i < gram.length; i++) {
        assertThat((double) found.get(i, j))
            .as("%s of %s", i, j)
            .isCloseTo(expected[i], within(1e-6));
        negative += expected[i] < 0 ? 1 : 0;
      }
    }
    assertThat(negative).as("weights below 0").isPositive();
  }

  @Test
  void scoresAreTheSumOfWhatTheUsersItemsSay() {
    Dataset data = LinearData.random(4, 60, 80, 1500);
    double[][] x = LinearData.dense(data);
    LinearModel model = fit(Ease.builder().lambda(5), data);
    for (int u = 0; u < x.length; u++) {
      Map<String, Double> scores = LinearData.scores(model, data.users().id(u));
      for (int j = 0; j < x[u].length; j++) {
        double expected = 0;
        boolean spokenFor = false;
        for (int i = 0; i < x[u].length; i++) {
          double part = x[u][i] * model.weights().get(i, j);
          expected += part;
          spokenFor |= part > 0;
        }
        Double score = scores.get(data.items().id(j));
        if (spokenFor) {
          assertThat(score).isNotNull().isCloseTo(expected, within(1e-4));
        } else {
          assertThat(score).isNull();
        }
      }
    }
  }

  @Test
  void anItemThatTheUsersItemsSpeakAgainstIsNotRecommended() {
    // Whoever has tea has no cup, whoever has pot has either: to one who has tea, cup is less
    // likely than to anybody.
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 20; u++) {
      data.add(Interaction.view("u" + u, u % 2 == 0 ? "tea" : "cup", LinearData.T));
      data.add(Interaction.view("u" + u, "pot", LinearData.T));
    }
    LinearModel model = fit(Ease.builder().lambda(1), data.build());
    assertThat(LinearData.afterViewing(model, "tea").itemIds()).containsExactly("pot");
    assertThat(LinearData.afterViewing(model, "tea").left())
        .containsEntry(Recommendations.Cause.NO_EVIDENCE, 1);
  }

  @Test
  void lambdaCountsInMeanSquaresOfTheWeights() {
    Dataset data = LinearData.random(5, 60, 80, 1500);
    RecommenderModel light = fit(Ease.builder().lambda(30), data);
    RecommenderModel heavy =
        fit(Ease.builder().lambda(30).weighting(Weighting.parse("VIEW:1000, PURCHASE:5000")), data);
    Map<String, Double> scores = LinearData.scores(light, "u1");
    assertThat(scores).isNotEmpty();
    LinearData.scores(heavy, "u1")
        .forEach(
            (item, score) -> assertThat(score / 1000).isCloseTo(scores.get(item), within(1e-5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000})
  void neighboursKeepTheLargestWeightsOfEachItem(int neighbours) {
    Dataset data = LinearData.random(6, 60, 80, 1500);
    ItemWeights all = fit(Ease.builder().lambda(5), data).weights();
    ItemWeights few = fit(Ease.builder().lambda(5).neighbours(neighbours), data).weights();
    int n = data.items().size();
    for (int j = 0; j < n; j++) {
      int item = j;
      double[] sizes =
          IntStream.range(0, n)
              .mapToDouble(i -> Math.abs(all.get(i, item)))
              .boxed()
              .sorted(Comparator.reverseOrder())
              .mapToDouble(size -> size)
              .toArray();
      double least = sizes[Math.min(neighbours, n) - 1];
      double[] kept =
          IntStream.range(0, n)
              .filter(i -> few.get(i, item) != 0)
              .mapToDouble(i -> few.get(i, item))
              .toArray();
      assertThat(kept)
          .hasSize((int) Arrays.stream(sizes).limit(neighbours).filter(s -> s > 0).count());
      for (int i = 0; i < n; i++) {
        assertThat(few.get(i, j)).isIn(0f, all.get(i, j));
        if (few.get(i, j) != 0) {
          assertThat((double) Math.abs(few.get(i, j))).isGreaterThanOrEqualTo(least);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void reasonsNameTheUsersItemsByTheirContribution(int neighbours) {
    Dataset data = LinearData.random(7, 60, 80, 1500);
    LinearModel model = fit(Ease.builder().lambda(5).neighbours(neighbours), data);
    double[] mine = LinearData.dense(data)[data.users().find("u3").orElseThrow()];
    Recommendations answer =
        model.recommend(RecommendationQuery.forUser("u3").limit(50).explain(true).build());
    assertThat(answer.items()).isNotEmpty();
    for (Recommendation best : answer.items()) {
      int item = data.items().find(best.itemId()).orElseThrow();
      double positive =
          IntStream.range(0, mine.length)
              .mapToDouble(i -> Math.max(0, mine[i] * model.weights().get(i, item)))
              .sum();
      for (Reason reason : best.reasons()) {
        int own = data.items().find(((Reason.OwnItem) reason).itemId()).orElseThrow();
        assertThat(reason.share())
            .isPositive()
            .isCloseTo(mine[own] * model.weights().get(own, item) / positive, within(1e-6));
      }
      assertThat(best.reasons().stream().mapToDouble(Reason::share).sum())
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void aFoldedInHistoryScoresToTheBitLikeTraining() {
    Dataset data = LinearData.random(8, 60, 80, 1500);
    RecommenderModel model = Ease.builder().lambda(10).halfLifeDays(0.01).build().fit(data);
    for (String user : data.users().ids()) {
      Recommendations trained = model.recommend(RecommendationQuery.forUser(user).build());
      Recommendations folded =
          model.recommend(RecommendationQuery.forHistory(data.eventsOf(user)).build());
      assertThat(folded.items()).isNotEmpty().isEqualTo(trained.items());
      assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
    }
  }

  @Test
  void weightsFromDenormalToHugeGiveFiniteScoresOrAreRefused() {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 20; u++) {
      double value = Math.pow(10, u - 8);
      data.add(new Interaction("u" + u, "a", EventType.RATING, value, 0, LinearData.T));
      data.add(new Interaction("u" + u, "b", EventType.RATING, 1 / value, 0, LinearData.T));
      data.add(Interaction.view("u" + u, "c", LinearData.T.minusSeconds(100L * 365 * 86_400)));
    }
    for (double lambda : new double[] {1e-3, 1, 1e12}) {
      RecommenderModel model =
          Ease.builder().lambda(lambda).halfLifeDays(1).build().fit(data.build());
      for (int u = 0; u < 20; u++) {
        assertThat(LinearData.scores(model, "u" + u).values()).allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void aCatalogueThatDoesNotFitTheHeapIsRefusedWithTheRemedy() {
    Ease.checkRoom(3706, 0, 256 << 20);
    assertThatThrownBy(() -> Ease.checkRoom(20_000, 0, 2L << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ease over 20000 items needs 3.2 GB of heap")
        .hasMessageContaining("2.1 GB is all there is")
        .hasMessageContaining("raise -Xmx, set neighbours");
    Ease.checkRoom(20_000, 200, 2L << 30);
    assertThatThrownBy(() -> Ease.checkRoom(100_000, 0, Long.MAX_VALUE))
        .hasMessageContaining("at most 46340 items, and there are 100000");
    assertThatThrownBy(() -> Ease.checkRoom(100_000, 100, 8L << 30))
        .hasMessageContaining("ease over 100000 items needs 40.2 GB")
        .hasMessageContaining("item-knn");
  }

  @Test
  void progressGoesThroughItsPhases() {
    List<Progress> heard = new ArrayList<>();
    Ease.builder()
        .build()
        .fit(LinearData.random(6, 100, 300, 5000), FitContext.standard().withListener(heard::add));
    assertThat(heard.stream().map(Progress::phase).distinct())
        .containsExactly("item pairs", "inverse", "weights");
    assertThat(heard.get(heard.size() - 1).done()).isEqualTo(heard.get(heard.size() - 1).total());
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = LinearData.random(3, 20, 20, 100);
    Options options = Options.of("lambda", "17", "neighbours", 5).with("weights", "VIEW:1@3");
    RecommenderModel byName = Plugins.load().recommender("ease", options).fit(data);
    RecommenderModel byType =
        Ease.builder()
            .lambda(17)
            .neighbours(5)
            .weighting(Weighting.parse("VIEW:1@3"))
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options())
        .containsEntry("lambda", "17.0")
        .containsEntry("neighbours", "5");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> Ease.builder().lambda(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option lambda is 0.0; allowed: 0.001 to ");
    assertThatThrownBy(() -> Ease.builder().lambda(Double.NaN).build())
        .hasMessageContaining("option lambda is NaN");
    assertThatThrownBy(() -> Ease.builder().neighbours(-1).build())
        .hasMessageContaining("option neighbours is -1; allowed: 0 to 100000");
    assertThatThrownBy(() -> Plugins.load().recommender("ease", Options.of("lamda", 5)))
        .hasMessageContaining("there is no option \"lamda\"; did you mean \"lambda\"?");
  }
}
