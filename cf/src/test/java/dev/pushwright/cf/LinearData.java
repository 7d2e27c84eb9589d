// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Data and questions that the tests of the linear models share. */
final class LinearData {

  static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private LinearData() {}

  /** ann has tea and pot, bob has tea and pot, cid has tea. */
  static Dataset threeUsers() {
    return Dataset.builder()
        .add(Interaction.view("ann", "pot", T))
        .add(Interaction.view("ann", "tea", T))
        .add(Interaction.view("bob", "pot", T))
        .add(Interaction.view("bob", "tea", T))
        .add(Interaction.view("cid", "tea", T))
        .build();
  }

  /** Views and purchases of few popular items and many rare ones. */
  static Dataset random(long seed, int users, int items, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int e = 0; e < events; e++) {
      double skew = random.nextDouble();
      String item = "i" + (int) (skew * skew * items);
      EventType type = random.nextBoolean() ? EventType.VIEW : EventType.PURCHASE;
      data.add(
          new Interaction(
              "u" + random.nextInt(users), item, type, 1, 0, T.plusSeconds(random.nextInt(1000))));
    }
    return data.build();
  }

  /** X, users × items, under the standard weighting that adds up. */
  static double[][] dense(Dataset data) {
    return dense(data, Weighting.standard());
  }

  static double[][] dense(Dataset data, Weighting weighting) {
    var matrix = data.interactions(weighting).byUser();
    double[][] dense = new double[matrix.rows()][matrix.columns()];
    for (int u = 0; u < dense.length; u++) {
      for (int p = matrix.start(u); p < matrix.end(u); p++) {
        dense[u][matrix.column(p)] = matrix.value(p);
      }
    }
    return dense;
  }

  /** XᵀX by its definition. */
  static double[][] gram(double[][] x) {
    int n = x[0].length;
    double[][] gram = new double[n][n];
    for (double[] row : x) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          gram[i][j] += row[i] * row[j];
        }
      }
    }
    return gram;
  }

  /** The mean of the squares of what is not 0. */
  static double meanSquare(double[][] x) {
    double squares = 0;
    int count = 0;
    for (double[] row : x) {
      for (double value : row) {
        squares += value * value;
        count += value > 0 ? 1 : 0;
      }
    }
    return squares / count;
  }

  /** The scores of every item that is recommended to a user, seen ones too. */
  static Map<String, Double> scores(RecommenderModel model, String user) {
    Recommendations all =
        model.recommend(
            RecommendationQuery.forUser(user).limit(100_000).excludeSeen(false).build());
    Map<String, Double> scores = new HashMap<>();
    for (Recommendation item : all.items()) {
      scores.put(item.itemId(), item.score());
    }
    return scores;
  }

  /** What a user who viewed one item is recommended. */
  static Recommendations afterViewing(RecommenderModel model, String item) {
    return model.recommend(
        RecommendationQuery.forHistory(List.of(Interaction.view("someone", item, T))).build());
  }
}
