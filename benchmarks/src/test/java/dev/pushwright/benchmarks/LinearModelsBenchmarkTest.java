// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearModelsBenchmarkTest {

  private static LinearModelsBenchmark benchmark(String rival) {
    LinearModelsBenchmark benchmark = new LinearModelsBenchmark();
    benchmark.shape = "300x200x30";
    benchmark.rival = rival;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void theLibraryAndTheFormulaFindTheSameWeights() {
    LinearModelsBenchmark library = benchmark("ease");
    LinearModelsBenchmark formula = benchmark("ejml-ease");
    Object found = library.fit();
    Object expected = formula.fit();
    for (int item = 0; item < 100; item++) {
      String id = Synthetic.id("i", item);
      Map<String, Double> weights = formula.answer(expected, id);
      assertThat(weights).isNotEmpty();
      assertThat(library.answer(found, id).keySet()).isEqualTo(weights.keySet());
      library
          .answer(found, id)
          .forEach(
              (other, weight) ->
                  assertThat(weight)
                      .as("%s for %s", id, other)
                      .isCloseTo(weights.get(other), within(1e-6 * (0.01 + weight))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slim", "rp3beta"})
  void theOthersAnswerToo(String rival) {
    LinearModelsBenchmark benchmark = benchmark(rival);
    assertThat(benchmark.answer(benchmark.fit(), Synthetic.id("i", 0))).isNotEmpty();
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    LinearModelsBenchmark benchmark = benchmark("magic");
    assertThatIllegalArgumentException().isThrownBy(benchmark::fit).withMessageContaining("magic");
  }
}
