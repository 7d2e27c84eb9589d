// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Set;

/**
 * {@code explicit-als}: matrix factorisation of ratings by alternating least squares with weighted
 * λ-regularization, ALS-WR [1]. With μ the mean of all ratings, n<sub>u</sub> and n<sub>i</sub> the
 * numbers of ratings of a user and of an item, it minimises over the pairs that were rated
 *
 * <pre>
 * Σ (r_ui − r̂_ui)² + λ·Σ_u n_u·(|x_u|² + b_u²) + λ·Σ_i n_i·(|y_i|² + b_i²)
 * r̂_ui = μ + b_u + b_i + x_u·y_i
 * </pre>
 *
 * <p>[1] has no biases, but for the first factor of an item beginning at its mean; those here are
 * solved together with the factors, as one more column of ones on the other side. A prediction is
 * held to the scale of the ratings; of an unknown user or item the bias and factors are 0.
 *
 * <p>Each row of one side is a ridge regression on the other, solved exactly by Cholesky: O(ratings
 * · factors² + (users + items) · factors³) an iteration, which solves the items and then the users.
 * A history given with a query is solved as a user's row is, to the same bits.
 *
 * <p>Items are recommended by r̂, before it is held to the scale. Reasons are those of {@link Als}:
 * with A the matrix of the user's regression and f = (y, 1), item j contributes (r<sub>uj</sub> − μ
 * − b<sub>j</sub>) · f<sub>i</sub>ᵀA⁻¹f<sub>j</sub> to what the user's taste adds to μ +
 * b<sub>i</sub>; where none adds anything, the item is there because everybody likes it.
 *
 * <p>An update keeps μ, solves the users and items that its events touch and leaves the others.
 *
 * <p>[1] Y. Zhou, D. Wilkinson, R. Schreiber, R. Pan, "Large-scale parallel collaborative filtering
 * for the Netflix prize", AAIM 2008.
 */
public final class ExplicitAls implements Recommender {

  static final String NAME = "explicit-als";

  static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.PERSONALIZED,
          Capability.FOLD_IN,
          Capability.EXPLAIN,
          Capability.PREDICT_RATINGS,
          Capability.UPDATE);

  static final double MIN_REGULARIZATION = 1e-6;
  static final double MAX_REGULARIZATION = 1e6;

  static final OptionSpec<Integer> FACTORS =
      OptionSpec.integer("factors", 32, 1, 4096, "How many factors a user and an item have.");

  static final OptionSpec<Integer> ITERATIONS =
      OptionSpec.integer(
          "iterations", 15, 1, 10_000, "How often all items and all users are solved.");

  static final OptionSpec<Double> REGULARIZATION =
      OptionSpec.number(
          "regularization",
          0.13,
          MIN_REGULARIZATION,
          MAX_REGULARIZATION,
          "Holds factors and biases small, times the number of ratings.");

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  static final OptionSet OPTIONS =
      OptionSet.of(
          FACTORS,
          ITERATIONS,
          REGULARIZATION,
          SEED,
          Ratings.WEIGHTS,
          CommonOptions.HALF_LIFE_DAYS,
          Ratings.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  private static final double DEVIATION = 0.1;

  private final Settings settings;

  ExplicitAls(Settings settings) {
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

  /**
   * Fits the factors. Where nothing is a rating, a warning is logged, and all answers will be the
   * fallback's.
   *
   * @throws IllegalStateException when a factor is not finite, naming the iteration and the row
   */
  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings);
    Ratings ratings = Ratings.of(NAME, data, trained);
    int width = settings.get(FACTORS) + 1;
    ExplicitAlsTrainer trainer =
        new ExplicitAlsTrainer(
            trained.matrix().byUser(),
            trained.matrix().byItem(),
            settings.get(REGULARIZATION),
            ratings.mean(),
            Factors.random(
                trained.users().size(), width, DEVIATION / Math.sqrt(width), settings.get(SEED)),
            new float[trained.items().size()][width],
            width);
    trainer.run(settings.get(ITERATIONS), context);
    return new ExplicitAlsModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()), trained, trainer);
  }

  /** Builds an {@link ExplicitAls}. */
  public static final class Builder extends RecommenderBuilder<ExplicitAls, Builder> {

    private Builder() {}

    /**
     * Sets how many factors a user and an item have.
     *
     * @param factors from 1 to 4096
     * @return this
     */
    public Builder factors(int factors) {
      return set(FACTORS, factors);
    }

    /**
     * Sets how often all items and all users are solved.
     *
     * @param iterations from 1 to 10 000
     * @return this
     */
    public Builder iterations(int iterations) {
      return set(ITERATIONS, iterations);
    }

    /**
     * Sets how small factors and biases are held.
     *
     * @param regularization λ, from 1e-6 to 1e6
     * @return this
     */
    public Builder regularization(double regularization) {
      return set(REGULARIZATION, regularization);
    }

    /**
     * Sets what the factors begin with.
     *
     * @param seed any
     * @return this
     */
    public Builder seed(long seed) {
      return set(SEED, seed);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public ExplicitAls build() {
      return new ExplicitAls(OPTIONS.resolve(options()));
    }
  }
}
