// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.data.Dataset;
import dev.pushwright.eval.Evaluation;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.eval.Split;
import dev.pushwright.eval.Splits;
import dev.pushwright.eval.search.HyperParameterSearch;
import dev.pushwright.eval.search.SearchResult;
import dev.pushwright.eval.search.SearchSpace;
import dev.pushwright.eval.search.SearchStrategy;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;

/**
 * The sample of the README on tuning; {@link TuningTest} runs it, {@link ReadmeTest} holds the two
 * equal.
 */
final class Tuning {

  record Found(SearchResult search, EvaluationResult evaluation) {}

  private Tuning() {}

  static Found run(Dataset data, Path folder) {
    Split split = Splits.byTime(data, 0.2);
    SearchResult found =
        HyperParameterSearch.of("item-knn", split.train()) // never sees split.test()
            .space(
                SearchSpace.none()
                    .choice("neighbours", 20, 50, 100)
                    .logUniform("shrinkage", 0.1, 1000))
            .strategy(SearchStrategy.successiveHalving(27, 3))
            .state(folder.resolve("search.jsonl")) // killed? Run it again and it goes on
            .run();
    EvaluationResult result =
        Evaluation.of(split)
            .recommender("as it comes", Plugins.load().recommender("item-knn", Options.none()))
            .recommender("tuned", Plugins.load().recommender("item-knn", found.bestOptions()))
            .run();
    return new Found(found, result);
  }
}
