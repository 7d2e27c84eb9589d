// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.eval.Split;
import dev.pushwright.eval.TestCases;
import dev.pushwright.spi.Options;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Several recommenders, and each of them alone, on the public data sets. */
@Tag("accuracy")
class HybridAccuracyTest {

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#ncfIsHere",
      disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void blendOfEaseAndAlsRanksAsAnIndependentComputationDoes() {
    Split split = PublishedData.ncf();
    TestCases cases = PublishedData.sampled(split);
    Options lambda = Options.of("lambda", 300);
    Options factors = Options.of("factors", 192);
    Hybrid hybrid = Hybrid.builder().part("ease", lambda).part("als", factors).build();
    PublishedData.Ranking found = PublishedData.ranking(hybrid.fit(split.train()), cases);
    // 0.729 / 0.4584 with equal weights of standardised scores, by a program that shares nothing.
    assertThat(found.hitRate()).isGreaterThan(0.727);
    assertThat(found.ndcg()).isGreaterThan(0.4565);
  }

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#ncfIsHere",
      disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void blendOfFourRanksBetterThanEachOfItsParts() {
    Split split = PublishedData.ncf();
    // Weights from a search on each user's last item of training, among 300 others.
    Hybrid hybrid =
        Hybrid.builder()
            .part("ease", Options.of("lambda", 300), 1.11)
            .part("als", Options.of("factors", 192), 2.22)
            .part(
                "bpr",
                Options.of("factors", 64, "regularization", 0.007).with("negatives", 5),
                3.33)
            .part("slim", Options.none(), 1.33)
            .build();
    PublishedData.Ranking found =
        PublishedData.ranking(hybrid.fit(split.train()), PublishedData.sampled(split));
    // The best part alone, als: 0.7323 / 0.4542.
    assertThat(found.hitRate()).isGreaterThan(0.7325);
    assertThat(found.ndcg()).isGreaterThan(0.458);
  }

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#movieLens100kIsHere",
      disabledReason = "ml-100k is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void hybridOfRatingModelsPredictsBetterThanEachOfThem() {
    Hybrid hybrid =
        Hybrid.builder()
            .part("svd++", Options.none())
            .part("biased-mf", Options.none())
            .part(
                "item-knn",
                RATINGS
                    .with("similarity", "pearson")
                    .with("neighbours", 400)
                    .with("shrinkage", 100))
            .learnWeights(Hybrid.Learning.RATINGS)
            .build();
    PublishedData.Errors found = PublishedData.fiveFold(hybrid, PublishedData.movieLens100k());
    // svd++ alone, the best of the three: .9018 / .7080.
    assertThat(found.rmse()).isLessThan(0.897);
    assertThat(found.mae()).isLessThan(0.706);
  }

  private static final Options RATINGS =
      Options.of("weights", "RATING:1*value", "halfLifeDays", 0).with("combine", "last");
}
