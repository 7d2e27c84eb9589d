// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.BitSet;

/**
 * The half steps of {@link ExplicitAls}. A row of either side is its factors and, last, its bias;
 * on the other side's regression its factors count, and a one.
 */
final class ExplicitAlsTrainer extends Alternation {

  private final double regularization;
  private final double mean;
  private final int width;

  /**
   * Begins with the rows given, which are changed.
   *
   * @param byUser users × items, the ratings
   * @param byItem the same by items
   * @param regularization λ
   * @param mean μ
   * @param users users × width
   * @param items items × width
   * @param width one more than there are factors
   */
  ExplicitAlsTrainer(
      SparseRows byUser,
      SparseRows byItem,
      double regularization,
      double mean,
      float[][] users,
      float[][] items,
      int width) {
    super(byUser, byItem, users, items);
    this.regularization = regularization;
    this.mean = mean;
    this.width = width;
  }

  double regularization() {
    return regularization;
  }

  double mean() {
    return mean;
  }

  int width() {
    return width;
  }

  @Override
  void step(
      SparseRows rows,
      float[][] from,
      float[][] to,
      BitSet which,
      boolean exactly,
      String when,
      FitContext context) {
    float[][] features = features(from);
    RowSolves.run(
        rows,
        which,
        (row, system) -> fill(rows.rowColumns(row), rows.rowValues(row), from, features, system),
        () -> new CholeskySolver(width),
        to,
        when + " ",
        "regularization is " + regularization + ": raise it, or scale the ratings down",
        context);
  }

  /** What the other side's regressions are on: the factors, and a one. */
  static float[][] features(float[][] rows) {
    float[][] features = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      features[row] = rows[row].clone();
      features[row][features[row].length - 1] = 1;
    }
    return features;
  }

  /**
   * The regression of one row.
   *
   * @param columns what was rated, or who rated
   * @param ratings the ratings
   * @param from the rows of the other side
   * @param features their {@link #features}
   * @param system is filled
   */
  void fill(
      int[] columns, float[] ratings, float[][] from, float[][] features, RidgeSystem system) {
    system.clear();
    for (int n = 0; n < columns.length; n++) {
      int column = columns[n];
      system.add(features[column], 1, (float) (ratings[n] - mean - from[column][width - 1]));
    }
    float ridge = (float) (regularization * columns.length);
    for (int k = 0; k < width; k++) {
      system.base()[k] = ridge;
    }
  }
}
