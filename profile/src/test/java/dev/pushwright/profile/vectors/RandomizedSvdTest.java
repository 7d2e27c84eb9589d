// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is EJML's exact decomposition of the same matrix, dense. */
class RandomizedSvdTest {

  private static final FitContext ONE = FitContext.standard().withThreads(1);

  private static SparseRows random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SparseRows.Builder out = SparseRows.builder(columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (random.nextInt(3) == 0) {
          // Values fall by row and column, as mutual information does; some have no sign in common.
          out.add(c, (float) ((random.nextDouble() - 0.3) * 5 / (1 + 0.2 * r) / (1 + 0.1 * c)));
        }
      }
      out.endRow();
    }
    return out.build();
  }

  private static DMatrixRMaj dense(SparseRows rows) {
    DMatrixRMaj dense = new DMatrixRMaj(rows.rows(), rows.columns());
    for (int r = 0; r < rows.rows(); r++) {
      for (int p = rows.start(r); p < rows.end(r); p++) {
        dense.set(r, rows.column(p), rows.value(p));
      }
    }
    return dense;
  }

  private static double[] exact(DMatrixRMaj matrix) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
    assertThat(svd.decompose(matrix.copy())).isTrue();
    double[] values = svd.getSingularValues();
    double[] falling = Arrays.stream(values).map(x -> -x).sorted().map(x -> -x).toArray();
    return falling;
  }

  private static void assertOrthonormal(DMatrixRMaj left) {
    DMatrixRMaj gram = new DMatrixRMaj(left.numCols, left.numCols);
    CommonOps_DDRM.multTransA(left, left, gram);
    assertThat(MatrixFeatures_DDRM.isIdentity(gram, 1e-9)).as("orthonormal").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"60, 60, 10", "90, 40, 12", "40, 90, 12", "20, 20, 20", "30, 8, 20"})
  void singularValuesAndVectorsAreThoseOfTheExactDecomposition(int rows, int columns, int rank) {
    SparseRows matrix = random(rows, columns, 7L * rows + columns);
    RandomizedSvd svd = RandomizedSvd.of(matrix, rank, 10, 8, 3, ONE);
    double[] exact = exact(dense(matrix));
    int kept = Math.min(rank, Math.min(rows, columns));
    assertThat(svd.values()).hasSize(kept);
    for (int c = 0; c < kept; c++) {
      assertThat(svd.values()[c]).isEqualTo(exact[c], within(1e-6 * exact[0]));
    }
    DMatrixRMaj left = svd.left();
    assertOrthonormal(left);
    // A left vector u of the value s has |Aᵀ u| = s.
    DMatrixRMaj image = new DMatrixRMaj(columns, kept);
    CommonOps_DDRM.multTransA(dense(matrix), left, image);
    for (int c = 0; c < kept; c++) {
      double length = 0;
      for (int r = 0; r < columns; r++) {
        length += image.get(r, c) * image.get(r, c);
      }
      assertThat(Math.sqrt(length)).isEqualTo(exact[c], within(1e-6 * exact[0]));
    }
  }

  @Test
  void fewRoundsAreTruthfulToTheLargestValues() {
    SparseRows matrix = random(200, 150, 5);
    double[] exact = exact(dense(matrix));
    double[] found = RandomizedSvd.of(matrix, 10, 10, 4, 3, ONE).values();
    for (int c = 0; c < 10; c++) {
      assertThat(found[c]).isEqualTo(exact[c], within(1e-3 * exact[0]));
      assertThat(found[c]).as("never above the true one").isLessThan(exact[c] * (1 + 1e-12));
    }
  }

  @Test
  void matrixOfLowRankHasNoMoreValues() {
    SparseRows.Builder rows = SparseRows.builder(4);
    for (int r = 0; r < 5; r++) {
      rows.add(1, r + 1f).add(3, 2 * (r + 1f)).endRow();
    }
    // All rows are multiples of (0, 1, 0, 2): the value is √55 · √5.
    RandomizedSvd svd = RandomizedSvd.of(rows.build(), 3, 10, 4, 1, ONE);
    double[] values = svd.values();
    assertThat(values[0]).isEqualTo(Math.sqrt(275), within(1e-9));
    assertThat(values[1]).isEqualTo(0, within(1e-9));
    assertThat(values[2]).isEqualTo(0, within(1e-9));
    assertOrthonormal(svd.left());
  }

  @Test
  void emptyAndZeroMatricesHaveAnAnswer() {
    assertThat(RandomizedSvd.of(SparseRows.builder(0).build(), 5, 10, 4, 1, ONE).values())
        .isEmpty();
    assertThat(
            RandomizedSvd.of(SparseRows.builder(3).endRow().endRow().build(), 5, 10, 4, 1, ONE)
                .values())
        .containsExactly(0, 0);
  }

  @Test
  void bitsAreTheSameOnEightThreads() {
    SparseRows matrix = random(700, 600, 11);
    RandomizedSvd one = RandomizedSvd.of(matrix, 20, 10, 2, 3, ONE);
    RandomizedSvd eight =
        RandomizedSvd.of(matrix, 20, 10, 2, 3, FitContext.standard().withThreads(8));
    assertThat(eight.values()).isEqualTo(one.values());
    assertThat(eight.left().data).isEqualTo(one.left().data);
  }
}
