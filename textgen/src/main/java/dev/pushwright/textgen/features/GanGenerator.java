// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import java.util.function.Supplier;

/**
 * {@code gan}: generates the features of items that a user would want by a conditional generative
 * adversarial network [1], and writes messages by them, as {@link FeatureModel} says. With x the
 * user, y the {@linkplain FeatureSpace features} of an item that was new to the user on the next
 * day, z standard normal noise and y′ = G(x, z), brought to the length that items have:
 *
 * <pre>
 * classic      L_D = −ln D(x, y) − ln(1 − D(x, y′))      L_G = −ln D(x, y′)
 * wasserstein  L_D = D(x, y′) − D(x, y) + λ·(|∇D(x, ŷ)| − 1)²      L_G = −D(x, y′)
 * </pre>
 *
 * <p>The second [2] has ŷ somewhere between y and y′, the gradient being that of ŷ. With {@code
 * mismatched}, half of what counts as generated is a real item of another user [3]: without it the
 * critic has little reason to look at x. {@code smoothing} makes the target of real items less than
 * 1 [4]. With {@code balance}, of the classic two the one that is ahead waits: the critic while it
 * is right above 90 % of the time, the generator while the critic is below 55 %.
 *
 * <p>The Wasserstein loss is the default: on Online Retail the classic one collapsed within two
 * epochs of 30,000 pairs, from each of three seeds.
 *
 * <p><b>Collapse</b>: where what is generated for watched users comes nearest to fewer than {@code
 * collapseBelow} of the number of items wanted, or lies less than that share of the distance apart,
 * in two epochs in a row, training begins anew with another seed, {@code restarts} times at most,
 * and then stops; the {@link TrainingReport} and a warning in the log say so. Kept is the epoch,
 * among those without a collapse, in which the items wanted by the watched users (one profile in
 * twenty) were likeliest.
 *
 * <p>Fitting takes O(epochs · samples · criticSteps · H · (P + D + H)) time.
 *
 * <p>[1] M. Mirza, S. Osindero, "Conditional generative adversarial nets", 2014. [2] I. Gulrajani
 * et al., "Improved training of Wasserstein GANs", NIPS 2017. [3] S. Reed et al., "Generative
 * adversarial text to image synthesis", ICML 2016. [4] T. Salimans et al., "Improved techniques for
 * training GANs", NIPS 2016.
 */
public final class GanGenerator extends FeatureGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "gan";

  /** What the two play for. */
  public enum Loss {
    /** Telling real from generated; the generator's loss does not saturate. */
    CLASSIC,
    /** The Wasserstein distance, with a gradient penalty. */
    WASSERSTEIN
  }

  static final OptionSpec<Loss> LOSS =
      OptionSpec.choice("loss", Loss.WASSERSTEIN, "What generator and critic play for.");

  static final OptionSpec<Integer> CRITIC_STEPS =
      OptionSpec.integer("criticSteps", 3, 1, 100, "Steps of the critic for one of the generator.");

  static final OptionSpec<Double> SMOOTHING =
      OptionSpec.number(
          "smoothing", 0.1, 0, 0.5, "What the target of real items is less than 1; classic only.");

  static final OptionSpec<Boolean> MISMATCHED =
      OptionSpec.flag(
          "mismatched", true, "Whether the critic learns that another user's item is wrong too.");

  static final OptionSpec<Boolean> BALANCE =
      OptionSpec.flag(
          "balance", true, "Whether the one of the two that is ahead waits; classic only.");

  static final OptionSpec<Double> PENALTY =
      OptionSpec.number(
          "gradientPenalty", 10, 0, 1000, "Weight of the gradient penalty; wasserstein only.");

  static final OptionSpec<Double> COLLAPSE_BELOW =
      OptionSpec.number(
          "collapseBelow",
          0.1,
          0,
          1,
          "Coverage and distance, beside those of what is wanted, below which it has collapsed; 0:"
              + " never.");

  static final OptionSpec<Integer> RESTARTS =
      OptionSpec.integer(
          "restarts", 2, 0, 100, "How often training begins anew after a collapse; 0: it stops.");

  static final OptionSet OPTIONS =
      OptionSet.of(
          Plan.with(
              LOSS,
              CRITIC_STEPS,
              SMOOTHING,
              MISMATCHED,
              BALANCE,
              PENALTY,
              COLLAPSE_BELOW,
              RESTARTS));

  GanGenerator(Settings settings) {
    super(NAME, settings);
  }

  /**
   * Starts a generator.
   *
   * @return a builder with every option at its default
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  Training.Collapse collapse() {
    return new Training.Collapse(settings().get(COLLAPSE_BELOW), settings().get(RESTARTS));
  }

  @Override
  Trainer trainer(
      Plan plan, Shape shape, int samples, long seed, int threads, Supplier<Draw> draws) {
    GanTrainer.Loss loss =
        new GanTrainer.Loss(
            settings().get(LOSS),
            settings().get(CRITIC_STEPS),
            settings().get(SMOOTHING),
            settings().get(MISMATCHED),
            settings().get(BALANCE),
            settings().get(PENALTY));
    return new GanTrainer(NAME, plan, loss, shape, samples, seed, threads, draws);
  }

  /** Builds a {@link GanGenerator}. */
  public static final class Builder extends FeatureBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what generator and critic play for.
     *
     * @param loss the loss
     * @return this
     */
    public Builder loss(Loss loss) {
      return set(LOSS, loss);
    }

    /**
     * Sets how many steps the critic makes for one of the generator.
     *
     * @param steps from 1 to 100
     * @return this
     */
    public Builder criticSteps(int steps) {
      return set(CRITIC_STEPS, steps);
    }

    /**
     * Sets what the target of real items is less than 1.
     *
     * @param smoothing from 0 to 0.5
     * @return this
     */
    public Builder smoothing(double smoothing) {
      return set(SMOOTHING, smoothing);
    }

    /**
     * Sets whether the critic learns that another user's item is wrong too.
     *
     * @param mismatched whether it does
     * @return this
     */
    public Builder mismatched(boolean mismatched) {
      return set(MISMATCHED, mismatched);
    }

    /**
     * Sets whether the one of the two that is ahead waits.
     *
     * @param balance whether it does
     * @return this
     */
    public Builder balance(boolean balance) {
      return set(BALANCE, balance);
    }

    /**
     * Sets the weight of the gradient penalty.
     *
     * @param penalty λ, from 0 to 1000
     * @return this
     */
    public Builder gradientPenalty(double penalty) {
      return set(PENALTY, penalty);
    }

    /**
     * Sets when it has collapsed.
     *
     * @param share from 0 (never) to 1
     * @return this
     */
    public Builder collapseBelow(double share) {
      return set(COLLAPSE_BELOW, share);
    }

    /**
     * Sets how often training begins anew after a collapse.
     *
     * @param restarts from 0 to 100
     * @return this
     */
    public Builder restarts(int restarts) {
      return set(RESTARTS, restarts);
    }

    /**
     * The generator.
     *
     * @return an immutable generator
     * @throws IllegalArgumentException for an option that is not allowed
     */
    public GanGenerator build() {
      return new GanGenerator(OPTIONS.resolve(options()));
    }
  }
}
