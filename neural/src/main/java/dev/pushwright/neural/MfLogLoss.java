// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * {@code mf-logloss}: matrix factorisation with biases under the logistic loss, which, well tuned,
 * does as well as the networks [1]:
 *
 * <pre>
 * x(u, i) = b + b_u + b_i + p_u · q_i      P(u has i) = σ(x)
 * </pre>
 *
 * <p>Trained by stochastic gradient descent on pairs and on negatives drawn anew in each epoch, all
 * in random order, with the loss of {@link NeuMf}: with e = y − σ(x), the rate η and the {@code
 * regularization} λ, a sample moves
 *
 * <pre>
 * p_u += η·(e·q_i − λ·p_u)     b_u += η·(e − λ·b_u)     b += η·(e − λ·b)
 * q_i += η·(e·p_u − λ·q_i)     b_i += η·(e − λ·b_i)
 * </pre>
 *
 * <p>Factors begin with normal numbers of the given deviation, biases at 0.
 *
 * <p>As in the program of [1], negatives are drawn from all items, the user's own among them,
 * unless {@code rejectPositives} is set: {@link NeuMf} says what that does.
 *
 * <p><b>Departures from [1].</b> The samples of a batch move the parameters together, by the sum of
 * what each would alone. The rate begins at eight times that of [1] and falls to a sixth of it: on
 * MovieLens 1M a quarter of the epochs then does as well.
 *
 * <p>No reasons are given, as {@link Gmf} says.
 *
 * <p>An unseen history is folded in as {@link NeuMf} says. Fitting takes O(pairs · (1 + negatives)
 * · factors · epochs) time.
 *
 * <p>[1] S. Rendle et al., "Neural collaborative filtering vs. matrix factorization revisited",
 * RecSys 2020.
 */
public final class MfLogLoss extends PairRecommender {

  static final String NAME = "mf-logloss";

  static final OptionSpec<Integer> FACTORS = Gmf.FACTORS.withDefault(192);

  static final OptionSpec<Double> INITIAL_DEVIATION =
      OptionSpec.number(
          "initialDeviation", 0.1, 0, 10, "The standard deviation of what factors begin with.");

  static final OptionSpec<Double> LEARNING_RATE = PairPlan.LEARNING_RATE.withDefault(0.016);

  static final OptionSpec<Integer> BATCH = PairPlan.BATCH.withDefault(512);

  static final OptionSpec<Double> REGULARIZATION = PairPlan.REGULARIZATION.withDefault(0.005);

  static final OptionSpec<Integer> EPOCHS = PairPlan.EPOCHS.withDefault(64);

  static final OptionSpec<Boolean> REJECT_POSITIVES = PairPlan.REJECT_POSITIVES.withDefault(false);

  static final OptionSet OPTIONS =
      options(
          FACTORS,
          INITIAL_DEVIATION,
          LEARNING_RATE,
          PairPlan.LEARNING_RATE_FLOOR,
          REGULARIZATION,
          EPOCHS,
          PairPlan.AVERAGED_EPOCHS,
          PairPlan.NEGATIVES,
          REJECT_POSITIVES,
          BATCH);

  MfLogLoss(Settings settings) {
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
  MfNet.Shape architecture() {
    return new MfNet.Shape(settings().get(FACTORS), settings().get(INITIAL_DEVIATION));
  }

  @Override
  PairPlan plan() {
    return PairPlan.of(settings(), OptimizerRule.SGD, true);
  }

  /** Builds an {@link MfLogLoss}. */
  public static final class Builder extends PairBuilder<MfLogLoss, Builder> {

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
     * Sets how large the first factors are.
     *
     * @param deviation their standard deviation, from 0 to 10
     * @return this
     */
    public Builder initialDeviation(double deviation) {
      return set(INITIAL_DEVIATION, deviation);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public MfLogLoss build() {
      return new MfLogLoss(OPTIONS.resolve(options()));
    }
  }
}
