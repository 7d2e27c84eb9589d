// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;

/** Subtracts from the weights of a row what {@link Similarity} and {@link Means} say. */
@FunctionalInterface
interface Centring {

  /**
   * The weights with their means subtracted.
   *
   * @param columns of a row, which may be none of the matrix
   * @param weights its weights; not modified
   * @return the weights themselves where nothing is subtracted
   */
  float[] apply(int[] columns, float[] weights);

  /** What a measure asks for. */
  static Centring of(SparseRows rows, SparseRows columns, Measure measure) {
    if (!measure.similarity().centred()) {
      return (own, weights) -> weights;
    }
    if (measure.means() == Means.BASELINE) {
      Offsets offsets = Offsets.of(rows, columns);
      return (own, weights) -> {
        double base = offsets.mean() + offsets.row(own, weights);
        float[] centred = new float[own.length];
        for (int p = 0; p < own.length; p++) {
          centred[p] = (float) (weights[p] - base - offsets.column(own[p]));
        }
        return centred;
      };
    }
    if (measure.similarity() == Similarity.ADJUSTED_COSINE) {
      double[] means = new double[columns.rows()];
      for (int c = 0; c < means.length; c++) {
        means[c] = mean(columns.rowValues(c));
      }
      return (own, weights) -> {
        float[] centred = new float[own.length];
        for (int p = 0; p < own.length; p++) {
          centred[p] = (float) (weights[p] - means[own[p]]);
        }
        return centred;
      };
    }
    // With the mean over what two rows share too: it does not change the correlation, and sums of
    // squares about a mean near 0 lose less to rounding.
    return (own, weights) -> {
      double mean = mean(weights);
      float[] centred = new float[own.length];
      for (int p = 0; p < own.length; p++) {
        centred[p] = (float) (weights[p] - mean);
      }
      return centred;
    };
  }

  /** The mean, 0 of nothing. */
  static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }
}
