// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Recommender;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.TestCases;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The leave-one-out protocol of the NCF paper on MovieLens 1M. The expected numbers were computed
 * on the same files by a program that shares nothing with this one.
 */
@Tag("accuracy")
@EnabledIf(
    value = "dev.pushwright.cf.PublishedData#ncfIsHere",
    disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
class NcfProtocolTest {

  private static final double BAND = 0.0005;

  private static Split split;
  private static TestCases cases;

  @BeforeAll
  static void readTheData() {
    split = PublishedData.ncf();
    cases = PublishedData.sampled(split);
  }

  @Test
  void everyUserIsAskedAndTheFlawedRowsAreNoted() {
    assertThat(cases.cases()).hasSize(6040);
    assertThat(cases.skipped()).isEmpty();
    assertThat(cases.notes())
        .anySatisfy(note -> assertThat(note).startsWith("156 users have the held-out item"));
  }

  @Test
  void popularityReachesTheKnownNumbers() {
    PublishedData.Ranking found = sampled(PopularityRecommender.builder().halfLifeDays(0).build());
    assertThat(found.hitRate()).isCloseTo(0.4531, within(BAND));
    assertThat(found.ndcg()).isCloseTo(0.2541, within(BAND));
  }

  @Test
  void itemKnnReachesTheKnownNumbers() {
    PublishedData.Ranking found =
        sampled(ItemKnn.builder().neighbours(100).shrinkage(0).halfLifeDays(0).build());
    assertThat(found.hitRate()).isCloseTo(0.6621, within(BAND));
    assertThat(found.ndcg()).isCloseTo(0.3904, within(BAND));
  }

  private static PublishedData.Ranking sampled(Recommender recommender) {
    return PublishedData.ranking(recommender.fit(split.train()), cases);
  }
}
