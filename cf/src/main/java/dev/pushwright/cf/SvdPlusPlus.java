// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * {@code svd++}: matrix factorization that also learns from what a user has rated at all, whatever
 * the rating [1]. With N(u) the items that user u has rated,
 *
 * <pre>r̂_ui = μ + b_u + b_i + q_iᵀ (p_u + |N(u)|^−½ Σ_{j ∈ N(u)} y_j)</pre>
 *
 * Biases and vectors make small, by stochastic gradient descent as in {@link BiasedMf},
 *
 * <pre>Σ_(u,i) (r_ui − r̂_ui)² + λ_b (b_u² + b_i²) + λ (|p_u|² + |q_i|² + |y_i|²)</pre>
 *
 * <p>The options mean what they mean there. Users come one after another, in a new order each
 * epoch: the sum over N(u) is formed once, the user's ratings move p_u, q_i and the biases, and
 * then all y_j of N(u) move together by γ(|N(u)|^−½ Σ_i e_ui·q_i − λ·y_j). An epoch takes O(ratings
 * · K).
 *
 * <p>Departures: [1] moves every y_j at each rating of the user, which takes O(Σ_u n_u² · K) an
 * epoch for the same direction; ratings are stretched as in {@link BiasedMf}. Any two users share
 * items by way of the y_j, so there are no blocks that could be learned from at once: training is
 * the work of one thread.
 *
 * <p>[1] Y. Koren, "Factorization meets the neighborhood: a multifaceted collaborative filtering
 * model", KDD 2008, equations 15 and 16.
 */
public final class SvdPlusPlus extends RatingSgdRecommender {

  static final String NAME = "svd++";

  // What did best of what was tried on random folds of MovieLens 100K.
  static final OptionSpec<Integer> FACTORS = SgdOptions.FACTORS.withDefault(50);
  static final OptionSpec<Double> LEARNING_RATE = SgdOptions.LEARNING_RATE.withDefault(0.01);
  static final OptionSpec<Integer> EPOCHS = SgdOptions.EPOCHS.withDefault(20);

  static final OptionSet OPTIONS =
      OptionSet.of(
          FACTORS,
          SgdOptions.REGULARIZATION,
          SgdOptions.BIAS_REGULARIZATION,
          LEARNING_RATE,
          SgdOptions.LEARNING_RATE_DECAY,
          EPOCHS,
          SgdOptions.VALIDATION_SHARE,
          SgdOptions.PATIENCE,
          SgdOptions.SEED,
          Ratings.WEIGHTS,
          Ratings.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  SvdPlusPlus(Settings settings) {
    super(NAME, settings);
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
  RatingSgd trainer(Ratings ratings, SgdOptions options, FitContext context) {
    return new SvdPlusPlusTrainer(NAME, ratings, options, context);
  }

  /** Builds an {@link SvdPlusPlus}. */
  public static final class Builder extends SgdBuilder<SvdPlusPlus, Builder> {

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public SvdPlusPlus build() {
      return new SvdPlusPlus(OPTIONS.resolve(options()));
    }
  }
}
