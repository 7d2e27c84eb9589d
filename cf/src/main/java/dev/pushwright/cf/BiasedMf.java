// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Settings;

/**
 * {@code biased-mf}: matrix factorization of ratings with biases [1]. Users and items are vectors
 * of K {@code factors}, and with μ the mean of all ratings a rating is predicted as
 *
 * <pre>r̂_ui = μ + b_u + b_i + q_iᵀ p_u</pre>
 *
 * Biases and vectors make small, by stochastic gradient descent,
 *
 * <pre>Σ_(u,i) (r_ui − r̂_ui)² + λ_b (b_u² + b_i²) + λ (|p_u|² + |q_i|²)</pre>
 *
 * where λ is {@code regularization} and λ_b {@code biasRegularization}: with e = r − r̂, a rating
 * moves b_u by γ(e − λ_b·b_u), p_u by γ(e·q_i − λ·p_u), and the item's likewise. The rate γ is
 * {@code learningRate}, times {@code learningRateDecay} after each epoch. With a {@code
 * validationShare}, the epoch that predicts the ratings left out of training best is kept, and
 * training stops after {@code patience} epochs without a better one.
 *
 * <p>Ratings are learned from in blocks no two of which share a user or an item at one time [2], so
 * that threads need no locks and their number does not change a bit of the result. An epoch takes
 * O(ratings · K), the model O((users + items) · K) memory.
 *
 * <p>Departures: ratings are stretched to a scale of five stars while they are learned from, so
 * that the options mean the same on any scale; the groups of [2] are dealt by numbers of ratings
 * and stay the same in all epochs, in place of a random choice of blocks. An event's age has no
 * say: half of a rating of 4 is no rating of 2, so there is no half-life here.
 *
 * <p>The users' vectors come from gradient descent, those of a history from least squares with the
 * same items and penalties: they differ by what descent leaves to do.
 *
 * <p>[1] Y. Koren, R. Bell, C. Volinsky, "Matrix factorization techniques for recommender systems",
 * IEEE Computer 42(8), 2009, equations 4 and 5. [2] R. Gemulla, P. Haas, E. Nijkamp, Y. Sismanis,
 * "Large-scale matrix factorization with distributed stochastic gradient descent", KDD 2011.
 */
public final class BiasedMf extends RatingSgdRecommender {

  static final String NAME = "biased-mf";

  static final OptionSet OPTIONS =
      OptionSet.of(
          SgdOptions.FACTORS,
          SgdOptions.REGULARIZATION,
          SgdOptions.BIAS_REGULARIZATION,
          SgdOptions.LEARNING_RATE,
          SgdOptions.LEARNING_RATE_DECAY,
          SgdOptions.EPOCHS,
          SgdOptions.VALIDATION_SHARE,
          SgdOptions.PATIENCE,
          SgdOptions.SEED,
          Ratings.WEIGHTS,
          Ratings.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  BiasedMf(Settings settings) {
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
    return new BiasedMfTrainer(NAME, ratings, options, context);
  }

  /** Builds a {@link BiasedMf}. */
  public static final class Builder extends SgdBuilder<BiasedMf, Builder> {

    private Builder() {}

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public BiasedMf build() {
      return new BiasedMf(OPTIONS.resolve(options()));
    }
  }
}
