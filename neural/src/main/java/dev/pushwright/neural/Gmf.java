// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import java.util.List;

/**
 * {@code gmf}: generalised matrix factorisation, the linear tower of {@link NeuMf} alone [1]. With
 * p and q the F factors of a user and an item, and learned weights h and c:
 *
 * <pre>
 * x(u, i) = c + Σ_f h_f · p_uf · q_if      P(u has i) = σ(x)
 * </pre>
 *
 * <p>No reasons are given: what p holds was learned from items and from negatives that were drawn
 * and not kept, and nothing tells how much of it is due to which item.
 *
 * <p>Trained, folded in and saved as {@link NeuMf} says. Fitting takes O(pairs · (1 + negatives) ·
 * F · epochs) time, scoring all items O(items · F).
 *
 * <p>[1] X. He et al., "Neural collaborative filtering", WWW 2017.
 */
public final class Gmf extends PairRecommender {

  static final String NAME = "gmf";

  static final OptionSpec<Integer> FACTORS =
      OptionSpec.integer("factors", 128, 1, 2048, "How many numbers describe a user or an item.");

  static final OptionSpec<OptimizerRule> OPTIMIZER =
      PairPlan.OPTIMIZER.withDefault(OptimizerRule.ADAGRAD);

  static final OptionSpec<Double> LEARNING_RATE = PairPlan.LEARNING_RATE.withDefault(0.2);

  static final OptionSpec<Double> REGULARIZATION = PairPlan.REGULARIZATION.withDefault(0.006);

  static final OptionSpec<Integer> EPOCHS = PairPlan.EPOCHS.withDefault(10);

  static final OptionSpec<Integer> BATCH = PairPlan.BATCH.withDefault(512);

  static final OptionSet OPTIONS =
      options(
          FACTORS,
          OPTIMIZER,
          LEARNING_RATE,
          PairPlan.LEARNING_RATE_FLOOR,
          REGULARIZATION,
          EPOCHS,
          PairPlan.AVERAGED_EPOCHS,
          PairPlan.NEGATIVES,
          PairPlan.REJECT_POSITIVES,
          BATCH);

  Gmf(Settings settings) {
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
    return new NcfNet.Shape(settings().get(FACTORS), List.of());
  }

  @Override
  PairPlan plan() {
    return PairPlan.of(settings(), settings().get(OPTIMIZER), false);
  }

  /** Builds a {@link Gmf}. */
  public static final class Builder extends PairBuilder<Gmf, Builder> {

    private Builder() {}

    /**
     * Sets how many numbers describe a user or an item.
     *
     * @param factors F, from 1 to 2048
     * @return this
     */
    public Builder factors(int factors) {
      return set(FACTORS, factors);
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
    public Gmf build() {
      return new Gmf(OPTIONS.resolve(options()));
    }
  }
}
