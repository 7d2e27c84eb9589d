// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.Recommender;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.util.Set;

/**
 * {@code bpr}: matrix factorisation that learns the order of items, Bayesian personalised ranking
 * [1]. An item i that user u has shall score above any item j that u does not have:
 *
 * <pre>
 * score(u, i) = b_i + p_u · q_i
 * x_uij       = score(u, i) − score(u, j)
 * BPR-Opt     = Σ_(u,i,j) c_ui · ln σ(x_uij) − λ/2 · (|p_u|² + |q_i|² + |q_j|² + b_i² + b_j²)
 * </pre>
 *
 * <p>with σ(x) = 1 / (1 + e<sup>−x</sup>) and λ the {@code regularization}. It is maximised by
 * stochastic gradient ascent: an epoch visits every pair (u, i) once, in random order, and draws
 * {@code negatives} items j for each. With e = c_ui · (1 − σ(x_uij)) and the rate η, a step is
 *
 * <pre>
 * p_u += η·(e·(q_i − q_j) − λ·p_u)     b_i += η·( e − λ·b_i)
 * q_i += η·(e·p_u − λ·q_i)             b_j += η·(−e − λ·b_j)
 * q_j += η·(−e·p_u − λ·q_j)
 * </pre>
 *
 * <p>An item that u has is never drawn for j: it is drawn again, and where u has everything there
 * is no step. By {@code sampling} all items are drawn alike, as in [1], or each in proportion to
 * the number of users who have it. The latter learns the order among popular items, and takes from
 * them the lead that they have with everybody: what is recommended is less popular, and a metric
 * that counts hits among the first falls (NDCG@10 on MovieLens 100K to less than half). [2] is
 * about ways in between.
 *
 * <p><b>Departures from [1].</b> Item biases b are learned. η falls in a straight line from {@code
 * learningRate} to nothing, so that the last epochs settle what the first found. Pairs weigh
 * differently: c_ui = 2w / (w + m) with w the pair's weight (see {@link Weighting}) and m the
 * median over all pairs, which is 1 for every pair where all weigh the same, and nowhere above 2:
 * no single pair can throw the steps off. Pairs are visited in random order but each once an epoch,
 * not drawn with replacement.
 *
 * <p><b>An unseen history</b> gets a vector p by the same steps from p = 0, with as many epochs
 * (fewer where that were more than 20 000 steps), and with items left as they are. In p the
 * objective is concave, so where the steps begin does not matter; the answer is nearly that of
 * training.
 *
 * <p><b>Reasons.</b> Where p_u has settled, its gradient is 0: λ·p_u = Σ_l e_l · (q_l − q̄), over
 * the user's own items l, with q̄ the mean of what is drawn and e_l = c_ul · (1 − σ(score(u, l) −
 * mean score)). What lifts item i above the mean item, p_u · (q_i − q̄), is therefore a sum over
 * the own items, and each one's part is in proportion to
 *
 * <pre>
 * e_l · (q_l − q̄) · (q_i − q̄)
 * </pre>
 *
 * <p>Parts below 0 give no reason. An item for which no own item speaks was carried by its bias,
 * and the reason given is that it is popular.
 *
 * <p>Fitting takes O(pairs · negatives · factors · epochs) time and O((users + items) · factors +
 * pairs) memory, and gives the same bits for any number of threads, see {@code BprTrainer}. An item
 * that nobody has is not recommended.
 *
 * <p>[1] S. Rendle et al., "BPR: Bayesian personalized ranking from implicit feedback", UAI 2009.
 * [2] S. Rendle, C. Freudenthaler, "Improving pairwise learning for item recommendation from
 * implicit feedback", WSDM 2014.
 */
public final class Bpr implements Recommender {

  /** How the items a user does not have are drawn. */
  public enum Sampling {
    /** All alike. */
    UNIFORM,
    /** In proportion to how many users have the item. */
    POPULARITY
  }

  static final String NAME = "bpr";

