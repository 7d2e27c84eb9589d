// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.eval.Split;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("accuracy")
@EnabledIf(
    value = "dev.pushwright.cf.PublishedData#ncfIsHere",
    disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
class Rp3BetaAccuracyTest {

  // The best that was found here; data of shops prefer the beta of the defaults.
  private static final double HIT_RATE = 0.6763;
  private static final double NDCG = 0.4032;

  private static PublishedData.Ranking sampled(Rp3Beta rp3beta) {
    Split split = PublishedData.ncf();
    return PublishedData.ranking(rp3beta.fit(split.train()), PublishedData.sampled(split));
  }

  @Test
  void theBestOptionsReachTheBandOnMovieLens1m() {
    PublishedData.Ranking found = sampled(Rp3Beta.builder().neighbours(150).beta(0.6).build());
    assertThat(found.hitRate()).isCloseTo(HIT_RATE, within(0.0005)).isGreaterThan(0.675);
    assertThat(found.ndcg()).isCloseTo(NDCG, within(0.0005)).isGreaterThan(0.401);
  }

  @Test
  void theDefaultsAreWithinTwoPercentOfThem() {
    PublishedData.Ranking found = sampled(Rp3Beta.builder().build());
    assertThat(found.hitRate()).isGreaterThan(0.98 * HIT_RATE);
    assertThat(found.ndcg()).isGreaterThan(0.98 * NDCG);
  }
}
