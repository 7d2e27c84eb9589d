// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelReader;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;
import dev.pushwright.spi.Settings;
import dev.pushwright.spi.TrainedUsers;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code mult-vae}: a variational autoencoder with a multinomial likelihood [1]. It squeezes what a
 * user has into K numbers and makes all items of these again, those the user lacks among them. With
 * x_u the items of a user, and the divergence from the standard normal distribution,
 *
 * <pre>
 * h = tanh(W₁ᵀ·x_u/|x_u| + b₁)   μ = W₂ᵀ·h + b₂    s = W₃ᵀ·h + b₃
 * z = μ + ε ⊙ e^(s/2), ε normal  π = softmax(W₅ᵀ·tanh(W₄ᵀ·z + b₄) + b₅)
 * loss = −Σ_i x_ui · ln π_i + β · KL(N(μ, e^s) ‖ N(0, 1))
 * </pre>
 *
 * <p>with H numbers in h and K in z. Scores are ln π_i with z = μ, the logarithm of how likely item
 * i is to be the user's next. An item that nobody has is not recommended.
 *
 * <p><b>Training</b> goes by Adam and takes the mean over a batch of users. A share {@code dropout}
 * of a user's items is held back from the input at each visit, the others are multiplied by 1 / (1
 * − dropout). β rises in a straight line from 0 to {@code klWeight} in the first {@code
 * annealEpochs} epochs and stays there. x_ui = 2w / (w + m), with w the pair's weight (see {@link
 * dev.pushwright.data.Weighting}) and m the median over all pairs. With a {@code validationShare}
 * the best epoch is kept, as {@link NeuMf} says. Fitting gives the same bits for any number of
 * threads, and those of an uninterrupted fit when it goes on from a checkpoint. An epoch takes
 * O(users · items · H + pairs · H) time.
 *
 * <p><b>A history</b> is an input like any other: one that equals a user's training gets the answer
 * of that user to the bit, and no other needs anything solved.
 *
 * <p>No reasons are given: through two layers of tanh and what all items share in the softmax, a
 * score is no sum of parts that belong to the items of the history.
 *
 * <p><b>Departures from [1].</b> Inputs and targets may have weights; the epochs are counted, not
 * the steps, until β is at its height; the networks begin with uniform numbers as Glorot has them.
 *
 * <p>[1] D. Liang et al., "Variational autoencoders for collaborative filtering", WWW 2018.
 */
public final class MultVae extends NeuralRecommender {

  static final String NAME = "mult-vae";

  static final OptionSpec<Integer> HIDDEN =
      OptionSpec.integer(
          "hidden", 600, 1, 8192, "How many numbers stand between items and latent numbers.");

  static final OptionSpec<Integer> LATENT =
      OptionSpec.integer("latent", 200, 1, 4096, "How many numbers tell all of a user.");

  static final OptionSpec<Double> DROPOUT =
      OptionSpec.number(
          "dropout", 0.5, 0, 0.95, "Which share of a user's items is held back at each visit.");

  static final OptionSpec<Double> KL_WEIGHT =
      OptionSpec.number(
          "klWeight",
          0.2,
          0,
          10,
          "How much the divergence of the latent numbers from normal ones counts in the end.");

  static final OptionSpec<Integer> ANNEAL_EPOCHS =
      OptionSpec.integer(
          "annealEpochs", 20, 0, 100_000, "In how many epochs klWeight is reached, from 0 on.");

  static final OptionSpec<Double> LEARNING_RATE = PairPlan.LEARNING_RATE.withDefault(0.001);

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer("epochs", 50, 1, 100_000, "How often every user is visited, at most.");

  static final OptionSpec<Integer> BATCH =
      OptionSpec.integer("batchSize", 128, 1, 1 << 16, "How many users a step learns from.");

  static final OptionSet OPTIONS =
      options(HIDDEN, LATENT, DROPOUT, KL_WEIGHT, ANNEAL_EPOCHS, LEARNING_RATE, EPOCHS, BATCH);

