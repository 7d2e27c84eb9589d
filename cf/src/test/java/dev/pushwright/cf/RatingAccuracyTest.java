// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Recommender;
import dev.pushwright.cf.PublishedData.Errors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Five random folds of MovieLens 100K, every option at its default. The bands are what good
 * implementations reach that are in use, for each kind of model.
 */
@Tag("accuracy")
@EnabledIf("dev.pushwright.cf.PublishedData#movieLens100kIsHere")
class RatingAccuracyTest {

  private static void check(Recommender recommender, double rmse, double mae) {
    Errors errors = PublishedData.fiveFold(recommender, PublishedData.movieLens100k());
    assertThat(errors.rmse()).as("RMSE; %s", errors).isLessThanOrEqualTo(rmse);
    assertThat(errors.mae()).as("MAE; %s", errors).isLessThanOrEqualTo(mae);
  }

  @Test
  void baselineIsAsGoodAsPublished() {
    check(Baseline.builder().build(), 0.944, 0.748);
  }

  @Test
  void biasedMfIsAsGoodAsPublished() {
    check(BiasedMf.builder().build(), 0.930, 0.733);
  }

  @Test
  void svdPlusPlusIsAsGoodAsPublished() {
    check(SvdPlusPlus.builder().build(), 0.918, 0.720);
  }
}
