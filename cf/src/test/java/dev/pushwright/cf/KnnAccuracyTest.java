// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Recommender;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.TestCases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** How well both neighbourhood recommenders do on the data of published tables. */
@Tag("accuracy")
class KnnAccuracyTest {

  @Nested
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#ncfIsHere",
      disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
  class MovieLens1m {

    private static Split split;
    private static TestCases cases;

    @BeforeAll
    static void readTheData() {
      split = PublishedData.ncf();
      cases = PublishedData.sampled(split);
    }

    private static void check(Recommender recommender, double hitRate, double ndcg) {
      PublishedData.Ranking found = PublishedData.ranking(recommender.fit(split.train()), cases);
      assertThat(found.hitRate()).isGreaterThanOrEqualTo(hitRate);
      assertThat(found.ndcg()).isGreaterThanOrEqualTo(ndcg);
    }

    @Test
    void theBestItemKnn() {
      check(ItemKnn.builder().neighbours(30).shrinkage(0).build(), 0.669, 0.398);
    }

    @Test
    void itemKnnAsItComesIsWithinTwoPercentOfIt() {
      check(ItemKnn.builder().build(), 0.98 * 0.6735, 0.98 * 0.3986);
    }

    @Test
    void theBestUserKnn() {
      // As it comes.
      check(UserKnn.builder().build(), 0.676, 0.410);
    }
  }

  @Nested
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#movieLens100kIsHere",
      disabledReason = "ml-100k is absent; give its parent folder with -Dpushwright.data=FOLDER")
  class MovieLens100k {

    private static void check(Recommender recommender, double rmse, double mae) {
      PublishedData.Errors found =
          PublishedData.fiveFold(recommender, PublishedData.movieLens100k());
      assertThat(found.rmse()).isLessThanOrEqualTo(rmse);
      assertThat(found.mae()).isLessThanOrEqualTo(mae);
    }

    @Test
    void itemKnnOnTheBaseline() {
      check(
          ItemKnn.builder()
              .weighting(Ratings.WEIGHTS.defaultValue())
              .combine(Ratings.COMBINE.defaultValue())
              .halfLifeDays(0)
              .similarity(Similarity.PEARSON)
              .neighbours(400)
              .shrinkage(100)
              .build(),
          0.916,
          0.7195);
    }

    @Test
    void itemKnnAsItComesIsWithinTwoPercentOfIt() {
      check(ItemKnn.builder().build(), 0.931, 0.730);
    }

    @Test
    void userKnnOnTheBaseline() {
      check(
          UserKnn.builder()
              .weighting(Ratings.WEIGHTS.defaultValue())
              .combine(Ratings.COMBINE.defaultValue())
              .halfLifeDays(0)
              .similarity(Similarity.PEARSON)
              .means(Means.BASELINE)
              .neighbours(400)
              .shrinkage(100)
              .amplification(1)
              .build(),
          0.926,
          0.725);
    }
  }
}
