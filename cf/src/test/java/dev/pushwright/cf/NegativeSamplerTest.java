// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.math.SparseRows;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegativeSamplerTest {

  private static final int ITEMS = 200;

  /** One user, who has every item but those whose number leaves no rest by the given one. */
  private static SparseRows allBut(int divisor) {
    SparseRows.Builder rows = SparseRows.builder(ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      if (i % divisor != 0) {
        rows.add(i, 1);
      }
    }
    return rows.endRow().build();
  }

  private static int[] all() {
    return IntStream.range(0, ITEMS).toArray();
  }

  private static int[] alike() {
    return new int[0];
  }

  private static int[] byNumber() {
    return IntStream.rangeClosed(1, ITEMS).toArray();
  }

  // With 2 half of the draws are rejected; with 100 the user has 198 of 200, and nearly every draw
  // ends in the count of what is left.
  @ParameterizedTest
  @CsvSource({"2, false", "2, true", "20, false", "20, true", "100, false", "100, true"})
  void whatTheUserHasIsNeverDrawnAndTheRestInProportion(int divisor, boolean weighted) {
    SparseRows has = allBut(divisor);
    int[] weights = weighted ? byNumber() : alike();
    NegativeSampler sampler = new NegativeSampler(has, all(), 0, ITEMS, weights);
    SplittableRandom random = new SplittableRandom(5);
    int draws = 200_000;
    int[] drawn = new int[ITEMS];
    for (int d = 0; d < draws; d++) {
      drawn[sampler.draw(0, random)]++;
    }
    double total = 0;
    for (int i = 0; i < ITEMS; i += divisor) {
      total += weighted ? weights[i] : 1;
    }
    for (int i = 0; i < ITEMS; i++) {
      double share = i % divisor != 0 ? 0 : (weighted ? weights[i] : 1) / total;
      // Five standard deviations of a binomial.
      double tolerance = 5 * Math.sqrt(draws * share * (1 - share));
      assertThat((double) drawn[i]).as("item %s", i).isCloseTo(draws * share, within(tolerance));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aUserWhoHasEverythingEndsTheSearch(boolean weighted) {
    SparseRows.Builder rows = SparseRows.builder(ITEMS);
    for (int i : all()) {
      rows.add(i, 1);
    }
    NegativeSampler sampler =
        new NegativeSampler(
            rows.endRow().build(), all(), 0, ITEMS, weighted ? byNumber() : alike());
    assertThat(sampler.draw(0, new SplittableRandom(1))).isEqualTo(NegativeSampler.NONE);
  }

  @Test
  void onlyThePartOfThePoolIsDrawnFrom() {
    int[] pool = {7, 3, 9, 4, 1};
    SparseRows none = SparseRows.builder(10).endRow().build();
    SplittableRandom random = new SplittableRandom(2);
    for (int[] weights : new int[][] {alike(), {1, 9, 1, 5, 2, 1, 1, 1, 1, 3}}) {
      NegativeSampler sampler = new NegativeSampler(none, pool, 1, 4, weights);
      int[] drawn = IntStream.range(0, 1000).map(d -> sampler.draw(0, random)).toArray();
      assertThat(IntStream.of(drawn).distinct().sorted().toArray()).containsExactly(3, 4, 9);
    }
    assertThat(new NegativeSampler(none, pool, 2, 2, alike()).draw(0, random))
        .isEqualTo(NegativeSampler.NONE);
  }
}