  static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PERSONALIZED, Capability.FOLD_IN, Capability.EXPLAIN);

  static final OptionSpec<Integer> FACTORS =
      OptionSpec.integer("factors", 128, 1, 2048, "How many numbers describe a user or an item.");

  static final OptionSpec<Double> REGULARIZATION =
      OptionSpec.number(
          "regularization", 0.01, 0, 10, "Pulls every factor and bias towards 0 at each step.");

  static final OptionSpec<Double> LEARNING_RATE =
      OptionSpec.number(
          "learningRate", 0.05, 1e-9, 10, "How long the first steps are; the last are near 0.");

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer("epochs", 20, 1, 100_000, "How often every pair is visited.");

  static final OptionSpec<Integer> NEGATIVES =
      OptionSpec.integer(
          "negatives", 4, 1, 1000, "How many items the user does not have are drawn for a pair.");

  static final OptionSpec<Sampling> SAMPLING =
      OptionSpec.choice(
          "sampling",
          Sampling.UNIFORM,
          "Draws items all alike, or in proportion to how many users have them.");

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  // On a shop's data split by time 30 did better than 90, and 90 than none; on films split
  // at random it is the other way round. With 90 either is near its best.
  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(90.0);

  static final OptionSet OPTIONS =
      OptionSet.of(
          FACTORS,
          REGULARIZATION,
          LEARNING_RATE,
          EPOCHS,
          NEGATIVES,
          SAMPLING,
          SEED,
          CommonOptions.WEIGHTS,
          HALF_LIFE_DAYS,
          CommonOptions.COMBINE,
          CommonOptions.SEGMENT_BY,
          CommonOptions.POPULARITY_DAMPING);

  private final Settings settings;

  Bpr(Settings settings) {
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
   * Fits a model.
   *
   * @throws IllegalStateException when the steps diverge, naming epoch, place and learning rate
   */
  @Override
  public RecommenderModel fit(Dataset data, FitContext context) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings);
    BprTrainer trainer =
        new BprTrainer(trained.matrix().byUser(), trained.matrix().byItem(), Plan.of(settings));
    trainer.run(context);
    return new BprModel(
        Provenance.of(NAME, settings.asText(), data.fingerprint()),
        trained,
        Plan.of(settings),
        trainer.userRows(),
        trainer.itemRows(),
        trainer.biases());
  }

  /** The settings that the steps go by. */
  record Plan(
      int factors,
      double regularization,
      double learningRate,
      int epochs,
      int negatives,
      Sampling sampling,
      long seed) {

    static Plan of(Settings settings) {
      return new Plan(
          settings.get(FACTORS),
          settings.get(REGULARIZATION),
          settings.get(LEARNING_RATE),
          settings.get(EPOCHS),
          settings.get(NEGATIVES),
          settings.get(SAMPLING),
          settings.get(SEED));
    }

    /** The rate in an epoch, counted from 0. */
    float rate(int epoch) {
      return (float) (learningRate * (epochs - epoch) / epochs);
    }
  }

  /** Builds a {@link Bpr}. */
  public static final class Builder extends RecommenderBuilder<Bpr, Builder> {

    private Builder() {}

    /**
     * Sets how many numbers describe a user or an item.
     *
     * @param factors from 1 to 2048
     * @return this
     */
    public Builder factors(int factors) {
      return set(FACTORS, factors);
    }

    /**
     * Sets how strongly factors and biases are pulled towards 0 at each step.
     *
     * @param regularization λ, from 0 (not at all) to 10
     * @return this
     */
    public Builder regularization(double regularization) {
      return set(REGULARIZATION, regularization);
    }

    /**
     * Sets how long the first steps are.
     *
     * @param learningRate above 0, at most 10
     * @return this
     */
    public Builder learningRate(double learningRate) {
      return set(LEARNING_RATE, learningRate);
    }

    /**
     * Sets how often every pair is visited.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder epochs(int epochs) {
      return set(EPOCHS, epochs);
    }

    /**
     * Sets how many items the user does not have are drawn for each visit of a pair.
     *
     * @param negatives from 1 to 1000
     * @return this
     */
    public Builder negatives(int negatives) {
      return set(NEGATIVES, negatives);
    }

    /**
     * Sets how those items are drawn.
     *
     * @param sampling the way
     * @return this
     */
    public Builder sampling(Sampling sampling) {
      return set(SAMPLING, sampling);
    }

    /**
     * Sets what drives every random choice.
     *
     * @param seed any number
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
    public Bpr build() {
      return new Bpr(OPTIONS.resolve(options()));
    }
  }
}
