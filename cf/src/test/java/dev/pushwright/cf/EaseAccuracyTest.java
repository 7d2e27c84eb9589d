// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Weighting;
import dev.pushwright.eval.FullCatalogue;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A closed form has one answer: the expected numbers on MovieLens 1M were computed from the formula
 * by a program that shares nothing with this one.
 */
@Tag("accuracy")
class EaseAccuracyTest {

  private static final double FOURTH_DIGIT = 0.00005;

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#ncfIsHere",
      disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void movieLens1mIsRankedAsByTheFormula() {
    Split split = PublishedData.ncf();
    LinearModel paper = (LinearModel) Ease.builder().lambda(1320).build().fit(split.train());
    PublishedData.Ranking sampled = PublishedData.ranking(paper, PublishedData.sampled(split));
    assertThat(sampled.hitRate()).isCloseTo(0.7192, within(FOURTH_DIGIT));
    assertThat(sampled.ndcg()).isCloseTo(0.4494, within(FOURTH_DIGIT));
    PublishedData.Ranking full =
        PublishedData.ranking(paper, FullCatalogue.standard().cases(split));
    assertThat(full.hitRate()).isCloseTo(0.1075, within(FOURTH_DIGIT));
    assertThat(full.ndcg()).isCloseTo(0.0539, within(FOURTH_DIGIT));
  }

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#ncfIsHere",
      disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void theDefaultsAreWithinTwoPercentOfTheBestOnMovieLens1m() {
    Split split = PublishedData.ncf();
    LinearModel defaults = (LinearModel) Ease.builder().build().fit(split.train());
    PublishedData.Ranking full =
        PublishedData.ranking(defaults, FullCatalogue.standard().cases(split));
    assertThat(full.hitRate()).isCloseTo(0.1126, within(FOURTH_DIGIT));
    assertThat(full.ndcg()).isCloseTo(0.0559, within(FOURTH_DIGIT));
    PublishedData.Ranking sampled = PublishedData.ranking(defaults, PublishedData.sampled(split));
    assertThat(sampled.hitRate()).isGreaterThan(0.98 * 0.7192);
    assertThat(sampled.ndcg()).isGreaterThan(0.98 * 0.4494);
  }

  /** Every rating counts alike, whatever its value, in training and as what is to be found. */
  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#movieLens100kIsHere",
      disabledReason = "ml-100k is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void aQuarterOfMovieLens100kIsFound() {
    Split split = Splits.random(PublishedData.movieLens100k(), 0.25, 1);
    Ease ease = Ease.builder().halfLifeDays(0).combine(Weighting.Combine.BINARY).build();
    assertThat(PublishedData.fullCatalogue(ease, split).ndcg()).isBetween(0.45, 0.50);
  }
}
