// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.TestCases;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On MovieLens 1M as the NCF paper splits it, whose own best row is 0.730 and 0.447. */
@Tag("accuracy")
@EnabledIf(
    value = "dev.pushwright.cf.PublishedData#ncfIsHere",
    disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
class AlsAccuracyTest {

  private static Split split;
  private static TestCases cases;

  @BeforeAll
  static void readTheData() {
    split = PublishedData.ncf();
    cases = PublishedData.sampled(split);
  }

  private static PublishedData.Ranking of(Als.Builder als) {
    return PublishedData.ranking(als.build().fit(split.train()), cases);
  }

  @Test
  void with64Factors() {
    for (Als.Solver solver : Als.Solver.values()) {
      PublishedData.Ranking found = of(Als.builder().factors(64).solver(solver));
      assertThat(found.hitRate()).as("HR@10 by %s", solver).isBetween(0.718, 0.727);
      assertThat(found.ndcg()).as("NDCG@10 by %s", solver).isBetween(0.443, 0.449);
    }
  }

  @Test
  void with192FactorsAndWithWhatIsSetWhereNothingIsSaid() {
    PublishedData.Ranking best = of(Als.builder().factors(192));
    assertThat(best.hitRate()).as("HR@10").isBetween(0.730, 0.737);
    assertThat(best.ndcg()).as("NDCG@10").isBetween(0.453, 0.459);
    PublishedData.Ranking standard = of(Als.builder());
    assertThat(standard.hitRate()).as("HR@10").isGreaterThan(0.98 * best.hitRate());
    assertThat(standard.ndcg()).as("NDCG@10").isGreaterThan(0.98 * best.ndcg());
  }

  @Test
  void anUpdateWithOneEventInAHundredIsAsGoodAsARefitAndAnswersAlike() {
    SplittableRandom random = new SplittableRandom(5);
    List<Event> late = new ArrayList<>();
    Dataset.Builder early = Dataset.builder();
    split.train().catalogue().forEach(early::add);
    for (Event event : split.train().events()) {
      if (random.nextInt(100) == 0) {
        late.add(event);
      } else {
        early.add(event);
      }
    }
    Als als = Als.builder().factors(64).build();
    RecommenderModel updated = als.fit(early.build()).update(late);
    RecommenderModel refitted = als.fit(split.train());
    PublishedData.Ranking found = PublishedData.ranking(updated, cases);
    PublishedData.Ranking expected = PublishedData.ranking(refitted, cases);
    assertThat(found.hitRate()).isGreaterThan(expected.hitRate() - 0.005);
    assertThat(found.ndcg()).isGreaterThan(expected.ndcg() - 0.005);
    int same = 0;
    int asked = 0;
    for (String user : split.train().users().ids()) {
      RecommendationQuery query = RecommendationQuery.forUser(user).limit(10).build();
      List<String> items = new ArrayList<>(updated.recommend(query).itemIds());
      items.retainAll(refitted.recommend(query).itemIds());
      same += items.size();
      asked += 10;
    }
    assertThat((double) same / asked).as("share of the first ten in common").isGreaterThan(0.95);
  }

  @Test
  @EnabledIf(
      value = "dev.pushwright.cf.PublishedData#movieLens100kIsHere",
      disabledReason = "ml-100k is absent; give its parent folder with -Dpushwright.data=FOLDER")
  void explicitAlsPredictsTheRatingsOfMovieLens100k() {
    PublishedData.Errors found =
        PublishedData.fiveFold(ExplicitAls.builder().build(), PublishedData.movieLens100k());
    assertThat(found.rmse()).isBetween(0.908, 0.918);
    assertThat(found.mae()).isBetween(0.716, 0.726);
  }
}
