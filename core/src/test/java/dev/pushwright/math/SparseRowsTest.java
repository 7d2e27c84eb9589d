// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 64, 300})
  void holdsWhatADenseMatrixHoldsInBothOrientations(int rows) {
    SplittableRandom random = new SplittableRandom(rows);
    int columns = 1 + random.nextInt(50);
    float[][] dense = new float[rows][columns];
    SparseRows.Builder builder = SparseRows.builder(columns);
    for (float[] row : dense) {
      for (int c = 0; c < columns; c++) {
        if (random.nextInt(4) == 0) {
          row[c] = 1 + random.nextInt(1000);
          builder.add(c, row[c]);
        }
      }
      builder.endRow();
    }
    SparseRows matrix = builder.build();
    SparseRows transposed = matrix.transpose();
    assertThat(matrix.rows()).isEqualTo(rows);
    assertThat(transposed.rows()).isEqualTo(columns);
    assertThat(transposed.columns()).isEqualTo(rows);
    for (int r = 0; r < rows; r++) {
      float[] back = new float[columns];
      for (int p = matrix.start(r); p < matrix.end(r); p++) {
        back[matrix.column(p)] = matrix.value(p);
      }
      assertThat(back).isEqualTo(dense[r]);
      float[] sums = new float[columns];
      Arrays.fill(sums, 5);
      matrix.addTo(r, 2, sums);
      for (int c = 0; c < columns; c++) {
        assertThat(sums[c]).isEqualTo(5 + 2 * dense[r][c]);
      }
      for (int c = 0; c < columns; c++) {
        assertThat(matrix.get(r, c)).isEqualTo(dense[r][c]);
        assertThat(transposed.get(c, r)).isEqualTo(dense[r][c]);
      }
      assertThat(matrix.rowColumns(r)).isSorted().hasSameSizeAs(matrix.rowValues(r));
    }
    assertThat(transposed.transpose()).isEqualTo(matrix).hasSameHashCodeAs(matrix);
    assertThat(transposed.size()).isEqualTo(matrix.size());
  }

  @Test
  void refusesColumnsOutOfRangeOutOfOrderAndValuesThatAreNoNumbers() {
    SparseRows.Builder builder = SparseRows.builder(3).add(1, 1);
    assertThatThrownBy(() -> builder.add(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.add(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.add(1, 1)).hasMessageContaining("column 1 comes after");
    assertThatThrownBy(() -> builder.add(2, Float.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> SparseRows.builder(-1)).hasMessageContaining("-1");
  }

  @Test
  void aRowThatWasNotEndedIsNotThere() {
    SparseRows matrix = SparseRows.builder(3).add(0, 5).endRow().add(1, 6).build();
    assertThat(matrix.rows()).isEqualTo(1);
    assertThat(matrix.size()).isEqualTo(1);
    assertThat(matrix).hasToString("1 x 3 with 1 values");
  }

  @Test
  void columnsMayHaveTheirRowsInAnyOrder() {
    int[] starts = {0, 3, 3, 5};
    SparseRows matrix =
        SparseRows.ofColumns(4, starts, new int[] {3, 0, 2, 2, 0, 9}, new float[] {1, 2, 3, 4, 5});
    assertThat(matrix)
        .isEqualTo(
            SparseRows.builder(3)
                .add(0, 2)
                .add(2, 5)
                .endRow()
                .endRow()
                .add(0, 3)
                .add(2, 4)
                .endRow()
                .add(0, 1)
                .endRow()
                .build());
  }

  @Test
  void columnsWithARowTwiceOrOutOfRangeOrWithoutANumberAreRefused() {
    int[] starts = {0, 1, 3};
    float[] ones = {1, 1, 1};
    assertThatThrownBy(() -> SparseRows.ofColumns(4, starts, new int[] {2, 2, 2}, ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 2 is twice in column 1");
    assertThatThrownBy(() -> SparseRows.ofColumns(4, starts, new int[] {2, 2, 4}, ones))
        .isInstanceOf(IndexOutOfBoundsException.class);
    float[] infinite = {1, Float.POSITIVE_INFINITY, 1};
    assertThatThrownBy(() -> SparseRows.ofColumns(4, starts, new int[] {2, 2, 3}, infinite))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 2, column 1: value is Infinity");
  }

  @Test
  void columnsThatDoNotFollowOneAnotherAreRefused() {
    int[] rows = {0, 1, 2};
    float[] ones = {1, 1, 1};
    assertThatThrownBy(() -> SparseRows.ofColumns(3, new int[] {}, rows, ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin with 0");
    assertThatThrownBy(() -> SparseRows.ofColumns(3, new int[] {1, 3}, rows, ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begin with 0");
    assertThatThrownBy(() -> SparseRows.ofColumns(3, new int[] {0, 3, 2}, rows, ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column 1 begins at 3, after its end at 2");
  }
}
