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
class SlimAccuracyTest {

  @Test
  void theDefaultsReachTheBandOnMovieLens1m() {
    Split split = PublishedData.ncf();
    PublishedData.Ranking found =
        PublishedData.ranking(
            Slim.builder().build().fit(split.train()), PublishedData.sampled(split));
    assertThat(found.hitRate()).isBetween(0.716, 0.730);
    assertThat(found.ndcg()).isBetween(0.446, 0.460);
  }
}
