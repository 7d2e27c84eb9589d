// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatmulBenchmarkTest {

  @ParameterizedTest
  @ValueSource(strings = {"256x64x32", "1024x128x64", "3x5x7"})
  void allTiersGiveTheSameProduct(String shape) {
    float[] expected = answer(shape, "ijk");
    assertThat(expected).isNotEmpty().doesNotContain(0f);
    assertThat(answer(shape, "java")).containsExactly(expected, within(1e-4f));
    assertThat(answer(shape, "ejml")).containsExactly(expected, within(1e-4f));
    assertThat(answer(shape, "ikj")).containsExactly(expected, within(1e-4f));
  }

  @Test
  void theCounterCountsTwoOperationsForEachProductOfElements() {
    MatmulBenchmark benchmark = new MatmulBenchmark();
    benchmark.shape = "3x5x7";
    benchmark.setUp();
    MatmulBenchmark.Work work = new MatmulBenchmark.Work();
    benchmark.multiply(work);
    benchmark.multiply(work);
    assertThat(work.flops).isEqualTo(2 * (2 * 3 * 5 * 7));
  }

  private static float[] answer(String shape, String tier) {
    MatmulBenchmark benchmark = new MatmulBenchmark();
    benchmark.shape = shape;
    benchmark.tier = tier;
    benchmark.setUp();
    return benchmark.product();
  }
}
