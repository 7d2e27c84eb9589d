// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.vectors;

import dev.pushwright.math.SparseRows;

/** Counts of company as shifted positive pointwise mutual information. */
final class Ppmi {

  private Ppmi() {}

  /**
   * The matrix of max(0, ln(p(w, c) / (p(w) · p_a(c))) − ln k), with p_a(c) in proportion to the
   * count of c to the power a.
   *
   * @param counts names × names, none below 0
   * @param smoothing the power a
   * @param shift k, at least 1
   * @return names × names, only what is above 0
   */
  static SparseRows of(SparseRows counts, double smoothing, double shift) {
    int n = counts.rows();
    double[] ofRow = new double[n];
    double[] ofColumn = new double[n];
    for (int row = 0; row < n; row++) {
      for (int p = counts.start(row); p < counts.end(row); p++) {
        ofRow[row] += counts.value(p);
        ofColumn[counts.column(p)] += counts.value(p);
      }
    }
    double total = 0;
    double[] smoothed = new double[n];
    for (int column = 0; column < n; column++) {
      smoothed[column] = ofColumn[column] > 0 ? StrictMath.pow(ofColumn[column], smoothing) : 0;
      total += smoothed[column];
    }
    double logShift = StrictMath.log(shift);
    SparseRows.Builder rows = SparseRows.builder(n);
    for (int row = 0; row < n; row++) {
      for (int p = counts.start(row); p < counts.end(row); p++) {
        double ratio = counts.value(p) / ofRow[row] * (total / smoothed[counts.column(p)]);
        float value = (float) (StrictMath.log(ratio) - logShift);
        if (value > 0) {
          rows.add(counts.column(p), value);
        }
      }
      rows.endRow();
    }
    return rows.build();
  }
}
