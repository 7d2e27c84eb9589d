// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * Takes the ratings of one user or item to the common scale of a {@link Normalization} and back.
 *
 * @param onBaseline whether it is the baseline that is subtracted, and not the shift
 * @param shift what is subtracted
 * @param spread what is then divided by; 0 where the ratings do not vary
 * @param middle where on the scale a rating is that says nothing, because they do not vary
 */
record Scale(boolean onBaseline, double shift, double spread, double middle) {

  /**
   * The scale of some ratings.
   *
   * @param normalization which
   * @param ratings of one user or item; may be none
   * @param all of everybody, which go in for none
   */
  static Scale of(Normalization normalization, float[] ratings, Ratings all) {
    double mean = ratings.length == 0 ? all.mean() : Centring.mean(ratings);
    return switch (normalization) {
      case NONE -> new Scale(false, 0, 1, 0);
      case BASELINE -> new Scale(true, 0, 1, 0);
      case MEAN_CENTRED -> new Scale(false, mean, 1, 0);
      case Z_SCORE -> {
        double squares = 0;
        for (float rating : ratings) {
          squares += (rating - mean) * (rating - mean);
        }
        double deviation = Math.sqrt(squares / Math.max(1, ratings.length));
        yield new Scale(false, mean, deviation, 0);
      }
      case MIN_MAX -> {
        double min = ratings.length == 0 ? all.min() : Double.POSITIVE_INFINITY;
        double max = ratings.length == 0 ? all.max() : Double.NEGATIVE_INFINITY;
        for (float rating : ratings) {
          min = Math.min(min, rating);
          max = Math.max(max, rating);
        }
        yield new Scale(false, min, max - min, 0.5);
      }
    };
  }

  /** A rating on the scale, given its baseline. */
  double normal(double rating, double baseline) {
    if (onBaseline) {
      return rating - baseline;
    }
    return spread > 0 ? (rating - shift) / spread : middle;
  }

  /** The rating at a place on the scale, given its baseline. */
  double rating(double normal, double baseline) {
    return onBaseline ? baseline + normal : shift + spread * normal;
  }
}
