// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.eval.JudgedList;
import dev.pushwright.eval.Negatives;
import dev.pushwright.eval.RankingMetric;
import dev.pushwright.eval.SampledNegatives;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.TestCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    value = "dataAreHere",
    disabledReason = "ml-1m-ncf is absent; give its parent folder with -Dpushwright.data=FOLDER")
class NcfProtocolTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("pushwright.data", "absent"), "ml-1m-ncf");
  private static final double BAND = 0.0005;

  private static Split split;
  private static TestCases cases;

  static boolean dataAreHere() {
    return Files.isDirectory(FOLDER);
  }

  @BeforeAll
  static void readTheData() {
    split =
        Splits.given(
            read("train.pairs.tsv.gz", "ncf-pairs"),
            read("test.rating.tsv", "movielens-100k-ratings"));
    cases =
        SampledNegatives.of(Negatives.read(FOLDER.resolve("test.negative.tsv.gz"))).cases(split);
  }

  private static Dataset read(String file, String mapping) {
    return CsvIngest.builder()
        .add(FOLDER.resolve(file), CsvMapping.named(mapping))
        .read()
        .dataset();
  }

  private static List<Double> hitRateAndNdcg(Recommender recommender) {
    RecommenderModel model = recommender.fit(split.train());
    List<JudgedList> lists =
        cases.cases().stream().map(test -> test.judge(model.recommend(test.query(10)))).toList();
    return List.of(mean("hr@10", lists), mean("ndcg@10", lists));
  }

  private static double mean(String metric, List<JudgedList> lists) {
    return lists.stream().mapToDouble(RankingMetric.parse(metric)::of).average().orElseThrow();
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
    List<Double> found = hitRateAndNdcg(PopularityRecommender.builder().halfLifeDays(0).build());
    assertThat(found.get(0)).isCloseTo(0.4531, within(BAND));
    assertThat(found.get(1)).isCloseTo(0.2541, within(BAND));
  }

  @Test
  void itemKnnReachesTheKnownNumbers() {
    List<Double> found =
        hitRateAndNdcg(ItemKnn.builder().neighbours(100).shrinkage(0).halfLifeDays(0).build());
    assertThat(found.get(0)).isCloseTo(0.6621, within(BAND));
    assertThat(found.get(1)).isCloseTo(0.3904, within(BAND));
  }
}
