// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import java.util.function.Supplier;

/**
 * {@code vae}: generates the features of items that a user would want by a conditional variational
 * autoencoder [1], and writes messages by them, as {@link FeatureModel} says. With x the user, y
 * the {@linkplain FeatureSpace features} of an item that was new to the user on the next day, and z
 * standard normal noise:
 *
 * <pre>
 * q(z | x, y) = N(μ(x, y), e^s(x, y))      p(y | x, z) = N(ŷ(x, z), v)
 * L = −ln p(y | x, z) + β · Σ_k max(λ, KL_k)
 * </pre>
 *
 * <p>ŷ has two hidden layers, μ and s share one. v is learned. β rises from 0 to its value in the
 * first {@code annealing} of the steps; λ are the {@code freeBits} of each of the numbers of z, in
 * nats, taken over {@value Trainer#CHUNK} rows. Training keeps the epoch in which items wanted by
 * users that are only watched (one profile in twenty) were likeliest. A z that is not made use of
 * (posterior collapse) is found by its active units and reported, see {@link TrainingReport}.
 *
 * <p>Fitting takes O(epochs · samples · H · (P + D + H)) time.
 *
 * <p>[1] K. Sohn, H. Lee, X. Yan, "Learning structured output representation using deep conditional
 * generative models", NIPS 2015.
 */
public final class VaeGenerator extends FeatureGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "vae";

  static final OptionSpec<Double> BETA =
      OptionSpec.number(
          "beta", 1, 0, 1000, "What the divergence of the noise counts beside the error.");

  static final OptionSpec<Double> ANNEALING =
      OptionSpec.number(
          "annealing", 0.3, 0, 1, "The share of the steps in which beta rises from 0.");

  static final OptionSpec<Double> FREE_BITS =
      OptionSpec.number(
          "freeBits", 0.05, 0, 100, "Nats that each number of the noise may tell for nothing.");

  static final OptionSet OPTIONS = OptionSet.of(Plan.with(BETA, ANNEALING, FREE_BITS));

  VaeGenerator(Settings settings) {
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
    return new Training.Collapse(0, 0);
  }

  @Override
  Trainer trainer(
      Plan plan, Shape shape, int samples, long seed, int threads, Supplier<Draw> draws) {
    VaeTrainer.Loss loss =
        new VaeTrainer.Loss(
            settings().get(BETA), settings().get(ANNEALING), settings().get(FREE_BITS));
    return new VaeTrainer(NAME, plan, loss, shape, samples, threads, draws);
  }

  /** Builds a {@link VaeGenerator}. */
  public static final class Builder extends FeatureBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what the divergence of the noise counts beside the error.
     *
     * @param beta β, from 0 to 1000
     * @return this
     */
    public Builder beta(double beta) {
      return set(BETA, beta);
    }

    /**
     * Sets the share of the steps in which β rises from 0.
     *
     * @param share from 0 to 1
     * @return this
     */
    public Builder annealing(double share) {
      return set(ANNEALING, share);
    }

    /**
     * Sets what each number of the noise may tell for nothing.
     *
     * @param nats λ, from 0 to 100
     * @return this
     */
    public Builder freeBits(double nats) {
      return set(FREE_BITS, nats);
    }

    /**
     * The generator.
     *
     * @return an immutable generator
     * @throws IllegalArgumentException for an option that is not allowed
     */
    public VaeGenerator build() {
      return new VaeGenerator(OPTIONS.resolve(options()));
    }
  }
}
