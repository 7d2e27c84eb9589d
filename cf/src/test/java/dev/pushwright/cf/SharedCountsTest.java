// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Counting by bits against counting one by one, which {@link NeighboursTest} holds to theory. */
class SharedCountsTest {

  private static List<Measure> measures() {
    return List.of(
        Measure.of(Similarity.COSINE),
        new Measure(Similarity.COSINE, Means.ALL, 0.5, 3, 20, 2),
        Measure.of(Similarity.JACCARD),
        new Measure(Similarity.ASYMMETRIC_COSINE, Means.ALL, 0.2, 1, 5, 1),
        new Measure(Similarity.ASYMMETRIC_COSINE, Means.ALL, 0, 1, 0, 1),
        new Measure(Similarity.ASYMMETRIC_COSINE, Means.ALL, 1, 1, 0, 1),
        new Measure(Similarity.LOG_LIKELIHOOD, Means.ALL, 0.5, 2, 3, 1));
  }

  static List<Arguments> sizesAndMeasures() {
    List<Arguments> all = new ArrayList<>();
    for (Measure measure : measures()) {
      // From fewer rows than are sampled to several times as many.
      for (int rows : new int[] {1, 2, 100, 500, 1500}) {
        all.add(Arguments.of(rows, measure));
      }
    }
    return all;
  }

  /** Popular columns and rare ones, active rows, and some that have nothing. */
  private static SparseRows skewed(long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    SparseRows.Builder all = SparseRows.builder(columns);
    for (int row = 0; row < rows; row++) {
      double activity = row % 37 == 5 ? 0 : Math.pow(random.nextDouble(), 2);
      for (int c = 0; c < columns; c++) {
        if (random.nextDouble() < activity * 8 / (8 + c % 100)) {
          all.add(c, 1);
        }
      }
      all.endRow();
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("sizesAndMeasures")
  void neighboursByBitsAreThoseOneByOneToTheBit(int size, Measure measure) {
    SparseRows rows = skewed(size, size, 150);
    SparseRows columns = rows.transpose();
    assertThat(SharedCounts.of(rows, columns)).isPresent();
    for (int kept : new int[] {1, 20, 10_000}) {
      Neighbours kernel = new Neighbours(rows, columns, measure, kept);
      SparseRows all = kernel.all(FitContext.standard().withThreads(2));
      for (int i = 0; i < size; i++) {
        Neighbours.Found one = kernel.nearest(i);
        assertThat(all.rowColumns(i)).as("row %s, %s kept", i, kept).isEqualTo(one.rows());
        assertThat(all.rowValues(i)).as("row %s, %s kept", i, kept).isEqualTo(one.similarities());
      }
    }
  }

  @Test
  void aWrongGuessOfTheFloorDoesNotChangeWhatIsChosen() {
    // 32 columns are one word, so that ranks are numbers and every fifth row is sampled: of the
    // first 400 the sampled rows are all the same, and so the guess is 1, which only they reach.
    SplittableRandom random = new SplittableRandom(3);
    SparseRows.Builder all = SparseRows.builder(32);
    for (int row = 0; row < 1000; row++) {
      boolean same = row % 5 == 2 && row < 400;
      for (int c = 0; c < 32; c++) {
        if (same ? c < 16 : random.nextInt(3) == 0) {
          all.add(c, 1);
        }
      }
      all.endRow();
    }
    SparseRows rows = all.build();
    Neighbours kernel = new Neighbours(rows, rows.transpose(), Measure.of(Similarity.COSINE), 150);
    SparseRows found = kernel.all(FitContext.standard());
    Neighbours.Found expected = kernel.nearest(2);
    assertThat(found.rowColumns(2)).hasSize(150).isEqualTo(expected.rows());
    assertThat(found.rowValues(2)).isEqualTo(expected.similarities());
  }

  @Test
  void everyPairIsCounted() {
    SparseRows rows = skewed(9, 300, 333);
    SharedCounts pairs = SharedCounts.of(rows, rows.transpose()).orElseThrow();
    pairs.count(FitContext.standard().withThreads(3));
    int[] ranked = pairs.ranked();
    assertThat(ranked).doesNotHaveDuplicates().hasSize(300);
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 300; j++) {
        int shared = 0;
        for (int c = 0; c < 333; c++) {
          shared += rows.get(ranked[i], c) > 0 && rows.get(ranked[j], c) > 0 ? 1 : 0;
        }
        assertThat((int) pairs.of(i)[j]).as("ranks %s and %s", i, j).isEqualTo(shared);
      }
    }
  }

  @Test
  void manyRowsAndSparseOnesAreLeftToOneByOne() {
    SparseRows.Builder many = SparseRows.builder(1);
    for (int row = 0; row <= SharedCounts.MAX_ROWS; row++) {
      many.add(0, 1).endRow();
    }
    assertThat(SharedCounts.of(many.build(), many.build().transpose())).isEmpty();
    // Each row has a column of its own: no pair shares any.
    SparseRows.Builder sparse = SparseRows.builder(500);
    for (int row = 0; row < 500; row++) {
      sparse.add(row, 1).endRow();
    }
    assertThat(SharedCounts.of(sparse.build(), sparse.build().transpose())).isEmpty();
  }
}
