// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.eval.Evaluation;
import dev.pushwright.eval.Splits;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which recommender suits this shop? Each learns from the first four fifths of the bundled sales
 * and is asked for what customers went on to buy in the last fifth.
 *
 * <p>Run it with {@code mvn -q -pl examples -am compile exec:java
 * -Dexec.mainClass=dev.pushwright.examples.CompareRecommenders}.
 */
public final class CompareRecommenders {

  private CompareRecommenders() {}

  /**
   * Prints the comparison as Markdown.
   *
   * @param args not used
   * @throws IOException when the bundled data cannot be read
   */
  public static void main(String[] args) throws IOException {
    Plugins plugins = Plugins.load();
    Options plain = Options.of("combine", "sum", "halfLifeDays", 0).with("shrinkage", 0);
    Evaluation evaluation =
        Evaluation.of(Splits.byTime(shop(), 0.2)).metrics("hr@10", "ndcg@10", "recall@10");
    for (String name :
        List.of(
            "popularity",
            "price-band",
            "content",
            "user-knn",
            "item-knn",
            "rules",
            "rp3beta",
            "slim",
            "ease",
            "bpr",
            "als",
            "hybrid")) {
      evaluation.recommender(name, plugins.recommender(name, Options.none()));
    }
    String report =
        evaluation
            .recommender("item-knn, plain cosine", plugins.recommender("item-knn", plain))
            .run()
            .toMarkdown();
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(report);
  }

  private static Dataset shop() throws IOException {
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz")) {
      return CsvIngest.builder()
          .add(bundled.path(), CsvMapping.named("online-retail"))
          .read()
          .dataset();
    }
  }
}
