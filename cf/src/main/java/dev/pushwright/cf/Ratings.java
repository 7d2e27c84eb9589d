// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.TrainedUsers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explicit ratings, the last one of each user for each item, and what they span.
 *
 * @param byUser users × items, the ratings, all above 0; may be empty
 * @param mean the mean of all ratings, 0 where there are none
 * @param min the least, 0 where there are none
 * @param max the greatest, 0 where there are none
 */
record Ratings(SparseRows byUser, double mean, double min, double max) {

  private static final Logger LOG = LoggerFactory.getLogger(Ratings.class);

  /** A rating is its value; no other event is one. */
  static final OptionSpec<Weighting> WEIGHTS =
      CommonOptions.WEIGHTS.withDefault(Weighting.parse("RATING:1*value"));

  /** Who rates twice has changed their mind. */
  static final OptionSpec<Weighting.Combine> COMBINE =
      CommonOptions.COMBINE.withDefault(Weighting.Combine.LAST);

  /**
   * The ratings that a model keeps as its users' weights. A warning is logged when there are none,
   * or when some are not above 0, which a weight cannot tell from no rating.
   *
   * @param algorithm who asks, for the warning
   * @param data the data
   * @param trained the same data under {@link #WEIGHTS}, or what was set in its place
   * @return the ratings
   */
  static Ratings of(String algorithm, Dataset data, TrainedUsers trained) {
    SparseRows byUser = trained.matrix().byUser();
    if (trained.weighting().rules().containsKey(EventType.RATING)) {
      long lost =
          data.events().stream()
              .filter(
                  event ->
                      event instanceof Interaction rating
                          && rating.type() == EventType.RATING
                          && !(rating.value() > 0))
              .count();
      if (lost > 0) {
        LOG.warn(
            "{}: {} ratings are not above 0 and are left out; shift the scale of your ratings",
            algorithm,
            lost);
      }
    }
    if (byUser.size() == 0) {
      LOG.warn(
          "{} learns from ratings, and none of the {} events is one under weights \"{}\": all"
              + " answers will be the fallback's; set weights to what a rating is in your data, or"
              + " choose a recommender for events without ratings, such as item-knn",
          algorithm,
          data.eventCount(),
          trained.weighting());
    }
    return of(byUser);
  }

  /** What ratings span. */
  static Ratings of(SparseRows byUser) {
    if (byUser.size() == 0) {
      return new Ratings(byUser, 0, 0, 0);
    }
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < byUser.size(); p++) {
      double value = byUser.value(p);
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return new Ratings(byUser, sum / byUser.size(), min, max);
  }

  /** The nearest number on the scale of the ratings. */
  double clamp(double rating) {
    return Math.max(min, Math.min(max, rating));
  }
}
