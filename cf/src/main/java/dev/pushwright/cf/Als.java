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
import java.util.function.Supplier;

/**
 * {@code als}: implicit matrix factorisation by alternating least squares [1]. Every pair of a user
 * and an item counts: where the user has a weight r<sub>ui</sub> on the item (see {@link
 * Weighting}), the preference is 1 with a confidence that grows with the weight, else it is 0 with
 * a confidence w of its own. The factors x of users and y of items minimise
 *
 * <pre>
 * Σ_{u,i} c_ui·(p_ui − x_u·y_i)² + λ·Σ_u W_u^ν·|x_u|² + λ·Σ_i W_i^ν·|y_i|²
 *
 * p_ui = 1, c_ui = 1 + alpha·r_ui   where r_ui &gt; 0          W_u = Σ_i c_ui
 * p_ui = 0, c_ui = w                elsewhere               W_i = Σ_u c_ui
 * score(u, i) = x_u·y_i
 * </pre>
 *
 * <p>with λ the {@code regularization}, w the {@code unobservedWeight} and ν the {@code
 * frequencyScaling}. With w = 1 and ν = 0 that is [1] to the letter. With alpha = 0 it is the iALS
 * of [2] and its frequency-scaled regularisation: [2] adds α₀·(x·y)² to <i>every</i> pair instead,
 * which is the same for w = α₀ / (1 + α₀) and λ = (1 + α₀) times its λ, but for all scores being 1
 * + α₀ times as large. A confidence is at most 10⁹.
 *
 * <p>With one side fixed, each row of the other is a ridge regression of its own. As in [1] the
 * pairs that were not observed are summed for all rows at once, by the Gram matrix of the fixed
 * side; here both sides are first rotated so that this matrix is diagonal, which changes no score.
 * So a row of n pairs costs {@code conjugate-gradient} [3] O(n·factors) a step, and its diagonal
 * preconditioner is a good one; it begins where the last iteration ended and takes {@code
 * solverSteps} steps at most. {@code cholesky} solves exactly, in O(n·factors² + factors³). An
 * iteration solves the items, then the users; the last users' step is exact with either solver.
 * Memory is O(pairs + (users + items)·factors).
 *
 * <p>A history given with a query is solved as a user's row is, with the items fixed: the history
 * of a user of training gets that user's factors, up to rounding. Reasons are those of [1], section
 * 5: with A the matrix of the user's regression, item j contributes c<sub>uj</sub> ·
 * y<sub>i</sub>ᵀA⁻¹y<sub>j</sub>, and the contributions of all the user's items add up to the
 * score; what speaks against the item is left out.
 *
 * <p>An update solves the users and items that its events touch, users first and once more at the
 * end, and leaves the others as they are, which a refit would move a little. On MovieLens 1M with
 * 64 factors, after an update with one event in a hundred, a user's first ten items are those of a
 * refit but for one in thirty, where a refit with another seed differs in one of ten; scores differ
 * by 0.006 on average.
 *
 * <p>[1] Y. Hu, Y. Koren, C. Volinsky, "Collaborative filtering for implicit feedback datasets",
 * ICDM 2008. [2] S. Rendle, W. Krichene, L. Zhang, Y. Koren, "Revisiting the performance of iALS on
 * item recommendation benchmarks", RecSys 2022. [3] G. Takács, I. Pilászy, D. Tikk, "Applications
 * of the conjugate gradient method for implicit feedback collaborative filtering", RecSys 2011.
 */
public final class Als implements Recommender {

  /** How a row's regression is solved. */
  public enum Solver {
    /** By a few steps of conjugate gradients, from the last iteration's solution. */
    CONJUGATE_GRADIENT,
    /** Exactly. */
    CHOLESKY
  }

