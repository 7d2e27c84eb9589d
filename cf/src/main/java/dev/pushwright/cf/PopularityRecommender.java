// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.ScoringModel;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Collection;
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

  static final Set<Capability> CAPABILITIES = Set.of(Capability.EXPLAIN, Capability.UPDATE);

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
    return new Model(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        TrainedUsers.of(data, settings));
  }

  static final class Model extends ScoringModel {
    Model(Provenance provenance, TrainedUsers trained) {
      super(provenance, CAPABILITIES, trained);
    }

    /** Reads what {@link #save} wrote. */
    static Model read(ModelReader in, Provenance provenance) {
      return new Model(provenance, TrainedUsers.read(in));
    }

    // The sums are those of a fit; weights that faded twice differ from it in the last bits.
    @Override
    public RecommenderModel update(Collection<? extends Event> events) {
      return new Model(provenance().updated(events.size()), trained().plus(events));
    }

    // It has nothing to say of anybody in particular: what every model falls back to is its answer.
    @Override
    protected boolean score(OptionalInt user, UserItems items, float[] scores) {
      return false;
    }
  }

  /** Builds a {@link PopularityRecommender}. */
  public static final class Builder extends RecommenderBuilder<PopularityRecommender, Builder> {

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public PopularityRecommender build() {
      return new PopularityRecommender(OPTIONS.resolve(options()));
    }
  }
}
