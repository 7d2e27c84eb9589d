// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.eval.FullCatalogue;
import dev.pushwright.eval.JudgedList;
import dev.pushwright.eval.Negatives;
import dev.pushwright.eval.RankingMetric;
import dev.pushwright.eval.RatingMetrics;
import dev.pushwright.eval.SampledNegatives;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.TestCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The public data sets that published tables rest on, and how well a recommender does on them. */
final class PublishedData {

  /** Hit rate and normalised discounted cumulative gain among the first ten. */
  record Ranking(double hitRate, double ndcg) {}

  /** Errors of predicted ratings. */
  record Errors(double rmse, double mae) {}

  private static final Path ROOT = Path.of(System.getProperty("pushwright.data", "absent"));

  private PublishedData() {}

  /** For {@code @EnabledIf}: whether MovieLens 1M as the NCF paper splits it is here. */
  static boolean ncfIsHere() {
    return Files.isDirectory(ROOT.resolve("ml-1m-ncf"));
  }

  /** For {@code @EnabledIf}: whether MovieLens 100K is here. */
  static boolean movieLens100kIsHere() {
    return Files.isDirectory(ROOT.resolve("ml-100k"));
  }

  /** MovieLens 1M, leave-one-out, as the NCF paper splits it. */
  static Split ncf() {
    return Splits.given(
        read("ml-1m-ncf/train.pairs.tsv.gz", "ncf-pairs"),
        read("ml-1m-ncf/test.rating.tsv", "movielens-100k-ratings"));
  }

  /** The NCF paper's 99 negatives for each user. */
  static TestCases sampled(Split ncf) {
    return SampledNegatives.of(Negatives.read(ROOT.resolve("ml-1m-ncf/test.negative.tsv.gz")))
        .cases(ncf);
  }

  /** MovieLens 100K, 100 000 ratings. */
  static Dataset movieLens100k() {
    return read("ml-100k/u.data.gz", "movielens-100k-ratings");
  }

  /** The same with what is known of the films. */
  static Dataset movieLens100kWithTitles() {
    return CsvIngest.builder()
        .add(ROOT.resolve("ml-100k/u.data.gz"), CsvMapping.named("movielens-100k-ratings"))
        .add(ROOT.resolve("ml-100k/u.item"), CsvMapping.named("movielens-100k-items"))
        .read()
        .dataset();
  }

  /** For {@code @EnabledIf}: whether Online Retail is here. */
  static boolean onlineRetailIsHere() {
    return Files.isDirectory(ROOT.resolve("online-retail"));
  }

  /** The sales of a gift shop. */
  static Dataset onlineRetail() {
    return read("online-retail/online_retail.csv.gz", "online-retail");
  }

  private static Dataset read(String file, String mapping) {
    return CsvIngest.builder().add(ROOT.resolve(file), CsvMapping.named(mapping)).read().dataset();
  }

  /** Every item of the catalogue is a candidate. */
  static Ranking fullCatalogue(Recommender recommender, Split split) {
    return ranking(recommender.fit(split.train()), FullCatalogue.standard().cases(split));
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

  /** The mean over five random folds of the errors on each. */
  static Errors fiveFold(Recommender recommender, Dataset ratings) {
    double rmse = 0;
    double mae = 0;
    List<Split> folds = Splits.kFold(ratings, 5, 1);
    for (Split fold : folds) {
      RecommenderModel model = recommender.fit(fold.train());
      List<Event> events = fold.test().values().stream().flatMap(List::stream).toList();
      double[] actual = new double[events.size()];
      double[] predicted = new double[events.size()];
      for (int e = 0; e < actual.length; e++) {
        Interaction rating = (Interaction) events.get(e);
        actual[e] = rating.value();
        predicted[e] = model.predictRating(rating.userId(), rating.itemId());
      }
      rmse += RatingMetrics.rmse(actual, predicted) / folds.size();
      mae += RatingMetrics.mae(actual, predicted) / folds.size();
    }
    return new Errors(rmse, mae);
  }
}
