// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rp3BetaTest {

  private static LinearModel fit(Rp3Beta.Builder rp3beta, Dataset data) {
    return (LinearModel) rp3beta.combine(Weighting.Combine.SUM).halfLifeDays(0).build().fit(data);
  }

  /** The definition, as a product of whole matrices. */
  private static double[][] walks(double[][] x, double alpha, double beta) {
    SimpleMatrix weights = new SimpleMatrix(x);
    int users = weights.getNumRows();
    int n = weights.getNumCols();
    SimpleMatrix toUser = new SimpleMatrix(n, users);
    SimpleMatrix toItem = new SimpleMatrix(users, n);
    double all = weights.elementSum();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < n; i++) {
        if (x[u][i] > 0) {
          toUser.set(i, u, Math.pow(x[u][i] / weights.getColumn(i).elementSum(), alpha));
          toItem.set(u, i, Math.pow(x[u][i] / weights.getRow(u).elementSum(), alpha));
        }
      }
    }
    SimpleMatrix product = toUser.mult(toItem);
    double[][] walks = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double degree = weights.getColumn(j).elementSum() / (all / n);
        walks[i][j] = i == j ? 0 : product.get(i, j) / Math.pow(degree, beta);
      }
    }
    return walks;
  }

  @Test
  void aHandWorkedScore() {
    // From tea to ann, bob or cid by 1/3, from ann and bob to pot by 1/2. Pot has 2 of 5 views,
    // 4/5 of the mean.
    RecommenderModel model = fit(Rp3Beta.builder().alpha(1).beta(2), LinearData.threeUsers());
    Recommendations forCid = model.recommend(RecommendationQuery.forUser("cid").build());
    assertThat(forCid.itemIds()).containsExactly("pot");
    assertThat(forCid.items().get(0).score())
        .isCloseTo(2 * (1 / 3. * 1 / 2.) / (0.8 * 0.8), within(1e-6));
    // And from pot to ann or bob by 1/2, then to tea by 1/2, squared by alpha.
    RecommenderModel squared = fit(Rp3Beta.builder().alpha(2).beta(0), LinearData.threeUsers());
    assertThat(LinearData.afterViewing(squared, "pot").items().get(0).score())
        .isCloseTo(2 * (1 / 4. * 1 / 4.), within(1e-7));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 60, 80, 1500, 1, 0.5",
    "2, 300, 40, 3000, 0.4, 0",
    "3, 30, 150, 2000, 2, 1",
    "4, 30, 30, 300, 0, 0.3"
  })
  void walksAreTheProductOfTheTransitionMatrices(
      long seed, int users, int items, int events, double alpha, double beta) {
    Dataset data = LinearData.random(seed, users, items, events);
    double[][] expected = walks(LinearData.dense(data), alpha, beta);
    ItemWeights found =
        fit(Rp3Beta.builder().alpha(alpha).beta(beta).neighbours(1000), data).weights();
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        assertThat((double) found.get(i, j))
            .as("from %s to %s", i, j)
            .isCloseTo(expected[i][j], within(1e-6 * (1e-3 + expected[i][j])));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "7"})
  void eachItemIsReachedFromItsBestNeighbours(int neighbours) {
    Dataset data = LinearData.random(5, 60, 80, 1500);
    double[][] expected = walks(LinearData.dense(data), 1, 0.5);
    ItemWeights found =
        fit(Rp3Beta.builder().alpha(1).beta(0.5).neighbours(neighbours), data).weights();
    for (int j = 0; j < expected.length; j++) {
      int to = j;
      double[] best =
          IntStream.range(0, expected.length)
              .mapToObj(i -> expected[i][to])
              .sorted(Comparator.reverseOrder())
              .limit(neighbours)
              .mapToDouble(w -> w)
              .toArray();
      double[] kept =
          IntStream.range(0, expected.length)
              .mapToObj(i -> (double) found.get(i, to))
              .filter(w -> w > 0)
              .sorted(Comparator.reverseOrder())
              .mapToDouble(w -> w)
              .toArray();
      assertThat(kept).containsExactly(best, within(1e-7));
    }
  }

  @Test
  void betaHoldsPopularItemsBack() {
    Dataset data = LinearData.random(6, 200, 100, 3000);
    int[] users = new int[data.items().size()];
    for (double[] row : LinearData.dense(data)) {
      for (int i = 0; i < row.length; i++) {
        users[i] += row[i] > 0 ? 1 : 0;
      }
    }
    double before = Double.POSITIVE_INFINITY;
    for (double beta : new double[] {0, 0.4, 0.8, 1.2}) {
      RecommenderModel model = fit(Rp3Beta.builder().beta(beta), data);
      double popularity = 0;
      for (String user : data.users().ids()) {
        for (Recommendation item :
            model.recommend(RecommendationQuery.forUser(user).limit(5).build()).items()) {
          popularity += users[data.items().find(item.itemId()).orElseThrow()];
        }
      }
      assertThat(popularity).as("users of what is recommended, beta %s", beta).isLessThan(before);
      before = popularity;
    }
  }

  @Test
  void aFoldedInHistoryScoresToTheBitLikeTraining() {
    Dataset data = LinearData.random(8, 60, 80, 1500);
    RecommenderModel model = Rp3Beta.builder().halfLifeDays(0.01).build().fit(data);
    for (String user : data.users().ids()) {
      Recommendations trained = model.recommend(RecommendationQuery.forUser(user).build());
      assertThat(
              model.recommend(RecommendationQuery.forHistory(data.eventsOf(user)).build()).items())
          .isNotEmpty()
          .isEqualTo(trained.items());
    }
  }

  @Test
  void weightsFromDenormalToHugeGiveFiniteScores() {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 20; u++) {
      double value = Math.pow(10, u - 8);
      data.add(new Interaction("u" + u, "a", EventType.RATING, value, 0, LinearData.T));
      data.add(new Interaction("u" + u, "b", EventType.RATING, 1 / value, 0, LinearData.T));
      data.add(Interaction.view("u" + u, "c", LinearData.T.minusSeconds(140L * 86_400)));
    }
    for (double beta : new double[] {0, 1, 4}) {
      RecommenderModel model =
          Rp3Beta.builder().beta(beta).alpha(0.1).halfLifeDays(1).build().fit(data.build());
      for (int u = 0; u < 20; u++) {
        Map<String, Double> scores = LinearData.scores(model, "u" + u);
        assertThat(scores).containsOnlyKeys("a", "b", "c");
        assertThat(scores.values()).allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void progressEndsAtTheTotal() {
    List<Progress> heard = new ArrayList<>();
    Rp3Beta.builder()
        .build()
        .fit(LinearData.random(6, 100, 300, 5000), FitContext.standard().withListener(heard::add));
    assertThat(heard.stream().map(Progress::phase).distinct()).containsExactly("walks");
    assertThat(heard.get(heard.size() - 1).done()).isEqualTo(heard.get(heard.size() - 1).total());
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = LinearData.random(3, 20, 20, 100);
    Options options = Options.of("alpha", "0.7", "beta", 0.2).with("neighbours", 9);
    RecommenderModel byName = Plugins.load().recommender("rp3beta", options).fit(data);
    RecommenderModel byType =
        Rp3Beta.builder().alpha(0.7).beta(0.2).neighbours(9).build().fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options())
        .containsEntry("alpha", "0.7")
        .containsEntry("beta", "0.2");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> Rp3Beta.builder().alpha(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option alpha is -1.0; allowed: 0.0 to 4.0");
    assertThatThrownBy(() -> Rp3Beta.builder().beta(Double.NaN).build())
        .hasMessageContaining("option beta is NaN");
    assertThatThrownBy(() -> Rp3Beta.builder().neighbours(0).build())
        .hasMessageContaining("option neighbours is 0; allowed: 1 to 100000");
  }
}
