// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwright.benchmarks.FpGrowthBenchmark.Mined;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FpGrowthBenchmarkTest {

  private static Object mine(String rival, int slips) throws IOException {
    FpGrowthBenchmark benchmark = new FpGrowthBenchmark();
    benchmark.rival = rival;
    benchmark.slipsMade = slips;
    benchmark.setUp();
    return benchmark.mine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp-growth", "fp-growth from ids"})
  void allRivalsFindTheSame(String rival) throws IOException {
    NaiveApriori expected = (NaiveApriori) mine("apriori", 600);
    Mined found = (Mined) mine(rival, 600);
    Map<Set<String>, Integer> counts = new HashMap<>();
    found.itemsets().all().forEach(set -> counts.put(Set.copyOf(set.items()), set.count()));
    assertThat(counts).hasSizeGreaterThan(200).isEqualTo(expected.counts());
    assertThat(found.rules().all())
        .hasSizeGreaterThan(50)
        .extracting(
            rule ->
                new NaiveApriori.Rule(
                    Set.copyOf(rule.antecedent()), rule.consequent().get(0), rule.confidence()))
        .containsExactlyInAnyOrderElementsOf(expected.rules());
  }

  @Test
  void theMadeUpSlipsAreLikeThoseOfGroceries() throws IOException {
    Mined found = (Mined) mine("fp-growth", 9835);
    // Groceries: 1,001 itemsets, up to 4 items, 872 rules.
    assertThat(found.itemsets().baskets()).isEqualTo(9835);
    assertThat(found.itemsets().size()).isBetween(600, 1200);
    assertThat(found.itemsets().all()).anyMatch(set -> set.items().size() == 4);
    assertThat(found.rules().size()).isBetween(500, 1000);
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mine("magic", 10))
        .withMessageContaining("magic");
  }
}
