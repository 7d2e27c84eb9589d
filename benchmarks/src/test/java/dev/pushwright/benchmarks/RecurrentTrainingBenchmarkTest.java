// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.math.Matmul;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrentTrainingBenchmarkTest {

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru"})
  void theStepThatIsTimedLearnsAndCountsItsTokens(String cell) {
    RecurrentTrainingBenchmark benchmark = new RecurrentTrainingBenchmark();
    benchmark.cell = cell;
    benchmark.tier = Matmul.tier();
    benchmark.threads = 2;
    benchmark.words = 20;
    benchmark.embedding = 12;
    benchmark.units = 24;
    benchmark.steps = 5;
    benchmark.setUp();
    RecurrentTrainingBenchmark.Counter counter = new RecurrentTrainingBenchmark.Counter();
    double first = benchmark.step(counter);
    double last = 0;
    for (int step = 0; step < 400; step++) {
      last = benchmark.step(counter);
    }
    benchmark.tearDown();
    assertThat(counter.tokens).isEqualTo(401 * 64 * 5);
    assertThat(first).isBetween(2.7, 3.3);
    // A token of the language has 1.25 nats: the right word comes with 0.7625, the 19 others with
    // 0.0125 each.
    assertThat(last).isBetween(1.1, 1.5);
  }
}
