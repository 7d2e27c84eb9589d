// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.neural.nn.CounterRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {

  private static final int[] LENGTHS =
      IntStream.range(0, 103).map(text -> CounterRandom.below(9, text, 40)).toArray();

  @Test
  void eachTextIsInOneBatchAmongOthersOfItsLength() {
    int[][] batches = LengthBatches.of(LENGTHS, 5, 100, 1, 2);
    assertThat(batches).hasNumberOfRows(21);
    assertThat(Arrays.stream(batches).flatMapToInt(Arrays::stream).sorted())
        .containsExactly(IntStream.range(0, 103).boxed().toArray(Integer[]::new));
    assertThat(Arrays.stream(batches).filter(batch -> batch.length == 5)).hasSize(20);
    for (int[] batch : batches) {
      int[] lengths = Arrays.stream(batch).map(text -> LENGTHS[text]).toArray();
      assertThat(lengths).isSorted();
      // Five of 103 that are spread over 40 lengths.
      assertThat(lengths[lengths.length - 1] - lengths[0]).isLessThan(10);
    }
  }

  @Test
  void keysDecideTheOrder() {
    int[][] batches = LengthBatches.of(LENGTHS, 5, 4, 1, 2);
    assertThat(LengthBatches.of(LENGTHS, 5, 4, 1, 2)).isDeepEqualTo(batches);
    assertThat(Arrays.deepToString(LengthBatches.of(LENGTHS, 5, 4, 3, 2)))
        .isNotEqualTo(Arrays.deepToString(batches));
    int[][] mixed = LengthBatches.of(LENGTHS, 5, 4, 1, 3);
    assertThat(Arrays.deepToString(mixed)).isNotEqualTo(Arrays.deepToString(batches));
    assertThat(Arrays.stream(mixed)).contains(batches);
  }

  @Test
  void textsOfOneLengthStayInTheirOrder() {
    assertThat(LengthBatches.byLength(new int[] {2, 1, 2, 1}, new int[] {3, 2, 1, 0}))
        .containsExactly(3, 1, 2, 0);
    assertThat(LengthBatches.of(new int[0], 5, 4, 1, 2)).isEmpty();
  }
}
