// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * {@code mlp}: the deep tower of {@link NeuMf} alone [1]. A user and an item, side by side, go
 * through fully connected layers of falling width:
 *
 * <pre>
 * h₀ = [p_u, q_i]      h_n = ReLU(W_nᵀ·h_(n−1) + b_n)      x(u, i) = c + w · h_N
 * </pre>
 *
 * <p>Trained, folded in and saved as {@link NeuMf} says, and like that without reasons. By default
 * the learning rate falls to a fifth and the model is the mean over the last three epochs.
 *
 * <p>[1] X. He et al., "Neural collaborative filtering", WWW 2017.
 */
public final class Mlp extends PairRecommender {

  static final String NAME = "mlp";

  static final OptionSpec<Double> LEARNING_RATE_FLOOR =
      PairPlan.LEARNING_RATE_FLOOR.withDefault(0.2);

  static final OptionSpec<Double> REGULARIZATION = PairPlan.REGULARIZATION.withDefault(0.002);

  static final OptionSpec<Integer> EPOCHS = PairPlan.EPOCHS.withDefault(8);

  static final OptionSpec<Integer> AVERAGED_EPOCHS = PairPlan.AVERAGED_EPOCHS.withDefault(3);

  static final OptionSet OPTIONS =
      options(
          Layers.OPTION,
          PairPlan.OPTIMIZER,
          PairPlan.LEARNING_RATE,
          LEARNING_RATE_FLOOR,
          REGULARIZATION,
          EPOCHS,
          AVERAGED_EPOCHS,
          PairPlan.NEGATIVES,
          PairPlan.REJECT_POSITIVES,
          PairPlan.BATCH);

  Mlp(Settings settings) {
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
  NcfNet.Shape architecture() {
    return new NcfNet.Shape(0, settings().get(Layers.OPTION).widths());
  }

  @Override
  PairPlan plan() {
    return PairPlan.of(settings(), settings().get(PairPlan.OPTIMIZER), false);
  }

  /** Builds an {@link Mlp}. */
  public static final class Builder extends PairBuilder<Mlp, Builder> {

    private Builder() {}

    /**
     * Sets the widths of the layers.
     *
     * @param widths the first is that of a user and an item side by side, and even; each from 1 to
     *     8192
     * @return this
     */
    public Builder layers(Integer... widths) {
      return set(Layers.OPTION, Layers.of(widths));
    }

    /**
     * Sets what moves the parameters.
     *
     * @param rule the rule
     * @return this
     */
    public Builder optimizer(OptimizerRule rule) {
      return set(PairPlan.OPTIMIZER, rule);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public Mlp build() {
      return new Mlp(OPTIONS.resolve(options()));
    }
  }
}