  MultVae(Settings settings) {
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

  private VaeNet.Shape shape() {
    return new VaeNet.Shape(settings().get(HIDDEN), settings().get(LATENT));
  }

  private VaePlan plan() {
    return new VaePlan(
        settings().get(LEARNING_RATE),
        settings().get(EPOCHS),
        settings().get(BATCH),
        settings().get(DROPOUT),
        settings().get(KL_WEIGHT),
        settings().get(ANNEAL_EPOCHS),
        settings().get(PairPlan.VALIDATION_SHARE),
        settings().get(PairPlan.PATIENCE),
        settings().get(PairPlan.SEED));
  }

  @Override
  RecommenderModel fit(Dataset data, FitContext context, Optional<Path> checkpoint) {
    context.checkCancelled();
    TrainedUsers trained = TrainedUsers.of(data, settings());
    Provenance provenance = Provenance.of(NAME, settings().asText(), data.fingerprint());
    VaePlan plan = plan();
    Parameters parameters = new Parameters(plan.seed());
    if (trained.matrix().byUser().size() > 0) {
      PairData pairs = new PairData(trained.matrix(), plan.validationShare(), plan.seed());
      VaeData users = new VaeData(pairs, plan.seed());
      try (VaeTrainer trainer =
          new VaeTrainer(users, shape(), plan, parameters, context.threads())) {
        checkpoint.ifPresent(file -> Checkpoint.read(file, provenance, trainer));
        trainer.run(
            context,
            () -> checkpoint.ifPresent(file -> Checkpoint.write(file, provenance, trainer)));
      }
    }
    Compression.of(settings()).apply(parameters);
    return new VaeModel(provenance, trained, shape(), parameters);
  }

  @Override
  RecommenderModel read(ModelReader in, Provenance provenance) {
    return VaeModel.read(in, provenance, shape());
  }

  /** Builds a {@link MultVae}. */
  public static final class Builder extends RecommenderBuilder<MultVae, Builder> {

    private Builder() {}

    /**
     * Sets how many numbers stand between items and latent numbers.
     *
     * @param numbers H, from 1 to 8192
     * @return this
     */
    public Builder hidden(int numbers) {
      return set(HIDDEN, numbers);
    }

    /**
     * Sets how many numbers tell all of a user.
     *
     * @param numbers K, from 1 to 4096
     * @return this
     */
    public Builder latent(int numbers) {
      return set(LATENT, numbers);
    }

    /**
     * Sets which share of a user's items is held back at each visit.
     *
     * @param share from 0 to 0.95
     * @return this
     */
    public Builder dropout(double share) {
      return set(DROPOUT, share);
    }

    /**
     * Sets how much the divergence counts in the end.
     *
     * @param beta from 0 to 10; [1] finds 0.2 to do well
     * @return this
     */
    public Builder klWeight(double beta) {
      return set(KL_WEIGHT, beta);
    }

    /**
     * Sets in how many epochs the divergence comes to count so much.
     *
     * @param epochs from 0 (at once) to 100 000
     * @return this
     */
    public Builder annealEpochs(int epochs) {
      return set(ANNEAL_EPOCHS, epochs);
    }

    /**
     * Sets how long the steps are.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder learningRate(double rate) {
      return set(LEARNING_RATE, rate);
    }

    /**
     * Sets how often every user is visited, at most.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder epochs(int epochs) {
      return set(EPOCHS, epochs);
    }

    /**
     * Sets how many users a step learns from.
     *
     * @param users from 1 to 2¹⁶
     * @return this
     */
    public Builder batchSize(int users) {
      return set(BATCH, users);
    }

    /**
     * Sets the share of the pairs that is watched instead of learned from.
     *
     * @param share from 0 to 0.5; 0: all are learned from, in all epochs
     * @return this
     */
    public Builder validationShare(double share) {
      return set(PairPlan.VALIDATION_SHARE, share);
    }

    /**
     * Sets after how many epochs in a row without a better ranking of the watched pairs training
     * stops.
     *
     * @param epochs from 1 to 100 000
     * @return this
     */
    public Builder patience(int epochs) {
      return set(PairPlan.PATIENCE, epochs);
    }

    /**
     * Sets whether learned numbers are kept in 8 bits, see {@link Compression}.
     *
     * @param quantize whether the file shall be small
     * @return this
     */
    public Builder quantize(boolean quantize) {
      return set(Compression.QUANTIZE, quantize);
    }

    /**
     * Sets which share of the learned numbers becomes 0, see {@link Compression}.
     *
     * @param share from 0 to 0.99
     * @return this
     */
    public Builder prune(double share) {
      return set(Compression.PRUNE, share);
    }

    /**
     * Sets what drives every random choice.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      return set(PairPlan.SEED, seed);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public MultVae build() {
      return new MultVae(OPTIONS.resolve(options()));
    }
  }
}
