// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Weighting;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** How well {@link Bpr} does on published data. */
@Tag("accuracy")
class BprAccuracyTest {

  // The NCF paper's own figures for BPR on these files are read off a plot: about 0.67 and 0.40.
  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#ncfIsHere",
      disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void movieLens1mInTheProtocolOfTheNcfPaper() {
    Split split = PublishedData.ncf();
    PublishedData.Ranking found =
        PublishedData.ranking(
            Bpr.builder().build().fit(split.train()), PublishedData.sampled(split));
    assertThat(found.hitRate()).isGreaterThan(0.69);
    assertThat(found.ndcg()).isGreaterThan(0.42);
  }

  // The protocol of the Recommenders repository's table: a random quarter of the ratings is held
  // out, each rating is a positive whatever its value, what a user rated in training is left out,
  // and NDCG is the mean over users. Its table has 0.442 for BPR.
  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#movieLens100kIsHere",
      disabledReason = "ml-100k is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void movieLens100kWithAQuarterHeldOut() {
    Split split = Splits.random(PublishedData.movieLens100k(), 0.25, 1);
    Weighting positives = Weighting.parse("RATING:1");
    Bpr byDefault = Bpr.builder().weighting(positives).build();
    assertThat(PublishedData.fullCatalogue(byDefault, split).ndcg()).isGreaterThan(0.442);
    Bpr tuned =
        Bpr.builder().weighting(positives).halfLifeDays(0).regularization(0.02).epochs(60).build();
    assertThat(PublishedData.fullCatalogue(tuned, split).ndcg()).isGreaterThan(0.46);
  }
}
