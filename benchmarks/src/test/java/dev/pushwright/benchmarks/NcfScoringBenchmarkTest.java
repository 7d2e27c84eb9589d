// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Recommendation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NcfScoringBenchmarkTest {

  @Test
  void everyUserGetsTenScoredItemsOfTheOwn() {
    NcfScoringBenchmark benchmark = new NcfScoringBenchmark();
    benchmark.users = 40;
    benchmark.items = 300;
    benchmark.each = 8;
    benchmark.setUp();
    Set<List<Double>> answers = new HashSet<>();
    for (int user = 0; user < 40; user++) {
      List<Recommendation> items = benchmark.recommend().items();
      assertThat(items).hasSize(10);
      List<Double> scores = items.stream().map(Recommendation::score).toList();
      assertThat(scores).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      answers.add(scores);
    }
    // A fallback would give all users the same scores.
    assertThat(answers).hasSize(40);
  }
}
