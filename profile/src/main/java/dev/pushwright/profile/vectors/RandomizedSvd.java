// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The largest singular values of a sparse matrix and their left vectors, by a random subspace that
 * is turned towards them:
 *
 * <pre>
 *   Q = orth(A Ω),  then some times  Q = orth(A orth(Aᵀ Q))
 *   Aᵀ Q = P R,   Rᵀ = Û Σ V̂ᵀ   ⇒   A ≈ (Q Û) Σ (P V̂)ᵀ
 * </pre>
 *
 * <p>with Ω a Gaussian matrix of {@code rank + oversampling} columns [1, algorithms 4.4 and 5.1;
 * the small decomposition is that of Rᵀ rather than of Qᵀ A, which is as exact and has no long
 * side]. The error falls with (σ_{l+1} / σ_j)^{2q+1}, so a few rounds suffice unless the values
 * fall very slowly.
 *
 * <p>All in float64. A product takes O(values · columns) on the threads of the context; the rest is
 * O(rows · columns²) on one. The bits depend on the seed alone. Each left vector is turned so that
 * its component of the largest size is above 0.
 *
 * <p>[1] N. Halko, P. G. Martinsson, J. A. Tropp: Finding structure with randomness. SIAM Review
 * 53(2), 2011.
 */
final class RandomizedSvd {

  private static final int BLOCK = 256;

  private final DMatrixRMaj left;
  private final double[] values;

  private RandomizedSvd(DMatrixRMaj left, double[] values) {
    this.left = left;
    this.values = values;
  }

  /** The left vectors: rows × rank, one in each column. */
  DMatrixRMaj left() {
    return left;
  }

  /** The singular values, falling. */
  double[] values() {
    return values.clone();
  }

  /**
   * Decomposes a matrix.
   *
   * @param a the matrix
   * @param rank how many values are wanted; there are no more than the shorter side is long
   * @param oversampling how many columns more the subspace has
   * @param rounds how often it is turned, at least 0
   * @param seed of Ω
   * @param context threads, progress
   */
  static RandomizedSvd of(
      SparseRows a, int rank, int oversampling, int rounds, long seed, FitContext context) {
    int shorter = Math.min(a.rows(), a.columns());
    int kept = Math.min(rank, shorter);
    int columns = Math.min(kept + oversampling, shorter);
    if (kept == 0) {
      return new RandomizedSvd(new DMatrixRMaj(a.rows(), 0), new double[0]);
    }
    SparseRows transposed = a.transpose();
    DMatrixRMaj q = orthonormal(product(a, gaussian(a.columns(), columns, seed), context));
    for (int round = 0; round < rounds; round++) {
      context.checkCancelled();
      q = orthonormal(product(a, orthonormal(product(transposed, q, context)), context));
    }
    context.checkCancelled();
    QRDecomposition<DMatrixRMaj> qr = qr(product(transposed, q, context));
    DMatrixRMaj small = qr.getR(null, true);
    CommonOps_DDRM.transpose(small);
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(columns, columns, true, false, true);
    if (!svd.decompose(small)) {
      throw new IllegalStateException(
          "the singular values of a matrix of " + columns + " columns were not found");
    }
    return sorted(q, svd, columns, kept);
  }

  private static RandomizedSvd sorted(
      DMatrixRMaj q, SingularValueDecomposition_F64<DMatrixRMaj> svd, int columns, int kept) {
    double[] found = svd.getSingularValues();
    Integer[] order = new Integer[columns];
    Arrays.setAll(order, c -> c);
    Arrays.sort(order, Comparator.<Integer>comparingDouble(c -> -found[c]).thenComparing(c -> c));
    DMatrixRMaj turned = new DMatrixRMaj(q.numRows, columns);
    CommonOps_DDRM.mult(q, svd.getU(null, false), turned);
    DMatrixRMaj left = new DMatrixRMaj(q.numRows, kept);
    double[] values = new double[kept];
    for (int c = 0; c < kept; c++) {
      int from = order[c];
      values[c] = found[from];
      double largest = 0;
      for (int r = 0; r < q.numRows; r++) {
        double x = turned.unsafe_get(r, from);
        largest = Math.abs(x) > Math.abs(largest) ? x : largest;
      }
      for (int r = 0; r < q.numRows; r++) {
        double x = turned.unsafe_get(r, from);
        left.unsafe_set(r, c, largest < 0 ? -x : x);
      }
    }
    return new RandomizedSvd(left, values);
  }

  /**
   * Of any matrix: a column that depends on others makes R singular, and Q is orthonormal still.
   */
  private static QRDecomposition<DMatrixRMaj> qr(DMatrixRMaj a) {
    QRDecomposition<DMatrixRMaj> qr = new QRDecompositionHouseholderColumn_DDRM();
    // What it returns says whether R is regular, which is not needed here.
    boolean unused = qr.decompose(a);
    return qr;
  }

  private static DMatrixRMaj orthonormal(DMatrixRMaj a) {
    return qr(a).getQ(null, true);
  }

  /** A · b. */
  private static DMatrixRMaj product(SparseRows a, DMatrixRMaj b, FitContext context) {
    int columns = b.numCols;
    DMatrixRMaj out = new DMatrixRMaj(a.rows(), columns);
    context.forBlocks(
        "vectors",
        a.rows(),
        BLOCK,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = row * columns;
            for (int p = a.start(row); p < a.end(row); p++) {
              double value = a.value(p);
              int other = a.column(p) * columns;
              for (int c = 0; c < columns; c++) {
                out.data[at + c] += value * b.data[other + c];
              }
            }
          }
        });
    return out;
  }

  /** By the polar method of Box, Muller and Marsaglia, with the same bits on every platform. */
  private static DMatrixRMaj gaussian(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DMatrixRMaj out = new DMatrixRMaj(rows, columns);
    for (int i = 0; i < out.data.length; i += 2) {
      double x;
      double y;
      double square;
      do {
        x = 2 * random.nextDouble() - 1;
        y = 2 * random.nextDouble() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square == 0);
      double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
      out.data[i] = x * factor;
      if (i + 1 < out.data.length) {
        out.data[i + 1] = y * factor;
      }
    }
    return out;
  }
}
