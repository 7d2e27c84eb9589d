// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Item;
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

/** MovieLens 1M as the NCF paper splits it, and how well a recommender does on it. */
final class PublishedData {

  /** Hit rate and normalised discounted cumulative gain among the first ten. */
  record Ranking(double hitRate, double ndcg) {}

  private static final Path ROOT = Path.of(System.getProperty("pushwright.data", "absent"));

  private PublishedData() {}

  /** For {@code @EnabledIf}: whether the data are here. */
  static boolean ncfIsHere() {
    return Files.isDirectory(ROOT.resolve("ml-1m-ncf"));
  }

  /** Leave-one-out. */
  static Split ncf() {
    return Splits.given(
        read("ml-1m-ncf/train.pairs.tsv.gz", "ncf-pairs"),
        read("ml-1m-ncf/test.rating.tsv", "movielens-100k-ratings"));
  }

  /** The paper's 99 negatives for each user. */
  static TestCases sampled(Split ncf) {
    return SampledNegatives.of(Negatives.read(ROOT.resolve("ml-1m-ncf/test.negative.tsv.gz")))
        .cases(ncf);
  }

  /** For {@code @EnabledIf}: whether the data are here. */
  static boolean movieLens100kIsHere() {
    return Files.isDirectory(ROOT.resolve("ml-100k"));
  }

  /** MovieLens 100K, every rating a pair, with what is known of users and films. */
  static Dataset movieLens100kDescribed() {
    Dataset all =
        CsvIngest.builder()
            .add(ROOT.resolve("ml-100k/u.data.gz"), CsvMapping.named("movielens-100k-ratings"))
            .add(ROOT.resolve("ml-100k/u.item"), CsvMapping.named("movielens-100k-items"))
            .add(ROOT.resolve("ml-100k/u.user"), CsvMapping.named("movielens-100k-users"))
            .read()
            .dataset();
    Dataset.Builder data = all.toBuilder();
    for (Item item : all.catalogue()) {
      // 01-Jan-1995: films of a decade go together.
      String released = item.attributes().getOrDefault("released", "");
      if (!released.isEmpty()) {
        String decade = released.substring(released.length() - 4, released.length() - 1) + "0s";
        data.replace(item.toBuilder().attribute("decade", decade).build());
      }
    }
    return data.build();
  }

  private static Dataset read(String file, String mapping) {
    return CsvIngest.builder().add(ROOT.resolve(file), CsvMapping.named(mapping)).read().dataset();
  }

  /** How a model ranks. */
  static Ranking ranking(RecommenderModel model, TestCases cases) {
    List<JudgedList> lists =
        cases.cases().stream().map(test -> test.judge(model.recommend(test.query(10)))).toList();
    return new Ranking(mean("hr@10", lists), mean("ndcg@10", lists));
  }

  private static double mean(String metric, List<JudgedList> lists) {
    return lists.stream().mapToDouble(RankingMetric.parse(metric)::of).average().orElseThrow();
  }
}
