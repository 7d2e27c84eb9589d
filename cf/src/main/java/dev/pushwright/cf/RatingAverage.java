// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;

/**
 * What predicting ratings needs beside the neighbours: the scale of each user or item, and the
 * baseline that answers where no neighbour has a rating. Immutable; made when it is first asked
 * for, since most models never are.
 */
final class RatingAverage {

  private final Normalization normalization;
  private final Ratings ratings;
  private final Offsets offsets;
  private final Scale[] scales;

  /**
   * Sums up ratings.
   *
   * @param normalization the scale
   * @param byUser the ratings
   * @param ofItems whether scales are those of items, else of users
   */
  RatingAverage(Normalization normalization, SparseRows byUser, boolean ofItems) {
    this.normalization = normalization;
    this.ratings = Ratings.of(byUser);
    SparseRows byItem = byUser.transpose();
    this.offsets = Offsets.of(byUser, byItem);
    SparseRows rows = ofItems ? byItem : byUser;
    this.scales = new Scale[rows.rows()];
    for (int e = 0; e < scales.length; e++) {
      scales[e] = scale(rows.rowValues(e));
    }
  }

  /** The ratings and what they span. */
  Ratings ratings() {
    return ratings;
  }

  /** The scale of a user or item of the matrix. */
  Scale scale(int entity) {
    return scales[entity];
  }

  /** The scale of one that is not in the matrix. */
  Scale scale(float[] values) {
    return Scale.of(normalization, values, ratings);
  }

  /** μ + b_u of a user of the matrix; add {@link #item}. */
  double user(int user) {
    return offsets.mean() + offsets.row(user);
  }

  /** μ + b_u of a user with these ratings. */
  double user(int[] items, float[] values) {
    return offsets.mean() + offsets.row(items, values);
  }

  /** b_i of an item. */
  double item(int item) {
    return offsets.column(item);
  }
}
