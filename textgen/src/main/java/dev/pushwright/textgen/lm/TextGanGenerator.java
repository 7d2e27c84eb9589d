// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code text-gan}: the language model of {@link LstmGenerator}, refined against a critic that
 * learns to tell what it writes from what people wrote. The writer gets a reward for each word from
 * the critic and learns by policy gradient [1, 2], beside the texts of people, which keep it from
 * forgetting; see [3] for why rewards for each word, large batches and a short memory make this
 * stable.
 *
 * <p>Adversarial training makes texts that are better one by one and more alike, which a lower
 * temperature does too and for nothing [4]. So it is judged by the whole curve of quality against
 * diversity over temperatures, on texts that were watched and not learned from: the refined model
 * is kept only where its curve does not lose against that of the language model it began with. The
 * model's {@link LanguageModel#figures} tell: {@code adversarial gain}, the difference of BLEU on
 * the mean over the diversities that both have, and {@code adversarial kept}, 1 or 0. Without
 * watched texts nothing can be judged, and the language model stays as it is.
 *
 * <p>[1] R. J. Williams, "Simple statistical gradient-following algorithms for connectionist
 * reinforcement learning", Machine Learning 8, 1992. [2] L. Yu et al., "SeqGAN: sequence generative
 * adversarial nets with policy gradient", AAAI 2017. [3] C. de Masson d'Autume et al., "Training
 * language GANs from scratch", NeurIPS 2019. [4] M. Caccia et al., "Language GANs falling short",
 * ICLR 2020.
 */
public final class TextGanGenerator extends WordGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "text-gan";

  private static final Logger LOG = LoggerFactory.getLogger(TextGanGenerator.class);

  static final OptionSpec<Double> WATCHED =
      OptionSpec.number(
          TextOptions.VALIDATION_SHARE.name(),
          0.1,
          0,
          0.5,
          "The share of the texts, chosen by the seed, that is not learned from: by them it is"
              + " decided whether the critic was of use; 0: nothing can be decided, and the"
              + " language model stays as it is.");

  static final OptionSpec<Integer> STEPS =
      OptionSpec.integer(
          "adversarialSteps",
          200,
          Refinement.ROUNDS,
          10_000_000,
          "How many steps are made against the critic, in "
              + Refinement.ROUNDS
              + " rounds of which the best may be kept.");

  static final OptionSpec<Double> WRITER_RATE =
      OptionSpec.number(
          "adversarialRate", 3e-4, 1e-9, 10, "How long the steps against the critic are.");

  static final OptionSpec<Double> CRITIC_RATE =
      OptionSpec.number("criticRate", 1e-3, 1e-9, 10, "How long the steps of the critic are.");

  static final OptionSpec<Double> DISCOUNT =
      OptionSpec.number(
          "discount",
          0.5,
          0,
          1,
          "How much of what the next word is worth a word is worth too; 0: each for itself.");

  static final OptionSpec<Double> PEOPLE =
      OptionSpec.number(
          "peopleShare",
          0.5,
          0,
          1,
          "How much the texts of people count against the critic's rewards.");

  static final OptionSet OPTIONS =
      OptionSet.of(
          TextOptions.CORPUS,
          TextOptions.EMBEDDING,
          TextOptions.HIDDEN,
          TextOptions.CONTEXT,
          TextOptions.DROPOUT,
          TextOptions.MIN_COUNT,
          TextOptions.LONGEST,
          TextPlan.LEARNING_RATE,
          TextPlan.FINAL_RATE,
          TextPlan.EPOCHS,
          TextPlan.BATCH,
          WATCHED,
          TextPlan.PATIENCE,
          STEPS,
          WRITER_RATE,
          CRITIC_RATE,
          DISCOUNT,
          PEOPLE,
          TextOptions.TEMPERATURE,
          TextOptions.TOP_K,
          TextOptions.TOP_P,
          TextOptions.ATTESTED,
          TextOptions.CANDIDATES,
          Pipeline.CLICKS_FILE,
          TextPlan.SEED);

  TextGanGenerator(Settings settings) {
    super(NAME, settings);
  }

  /**
   * Starts a generator with every option at its default.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  TextNet.Architecture architecture(int words, int conditions) {
    NetShape shape = TextOptions.shape(settings(), words, conditions, 0);
    return parameters -> new LanguageNet(parameters, shape);
  }

  @Override
  Map<String, Double> refine(Training training, TextTrainer trainer, Map<String, Double> figures) {
    Map<String, Double> all = new LinkedHashMap<>(figures);
    NetShape shape =
        TextOptions.shape(
            settings(),
            training.lessons().vocabulary().size(),
            training.lessons().conditions().size(),
            0);
    Duel.Rules rules =
        new Duel.Rules(
            settings().get(WRITER_RATE),
            settings().get(CRITIC_RATE),
            settings().get(DISCOUNT),
            settings().get(PEOPLE));
    try (Refinement refinement =
        new Refinement(training, trainer, rules, settings().get(STEPS), plan(), shape)) {
      training.resume(refinement);
      all.putAll(refinement.run());
    }
    LOG.info("{}: {}", NAME, all);
    return all;
  }

  /** Builds a {@link TextGanGenerator}. */
  public static final class Builder extends WordBuilder<TextGanGenerator, Builder> {

    private Builder() {}

    /**
     * Sets how many steps are made against the critic.
     *
     * @param steps from 5 to 10 000 000
     * @return this
     */
    public Builder adversarialSteps(int steps) {
      return set(STEPS, steps);
    }

    /**
     * Sets how long the steps against the critic are.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder adversarialRate(double rate) {
      return set(WRITER_RATE, rate);
    }

    /**
     * Sets how long the steps of the critic are.
     *
     * @param rate from 1e-9 to 10
     * @return this
     */
    public Builder criticRate(double rate) {
      return set(CRITIC_RATE, rate);
    }

    /**
     * Sets how much of what the next word is worth a word is worth too.
     *
     * @param discount from 0 to 1
     * @return this
     */
    public Builder discount(double discount) {
      return set(DISCOUNT, discount);
    }

    /**
     * Sets how much the texts of people count against the critic's rewards.
     *
     * @param share from 0 to 1
     * @return this
     */
    public Builder peopleShare(double share) {
      return set(PEOPLE, share);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public TextGanGenerator build() {
      return new TextGanGenerator(OPTIONS.resolve(options()));
    }
  }
}
