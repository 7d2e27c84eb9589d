// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Set;

/**
 * {@code item-knn}: item-based collaborative filtering [1] with cosine similarity. With
 * w<sub>ui</sub> the weight of user u on item i (see {@link Weighting}), n<sub>ij</sub> the number
 * of users who have both items, and N(i) the {@code neighbours} items most similar to i,
 *
 * <pre>
 * sim(i, j)   = Σ_u w_ui·w_uj / (|w_i|·|w_j|) · n_ij / (n_ij + shrinkage)
 * score(u, i) = Σ_{j of u, j in N(i)} w_uj · sim(i, j)
 * </pre>
 *
 * <p>The shrinkage pulls down what rests on few users [2]. Similarities lie in [0, 1]; an item that
 * shares no user with another has no neighbours. Fitting takes O(Σ_u n_u²) time and O(items ·
 * neighbours) memory: never items².
 *
 * <p>[1] B. Sarwar et al., "Item-based collaborative filtering recommendation algorithms", WWW
 * 2001. [2] R. Bell, Y. Koren, "Scalable collaborative filtering with jointly derived neighborhood
 * interpolation weights", ICDM 2007, section 3.
 */
public final class ItemKnn implements Recommender {

  static final String NAME = "item-knn";

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);

  static final OptionSpec<Integer> NEIGHBOURS =
      OptionSpec.integer(
          "neighbours", 100, 1, 100_000, "How many of the most similar items each item keeps.");

  static final OptionSpec<Double> SHRINKAGE =
      OptionSpec.number(
          "shrinkage",
          20,
          0,
          1e9,
          "Pulls a similarity that rests on n users down to n / (n + shrinkage) of itself.");

  // What did best, all three together, on a shop's and on a film site's data split by time.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Weighting.Combine> COMBINE =
      CommonOptions.COMBINE.withDefault(Weighting.Combine.MAX);

  static final OptionSet OPTIONS =
      OptionSet.of(
          NEIGHBOURS,
          SHRINKAGE,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  private final Settings settings;

  ItemKnn(Settings settings) {
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
    TrainedUsers trained =
        TrainedUsers.of(
            data, CommonOptions.weighting(settings), settings.get(CommonOptions.SEGMENT_BY));
    SparseRows neighbours =
        CosineNeighbours.of(
            trained.matrix(), settings.get(NEIGHBOURS), settings.get(SHRINKAGE), context);
    return new ItemKnnModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()), trained, neighbours);
  }

  /** Builds an {@link ItemKnn}. */
  public static final class Builder extends RecommenderBuilder<ItemKnn, Builder> {

    private Builder() {}

    /**
     * Sets how many of the most similar items each item keeps.
     *
     * @param neighbours from 1 to 100 000
     * @return this
     */
    public Builder neighbours(int neighbours) {
      return set(NEIGHBOURS, neighbours);
    }

    /**
     * Sets how far a similarity that rests on few users is pulled down.
     *
     * @param shrinkage from 0 (not at all) to 1e9
     * @return this
     */
    public Builder shrinkage(double shrinkage) {
      return set(SHRINKAGE, shrinkage);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public ItemKnn build() {
      return new ItemKnn(OPTIONS.resolve(options()));
    }
  }
}
