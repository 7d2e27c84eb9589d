// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rivals have to give the same label to every point. */
class ClusterBenchmarkTest {

  private static int[] labels(String work, String rival) {
    ClusterBenchmark benchmark = new ClusterBenchmark();
    benchmark.work = work;
    benchmark.rival = rival;
    benchmark.clusters = 12;
    benchmark.iterations = 7;
    benchmark.setUp();
    return benchmark.fit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k-means 3000x16", "dbscan 2000x8"})
  void allRivalsGiveTheSameLabels(String work) {
    int[] plain = labels(work, "plain");
    assertThat(Arrays.stream(plain).distinct().count()).isGreaterThan(5);
    assertThat(labels(work, "ours")).isEqualTo(plain);
    assertThat(labels(work, "ours-2")).isEqualTo(plain);
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labels("k-means 30x2", "magic"))
        .withMessageContaining("magic");
  }
}
