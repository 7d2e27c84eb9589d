// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code popularity}: the items that weigh most over all users, or over the users of the same
 * segment, less what the user has seen. The score of an item is the sum of its weights (see {@link
 * Weighting}); with a half-life, what was popular long ago fades. It is the baseline that any other
 * recommender has to beat, and what they fall back to.
 */
public final class PopularityRecommender implements Recommender {

  static final String NAME = "popularity";

  static final Set<Capability> CAPABILITIES = Set.of(Capability.EXPLAIN);

  // What is popular is a matter of days: on a shop's and on a film site's data split by time, 7 did
  // best of 0, 7, 14, 30 and 60.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(7.0);

  static final OptionSet OPTIONS =
      OptionSet.of(
          CommonOptions.WEIGHTS, HALF_LIFE_DAYS, CommonOptions.COMBINE, CommonOptions.SEGMENT_BY);

  private final Settings settings;

  PopularityRecommender(Settings settings) {
    this.settings = settings;
  }

  /**
   * Starts a recommender with every option at its default.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    Weighting weighting = CommonOptions.weighting(settings);
    return new Model(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        TrainedUsers.of(data, weighting, settings.get(CommonOptions.SEGMENT_BY)));
  }

  static final class Model extends ScoringModel {
    Model(Provenance provenance, TrainedUsers trained) {
      super(provenance, CAPABILITIES, trained);
    }

    // It has nothing to say of anybody in particular: what every model falls back to is its answer.
    @Override
    protected boolean score(OptionalInt user, UserItems items, float[] scores) {
      return false;
    }
  }

  /** Builds a {@link PopularityRecommender}. */
  public static final class Builder {
    private Options options = Options.none();

    private Builder() {}

    /**
     * Sets what each type of event weighs.
     *
     * @param weighting the weighting; its half-lives come before {@link #halfLifeDays}, and the way
     *     it combines is taken over unless that is the sum, for which there is {@link #combine}
     * @return this
     */
    public Builder weighting(Weighting weighting) {
      options = options.with(CommonOptions.WEIGHTS.name(), weighting);
      return weighting.combine() == Weighting.Combine.SUM ? this : combine(weighting.combine());
    }

    /**
     * Sets how several events of one user with one item are joined.
     *
     * @param combine the way
     * @return this
     */
    public Builder combine(Weighting.Combine combine) {
      options = options.with(CommonOptions.COMBINE.name(), combine);
      return this;
    }

    /**
     * Sets after how many days an event weighs half.
     *
     * @param days from 0 to 36 500; 0: events never fade
     * @return this
     */
    public Builder halfLifeDays(double days) {
      options = options.with(HALF_LIFE_DAYS.name(), days);
      return this;
    }

    /**
     * Counts within the users who share an attribute.
     *
     * @param attribute the name of a user attribute, or empty for everybody
     * @return this
     */
    public Builder segmentBy(String attribute) {
      options = options.with(CommonOptions.SEGMENT_BY.name(), attribute);
      return this;
    }

    /**
     * The recommender.
     *
     * @return an algorithm, configured for good
     */
    public PopularityRecommender build() {
      return new PopularityRecommender(OPTIONS.resolve(options));
    }
  }
}
