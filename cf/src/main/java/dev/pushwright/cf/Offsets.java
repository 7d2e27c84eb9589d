// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;

/**
 * The baseline μ + b<sub>row</sub> + b<sub>column</sub> of a matrix of ratings: how far each user's
 * and each item's ratings lie from the mean, by least squares with a penalty, solved by turns:
 *
 * <pre>
 * b_column = Σ (r − μ − b_row) / (λ + n_column)
 * b_row    = Σ (r − μ − b_column) / (λ + n_row)
 * </pre>
 *
 * <p>Rows come last, so that a row not seen before gets, from the same formula, what it would have
 * got as one of them. Y. Koren, "Factor in the neighbors", TKDD 2010, section 2.1.
 */
final class Offsets {

  private static final double LAMBDA = 10;
  private static final int SWEEPS = 10;

  private final double mean;
  private final double[] ofRow;
  private final double[] ofColumn;

  private Offsets(double mean, double[] ofRow, double[] ofColumn) {
    this.mean = mean;
    this.ofRow = ofRow;
    this.ofColumn = ofColumn;
  }

  /**
   * Solves for the offsets; O({@value #SWEEPS} · ratings).
   *
   * @param rows the ratings
   * @param columns the same, transposed
   */
  static Offsets of(SparseRows rows, SparseRows columns) {
    double sum = 0;
    for (int p = 0; p < rows.size(); p++) {
      sum += rows.value(p);
    }
    double mean = rows.size() == 0 ? 0 : sum / rows.size();
    double[] ofRow = new double[rows.rows()];
    double[] ofColumn = new double[columns.rows()];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      solve(columns, mean, ofRow, ofColumn);
      solve(rows, mean, ofColumn, ofRow);
    }
    return new Offsets(mean, ofRow, ofColumn);
  }

  private static void solve(SparseRows rows, double mean, double[] other, double[] solved) {
    for (int row = 0; row < solved.length; row++) {
      double rest = 0;
      for (int p = rows.start(row); p < rows.end(row); p++) {
        rest += rows.value(p) - mean - other[rows.column(p)];
      }
      solved[row] = rest / (LAMBDA + rows.end(row) - rows.start(row));
    }
  }

  /** The offset of a row that may be none of those solved for. */
  double row(int[] columns, float[] values) {
    double rest = 0;
    for (int p = 0; p < columns.length; p++) {
      rest += values[p] - mean - ofColumn[columns[p]];
    }
    return rest / (LAMBDA + columns.length);
  }

  double mean() {
    return mean;
  }

  double row(int row) {
    return ofRow[row];
  }

  double column(int column) {
    return ofColumn[column];
  }
}
