// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelTest {

  @ParameterizedTest
  @CsvSource({"0,5,4", "1,5,4", "10,5,4", "11,5,4", "1000,7,8", "1000,7,1", "3,1,16"})
  void everyIntegerIsWorkedOnceInBlocksThatDoNotDependOnTheThreads(
      int n, int blockSize, int threads) {
    AtomicIntegerArray worked = new AtomicIntegerArray(Math.max(1, n));
    Parallel.forBlocks(
        n,
        blockSize,
        threads,
        (from, to) -> {
          assertThat(from % blockSize).isZero();
          assertThat(to).isEqualTo(Math.min(n, from + blockSize));
          for (int i = from; i < to; i++) {
            worked.incrementAndGet(i);
          }
        });
    for (int i = 0; i < n; i++) {
      assertThat(worked.get(i)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void theFirstFailureIsThrownAndNoFurtherBlockBegins(int threads) {
    AtomicInteger blocks = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Parallel.forBlocks(
                    1_000_000,
                    1,
                    threads,
                    (from, to) -> {
                      blocks.incrementAndGet();
                      throw new IllegalStateException("block " + from);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("block ");
    assertThat(blocks.get()).isBetween(1, threads);
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void anErrorIsThrownAsItIs(int threads) {
    assertThatThrownBy(
            () ->
                Parallel.forBlocks(
                    8,
                    1,
                    threads,
                    (from, to) -> {
                      throw new StackOverflowError("deep");
                    }))
        .isInstanceOf(StackOverflowError.class);
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void anInterruptCancelsAndStaysSet(int threads) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Parallel.forBlocks(100, 1, threads, (from, to) -> {}))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesNoThreadsAndEmptyBlocks() {
    assertThatThrownBy(() -> Parallel.forBlocks(1, 0, 1, (from, to) -> {}))
        .hasMessageContaining("blockSize is 0");
    assertThatThrownBy(() -> Parallel.forBlocks(1, 1, 0, (from, to) -> {}))
        .hasMessageContaining("threads is 0");
  }
}
