// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Settings;

/** How events become ratings, for the algorithms that learn from nothing else. */
final class RatingData {

  private RatingData() {}

  /**
   * The weighting that {@link Ratings#WEIGHTS} and {@link Ratings#COMBINE} describe.
   *
   * @param settings the settings of a plug-in that has the two
   * @return the weighting, under which a weight is a rating
   * @throws IllegalArgumentException when something fades, for half a rating of 4 is no rating of
   *     2, or when the weights were given as an object that combines in another way
   */
  static Weighting weighting(Settings settings) {
    Weighting weights = settings.get(Ratings.WEIGHTS);
    Weighting.Combine combine = settings.get(Ratings.COMBINE);
    weights
        .rules()
        .forEach(
            (type, rule) -> {
              if (!Double.isInfinite(rule.halfLifeDays())) {
                throw new IllegalArgumentException(
                    "option weights is \""
                        + weights
                        + "\"; a rating that fades becomes another rating: leave out the half-life"
                        + " of "
                        + type);
              }
            });
    if (weights.combine() != Weighting.Combine.SUM && weights.combine() != combine) {
      throw new IllegalArgumentException(
          "option weights combines by "
              + weights.combine()
              + ", option combine is "
              + combine
              + "; set combine to the one you mean");
    }
    return weights.withCombine(combine);
  }
}
