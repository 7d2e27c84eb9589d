// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.eval.Split;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("accuracy")
@EnabledIf(
    value = "dev.pushwright.cf.PublishedData#ncfIsHere",
    disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
class Rp3BetaAccuracyTest {

  @Test
  void theDefaultsReachTheBandOnMovieLens1m() {
    Split split = PublishedData.ncf();
    PublishedData.Ranking found =
        PublishedData.ranking(
            Rp3Beta.builder().build().fit(split.train()), PublishedData.sampled(split));
    assertThat(found.hitRate()).isBetween(0.675, 0.690);
    assertThat(found.ndcg()).isBetween(0.401, 0.415);
  }
}
