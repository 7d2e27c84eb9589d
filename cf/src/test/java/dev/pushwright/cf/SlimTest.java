// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
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
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlimTest {

  private static LinearModel fit(Slim.Builder slim, Dataset data) {
    return (LinearModel) slim.combine(Weighting.Combine.SUM).halfLifeDays(0).build().fit(data);
  }

  @Test
  void aHandWorkedScore() {
    // Alone, pot's weight for tea is best at (2 − l1) / (2 + l2), tea's for pot at (2 − l1) / (3 +
    // l2).
    RecommenderModel model = fit(Slim.builder().l1(0.5).l2(1), LinearData.threeUsers());
    Recommendations forCid = model.recommend(RecommendationQuery.forUser("cid").build());
    assertThat(forCid.itemIds()).containsExactly("pot");
    assertThat(forCid.items().get(0).score()).isCloseTo(1.5 / 4, within(1e-6));
    Recommendations forPot = LinearData.afterViewing(model, "pot");
    assertThat(forPot.items().get(0).score()).isCloseTo(1.5 / 3, within(1e-6));
  }

  /**
   * The problem is convex, so what meets the conditions of Karush, Kuhn and Tucker is its solution:
   * checked against X itself, in double.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 60, 80, 1500, 1, 5",
    "2, 300, 40, 3000, 0.1, 0",
    "3, 30, 150, 2000, 0, 1",
    "4, 60, 150, 2000, 3, 0.01",
    "5, 200, 200, 400, 0.2, 20"
  })
  void eachColumnMeetsTheConditionsOfItsOptimum(
      long seed, int users, int items, int events, double l1, double l2) {
    Dataset data = LinearData.random(seed, users, items, events);
    double[][] x = LinearData.dense(data);
    double[][] gram = LinearData.gram(x);
    double unit = LinearData.meanSquare(x);
    ItemWeights found = fit(Slim.builder().l1(l1).l2(l2).tolerance(1e-6), data).weights();
    int weights = 0;
    for (int j = 0; j < gram.length; j++) {
      int item = j;
      double steepest =
          IntStream.range(0, gram.length)
              .filter(i -> i != item)
              .mapToDouble(i -> gram[i][item])
              .max()
              .orElseThrow();
      for (int i = 0; i < gram.length; i++) {
        double weight = found.get(i, j);
        double slope = gram[i][j] - l1 * unit - l2 * unit * weight;
        double rounding = 0;
        for (int k = 0; k < gram.length; k++) {
          slope -= gram[i][k] * found.get(k, j);
          // Weights are kept as float32.
          rounding += gram[i][k] * found.get(k, j) * 0x1p-23;
        }
        double slack = 2e-6 * steepest + rounding + l2 * unit * weight * 0x1p-23;
        assertThat(weight).isNotNegative();
        if (i == j) {
          assertThat(weight).isZero();
        } else if (weight > 0) {
          assertThat(slope).as("slope of %s for %s", i, j).isCloseTo(0, within(slack));
          weights++;
        } else {
          assertThat(slope).as("slope of %s for %s", i, j).isLessThanOrEqualTo(slack);
        }
      }
    }
    assertThat(weights).isBetween(gram.length / 2, gram.length * (gram.length - 1) / 2);
  }

  @Test
  void aStrongL1LeavesNothingAndTheFallbackAnswers() {
    Dataset data = LinearData.random(6, 60, 80, 1500);
    RecommenderModel model = fit(Slim.builder().l1(1e6), data);
    Recommendations answer = model.recommend(RecommendationQuery.forUser("u1").build());
    assertThat(answer.basis().isFallback()).isTrue();
    assertThat(answer.items()).isNotEmpty();
  }

  @Test
  void strengthsCountInMeanSquaresOfTheWeights() {
    Dataset data = LinearData.random(5, 60, 80, 1500);
    Slim.Builder slim = Slim.builder().l1(1).l2(3).tolerance(1e-8);
    RecommenderModel light = fit(slim, data);
    RecommenderModel heavy = fit(slim.weighting(Weighting.parse("VIEW:1000, PURCHASE:5000")), data);
    Map<String, Double> scores = LinearData.scores(light, "u1");
    assertThat(scores).isNotEmpty();
    LinearData.scores(heavy, "u1")
        .forEach(
            (item, score) -> assertThat(score / 1000).isCloseTo(scores.get(item), within(1e-4)));
  }

  @Test
  void neighboursAreTheCandidatesNearestByCosineAndTheirConditionsHold() {
    int neighbours = 6;
    Dataset data = LinearData.random(7, 60, 80, 1500);
    double[][] x = LinearData.dense(data);
    double[][] gram = LinearData.gram(x);
    double unit = LinearData.meanSquare(x);
    ItemWeights found =
        fit(Slim.builder().l1(0.1).l2(2).neighbours(neighbours).tolerance(1e-6), data).weights();
    for (int j = 0; j < gram.length; j++) {
      int item = j;
      List<Integer> nearest =
          IntStream.range(0, gram.length)
              .filter(i -> i != item)
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                      i -> -gram[i][item] / Math.sqrt(gram[i][i]) / Math.sqrt(gram[item][item])))
              .limit(neighbours)
              .toList();
      for (int i = 0; i < gram.length; i++) {
        double weight = found.get(i, j);
        if (!nearest.contains(i)) {
          assertThat(weight).isZero();
          continue;
        }
        double slope = gram[i][j] - 0.1 * unit - 2 * unit * weight;
        for (int k = 0; k < gram.length; k++) {
          slope -= gram[i][k] * found.get(k, j);
        }
        double slack = 1e-5 * gram[j][j];
        assertThat(slope).isLessThanOrEqualTo(slack);
        if (weight > 0) {
          assertThat(slope).isGreaterThanOrEqualTo(-slack);
        }
      }
    }
  }

  @Test
  void aWeightBeyondAllMeasureIsRefusedWithTheRemedy() {
    Dataset data =
        Dataset.builder()
            .add(new Interaction("ann", "gold", EventType.RATING, 1e12, 0, LinearData.T))
            .add(new Interaction("ann", "dust", EventType.RATING, 1e-3, 0, LinearData.T))
            .build();
    assertThatThrownBy(() -> fit(Slim.builder().l1(0).l2(0), data))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slim, weights of item gold")
        .hasMessageContaining("for l2 0.0: raise it");
    assertThat(LinearData.scores(fit(Slim.builder().l1(0).l2(1), data), "ann").values())
        .allMatch(Double::isFinite);
  }

  @Test
  void whatDoesNotSettleIsSaid() {
    Dataset data = LinearData.random(8, 60, 80, 1500);
    Gram gram = Gram.of(data.interactions(Weighting.standard()), FitContext.standard());
    BitSet all = new BitSet();
    all.set(0, gram.size());
    assertThat(new ElasticNet(gram, 1, 1, 1e-9, 1).solve(0, all)).isFalse();
    assertThat(new ElasticNet(gram, 1, 1, 1e-9, 100_000).solve(0, all)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"60, 80, 4000", "60, 400, 500"})
  void theGramOfDenseAndOfSparseRowsIsTheProduct(int users, int items, int events) {
    Dataset data = LinearData.random(9, users, items, events);
    double[][] expected = LinearData.gram(LinearData.dense(data));
    Gram gram = Gram.of(data.interactions(Weighting.standard()), FitContext.standard());
    for (int i = 0; i < expected.length; i++) {
      double[] row = new double[expected.length];
      gram.addTo(i, 2, row);
      for (int j = 0; j < expected.length; j++) {
        assertThat(gram.get(i, j)).isEqualTo(expected[i][j]);
        assertThat(row[j]).isEqualTo(2 * expected[i][j]);
      }
    }
  }

  @Test
  void aFoldedInHistoryScoresToTheBitLikeTraining() {
    Dataset data = LinearData.random(8, 60, 80, 1500);
    RecommenderModel model = Slim.builder().l1(0.5).halfLifeDays(0.01).build().fit(data);
    for (String user : data.users().ids()) {
      Recommendations trained = model.recommend(RecommendationQuery.forUser(user).build());
      assertThat(
              model.recommend(RecommendationQuery.forHistory(data.eventsOf(user)).build()).items())
          .isNotEmpty()
          .isEqualTo(trained.items());
    }
  }

  @Test
  void progressGoesThroughItsPhases() {
    List<Progress> heard = new ArrayList<>();
    Slim.builder()
        .build()
        .fit(LinearData.random(6, 100, 300, 5000), FitContext.standard().withListener(heard::add));
    assertThat(heard.stream().map(Progress::phase).distinct())
        .containsExactly("item pairs", "weights");
    assertThat(heard.get(heard.size() - 1).done()).isEqualTo(heard.get(heard.size() - 1).total());
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = LinearData.random(3, 20, 20, 100);
    Options options =
        Options.of("l1", "0.5", "l2", 7).with("neighbours", 5).with("tolerance", 0.001);
    RecommenderModel byName = Plugins.load().recommender("slim", options).fit(data);
    RecommenderModel byType =
        Slim.builder().l1(0.5).l2(7).neighbours(5).tolerance(0.001).build().fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options()).containsEntry("l1", "0.5").containsEntry("l2", "7.0");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> Slim.builder().l1(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option l1 is -1.0; allowed: 0.0 to ");
    assertThatThrownBy(() -> Slim.builder().l2(Double.NaN).build())
        .hasMessageContaining("option l2 is NaN");
    assertThatThrownBy(() -> Slim.builder().tolerance(0).build())
        .hasMessageContaining("option tolerance is 0.0");
    assertThatThrownBy(() -> Slim.builder().neighbours(-1).build())
        .hasMessageContaining("option neighbours is -1; allowed: 0 to 100000");
  }
}
