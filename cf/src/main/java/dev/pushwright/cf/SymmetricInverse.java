// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.math.Parallel;
import java.time.Duration;

/**
 * The inverse of a symmetric positive definite matrix A, in the place of its lower triangle, by the
 * sweep operator [1] on blocks of pivots. With K the pivots of a block, D = A<sub>KK</sub>⁻¹, and P
 * the columns K of A, one step does
 *
 * <pre>
 * A_ij ← A_ij − P_i·D·P_jᵀ  (i, j not in K),   A_iK ← P_i·D,   A_KK ← −D
 * </pre>
 *
 * <p>after which A stays symmetric, and is −A⁻¹ when every pivot had its turn. That is n³
 * operations (half of them multiplications), nearly all in one product of narrow matrices, in 4·n²
 * bytes and 16·n for each pivot of a block. Each element is worked by one thread in one order: the
 * same bits on 1 thread and on 8.
 *
 * <p>[1] J. Goodnight, "A tutorial on the SWEEP operator", The American Statistician 33(3), 1979.
 */
final class SymmetricInverse {

  // Pivots a step: many make few passes over the triangle, few keep the panel in the cache.
  private static final int PIVOTS = 128;

  // A tile of the panel this wide stays in the second-level cache.
  private static final int COLUMNS = 512;

  // Rows a unit of work; even, so that no pair of rows is cut.
  private static final int ROWS = 64;

  private final double[][] rows;
  private final int n;
  private final int width;

  private SymmetricInverse(double[][] triangle) {
    this.rows = triangle;
    this.n = triangle.length;
    this.width = n + (n & 1);
  }

  /**
   * An array for a lower triangle, all 0. Each row ends with its diagonal, or one element of no
   * meaning after it, so that two rows that are worked together are of one length.
   *
   * @param n rows and columns
   * @return rows 0 to n − 1; element (i, j) is {@code [i][j]}, j not above i
   */
  static double[][] triangle(int n) {
    double[][] triangle = new double[n][];
    for (int i = 0; i < n; i++) {
      triangle[i] = new double[(i | 1) + 1];
    }
    return triangle;
  }

  /**
   * Inverts.
   *
   * @param triangle as {@link #triangle} makes it, filled; receives the lower triangle of the
   *     inverse
   * @param context threads, progress under {@code "inverse"}, and interruption
   * @return −1, or the first row whose pivot is not above 0: then the matrix is not positive
   *     definite to the precision of double, and what is in the array has no meaning
   */
  static int invert(double[][] triangle, FitContext context) {
    return new SymmetricInverse(triangle).invert(context);
  }

  private int invert(FitContext context) {
    long began = System.nanoTime();
    for (int from = 0; from < n; from += PIVOTS) {
      int to = Math.min(n, from + PIVOTS);
      double[][] pivots = square(from, to);
      int failed = invert(pivots);
      if (failed >= 0) {
        return from + failed;
      }
      step(from, pivots, context.threads());
      context
          .listener()
          .onProgress(new Progress("inverse", to, n, Duration.ofNanos(System.nanoTime() - began)));
    }
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = -row[j];
      }
    }
    return -1;
  }

  private double[][] square(int from, int to) {
    int m = to - from;
    double[][] square = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        square[i][j] = rows[from + i][from + j];
        square[j][i] = square[i][j];
      }
    }
    return square;
  }

  /** Gauss-Jordan without exchanges, which a positive definite matrix does not need. */
  private static int invert(double[][] a) {
    int m = a.length;
    for (int p = 0; p < m; p++) {
      double[] pivotRow = a[p];
      if (!(pivotRow[p] > 0 && pivotRow[p] <= Double.MAX_VALUE)) {
        return p;
      }
      double inverse = 1 / pivotRow[p];
      for (int i = 0; i < m; i++) {
        double[] row = a[i];
        if (i != p) {
          double factor = row[p] * inverse;
          for (int j = 0; j < m; j++) {
            row[j] -= factor * pivotRow[j];
          }
          row[p] = -factor;
        }
      }
      for (int j = 0; j < m; j++) {
        pivotRow[j] *= inverse;
      }
      pivotRow[p] = inverse;
    }
    return -1;
  }

  private void step(int from, double[][] d, int threads) {
    int m = d.length;
    double[][] panel = panel(from, m);
    double[][] products = new double[width][panel.length];
    Parallel.forBlocks(
        n,
        ROWS,
        threads,
        (first, end) -> {
          for (int i = first; i < end; i++) {
            times(panel, i, d, products[i]);
          }
          for (int left = 0; left < end; left += COLUMNS) {
            // A pair's second row is a stand-in when the last row has no partner.
            for (int i = Math.max(first, left & ~1); i < end; i += 2) {
              double[] odd = i + 1 < n ? rows[i + 1] : new double[rows[i].length];
              int right = Math.min(left + COLUMNS, rows[i].length);
              subtract(rows[i], odd, products[i], products[i + 1], panel, left, right);
            }
          }
        });
    for (int i = 0; i < from; i++) {
      for (int l = 0; l < m; l++) {
        rows[from + l][i] = products[i][l];
      }
    }
    for (int l = 0; l < m; l++) {
      for (int q = 0; q <= l; q++) {
        rows[from + l][from + q] = -d[l][q];
      }
    }
    for (int i = from + m; i < n; i++) {
      System.arraycopy(products[i], 0, rows[i], from, m);
    }
  }

  /**
   * Pᵀ, with 0 in the columns of the pivots themselves, so that these are left alone, and with rows
   * of 0 up to a multiple of 4.
   */
  private double[][] panel(int from, int m) {
    double[][] panel = new double[(m + 3) & ~3][width];
    for (int l = 0; l < m; l++) {
      System.arraycopy(rows[from + l], 0, panel[l], 0, from);
    }
    for (int i = from + m; i < n; i++) {
      for (int l = 0; l < m; l++) {
        panel[l][i] = rows[i][from + l];
      }
    }
    return panel;
  }

  private static void times(double[][] panel, int i, double[][] d, double[] product) {
    int m = d.length;
    for (int l = 0; l < m; l++) {
      double x = panel[l][i];
      double[] row = d[l];
      for (int q = 0; q < m; q++) {
        product[q] += x * row[q];
      }
    }
  }

  private static void subtract(
      double[] even, double[] odd, double[] x, double[] y, double[][] panel, int from, int to) {
    for (int l = 0; l < panel.length; l += 4) {
      subtract4(
          even,
          odd,
          x[l],
          x[l + 1],
          x[l + 2],
          x[l + 3],
          y[l],
          y[l + 1],
          y[l + 2],
          y[l + 3],
          panel[l],
          panel[l + 1],
          panel[l + 2],
          panel[l + 3],
          from,
          to);
    }
  }

  private static void subtract4(
      double[] even,
      double[] odd,
      double x0,
      double x1,
      double x2,
      double x3,
      double y0,
      double y1,
      double y2,
      double y3,
      double[] row0,
      double[] row1,
      double[] row2,
      double[] row3,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      double p0 = row0[j];
      double p1 = row1[j];
      double p2 = row2[j];
      double p3 = row3[j];
      even[j] -= x0 * p0 + x1 * p1 + x2 * p2 + x3 * p3;
      odd[j] -= y0 * p0 + y1 * p1 + y2 * p2 + y3 * p3;
    }
  }
}