  static final String NAME = "als";

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN, Capability.UPDATE);

  static final double MAX_ALPHA = 1e6;
  static final double MIN_WEIGHT = 1e-6;
  static final double MIN_REGULARIZATION = 1e-6;
  static final double MAX_REGULARIZATION = 1e6;

  static final OptionSpec<Integer> FACTORS =
      OptionSpec.integer("factors", 128, 1, 4096, "How many factors a user and an item have.");

  static final OptionSpec<Integer> ITERATIONS =
      OptionSpec.integer(
          "iterations", 12, 1, 10_000, "How often all items and all users are solved.");

  static final OptionSpec<Double> REGULARIZATION =
      OptionSpec.number(
          "regularization",
          0.009,
          MIN_REGULARIZATION,
          MAX_REGULARIZATION,
          "Holds the factors small, times what frequencyScaling says.");

  static final OptionSpec<Double> ALPHA =
      OptionSpec.number(
          "alpha",
          0,
          0,
          MAX_ALPHA,
          "How fast the confidence in an observed pair, 1 + alpha * weight, grows.");

  static final OptionSpec<Double> UNOBSERVED_WEIGHT =
      OptionSpec.number(
          "unobservedWeight",
          0.23,
          MIN_WEIGHT,
          1,
          "The confidence in a pair that was not observed.");

  static final OptionSpec<Double> FREQUENCY_SCALING =
      OptionSpec.number(
          "frequencyScaling",
          1,
          0,
          1,
          "A row is regularized by the sum of its confidences to this power; 0: all rows alike.");

  static final OptionSpec<Solver> SOLVER =
      OptionSpec.choice(
          "solver", Solver.CONJUGATE_GRADIENT, "How the regression of a row is solved.");

  static final OptionSpec<Integer> SOLVER_STEPS =
      OptionSpec.integer(
          "solverSteps", 2, 1, 1000, "How many steps conjugate-gradient takes in an iteration.");

  // With alpha at 0 weights have no say in the factors; what is popular, the fallback, fades.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  static final OptionSet OPTIONS =
      OptionSet.of(
          FACTORS,
          ITERATIONS,
          REGULARIZATION,
          ALPHA,
          UNOBSERVED_WEIGHT,
          FREQUENCY_SCALING,
          SOLVER,
          SOLVER_STEPS,
          SEED,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          CommonOptions.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  // Small, so that the first steps begin near 0, as in [2].
  private static final double DEVIATION = 0.1;

  private final Settings settings;

  Als(Settings settings) {
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
   * Fits the factors.
   *
   * @throws IllegalStateException when a factor is not finite, naming the iteration and the row
   */
  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings);
    int width = settings.get(FACTORS);
    SparseRows byUser = trained.matrix().byUser();
    AlsLoss loss = loss();
    boolean cholesky = settings.get(SOLVER) == Solver.CHOLESKY;
    int steps = settings.get(SOLVER_STEPS);
    Supplier<RidgeSolver> exact = exact(cholesky, width);
    AlsTrainer trainer =
        new AlsTrainer(
            byUser,
            trained.matrix().byItem(),
            loss,
            width,
            Factors.random(byUser.rows(), width, DEVIATION / Math.sqrt(width), settings.get(SEED)),
            new float[byUser.columns()][width],
            cholesky ? exact : () -> new ConjugateGradient(width, steps),
            exact);
    trainer.run(settings.get(ITERATIONS), context);
    return new AlsModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        trained,
        loss,
        cholesky,
        trainer.users(),
        trainer.items(),
        width);
  }

  AlsLoss loss() {
    return new AlsLoss(
        settings.get(ALPHA),
        settings.get(UNOBSERVED_WEIGHT),
        settings.get(REGULARIZATION),
        settings.get(FREQUENCY_SCALING));
  }

  static Supplier<RidgeSolver> exact(boolean cholesky, int width) {
    return cholesky ? () -> new CholeskySolver(width) : () -> ConjugateGradient.exact(width);
  }

  /** Builds an {@link Als}. */
  public static final class Builder extends RecommenderBuilder<Als, Builder> {

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
     * Sets how small the factors are held.
     *
     * @param regularization λ, from 1e-6 to 1e6
     * @return this
     */
    public Builder regularization(double regularization) {
      return set(REGULARIZATION, regularization);
    }

    /**
     * Sets how fast confidence grows with the weight.
     *
     * @param alpha from 0, where every weight is as good as any, to 1e6
     * @return this
     */
    public Builder alpha(double alpha) {
      return set(ALPHA, alpha);
    }

    /**
     * Sets the confidence in a pair that was not observed.
     *
     * @param weight from 1e-6 to 1
     * @return this
     */
    public Builder unobservedWeight(double weight) {
      return set(UNOBSERVED_WEIGHT, weight);
    }

    /**
     * Sets how the regularization grows with what is known of a row.
     *
     * @param power from 0 (not at all) to 1
     * @return this
     */
    public Builder frequencyScaling(double power) {
      return set(FREQUENCY_SCALING, power);
    }

    /**
     * Sets how the regression of a row is solved.
     *
     * @param solver the way
     * @return this
     */
    public Builder solver(Solver solver) {
      return set(SOLVER, solver);
    }

    /**
     * Sets how many steps {@link Solver#CONJUGATE_GRADIENT} takes in an iteration.
     *
     * @param steps from 1 to 1000
     * @return this
     */
    public Builder solverSteps(int steps) {
      return set(SOLVER_STEPS, steps);
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
    public Als build() {
      return new Als(OPTIONS.resolve(options()));
    }
  }
}
