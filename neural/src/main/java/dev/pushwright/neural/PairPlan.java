// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * How a {@link PairNet} is trained.
 *
 * @param optimizer which rule moves it
 * @param learningRate η
 * @param learningRateFloor the share of η that is left at the last step
 * @param regularization what the squares of the rows looked up cost, half of it per pair
 * @param epochs how often each pair is visited, at most
 * @param averagedEpochs over how many epochs, the last, the mean of the parameters is taken
 * @param negatives how many items are drawn for a pair at each visit
 * @param rejectPositives whether only items are drawn that the user has not
 * @param batch how many samples a step has
 * @param sums whether a step goes by the sum over its samples, instead of by the mean
 * @param validationShare the share of the pairs that is watched instead of learned from
 * @param patience how many epochs in a row may be no better on what is watched
 * @param seed drives every choice
 */
record PairPlan(
    OptimizerRule optimizer,
    double learningRate,
    double learningRateFloor,
    double regularization,
    int epochs,
    int averagedEpochs,
    int negatives,
    boolean rejectPositives,
    int batch,
    boolean sums,
    double validationShare,
    int patience,
    long seed) {

  static final OptionSpec<OptimizerRule> OPTIMIZER =
      OptionSpec.choice(
          "optimizer",
          OptimizerRule.LAZY_ADAM,
          "What moves the parameters; lazy-adam moves those rows of users and items that a batch"
              + " has, adam all at each step, which is slow.");

  static final OptionSpec<Double> LEARNING_RATE =
      OptionSpec.number("learningRate", 0.002, 1e-9, 10, "How long the steps are.");

  static final OptionSpec<Double> LEARNING_RATE_FLOOR =
      OptionSpec.number(
          "learningRateFloor",
          0.02,
          0,
          1,
          "The share of learningRate that is left at the end of the last epoch: it falls in a"
              + " straight line; 1: it stays as it is.");

  static final OptionSpec<Double> REGULARIZATION =
      OptionSpec.number(
          "regularization",
          0,
          0,
          10,
          "Pulls what describes a user and an item towards 0 at each visit.");

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer("epochs", 20, 1, 100_000, "How often every pair is visited, at most.");

  static final OptionSpec<Integer> AVERAGED_EPOCHS =
      OptionSpec.integer(
          "averagedEpochs",
          0,
          0,
          100_000,
          "Over how many epochs, the last ones, the model is the mean of what it was; 0: it is what"
              + " the last step left. Wants steps that are still long then, see"
              + " learningRateFloor.");

  static final OptionSpec<Integer> NEGATIVES =
      OptionSpec.integer(
          "negatives",
          8,
          1,
          1000,
          "How many items are drawn for a pair as negatives, anew at each visit.");

  static final OptionSpec<Boolean> REJECT_POSITIVES =
      OptionSpec.flag(
          "rejectPositives",
          true,
          "Whether negatives are items that the user does not have; false: of all items, which"
              + " keeps the model from being sure of what it has seen.");

  static final OptionSpec<Integer> BATCH =
      OptionSpec.integer(
          "batchSize",
          1024,
          1,
          1 << 20,
          "How many samples, pairs and negatives together, a step learns from.");

  static final OptionSpec<Double> VALIDATION_SHARE =
      OptionSpec.number(
          "validationShare",
          0,
          0,
          0.5,
          "The share of the pairs, chosen by the seed, that is watched instead of learned from: the"
              + " epoch that ranks them best among "
              + Validation.NEGATIVES
              + " items drawn is kept; 0: all are learned from, in all epochs.");

  static final OptionSpec<Integer> PATIENCE =
      OptionSpec.integer(
          "patience",
          5,
          1,
          100_000,
          "After how many epochs in a row without a better ranking of the watched pairs training"
              + " stops.");

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  /** The same plan, by which nobody's own items are drawn. */
  PairPlan rejecting() {
    return new PairPlan(
        optimizer,
        learningRate,
        learningRateFloor,
        regularization,
        epochs,
        averagedEpochs,
        negatives,
        true,
        batch,
        sums,
        validationShare,
        patience,
        seed);
  }

  static PairPlan of(Settings settings, OptimizerRule rule, boolean sums) {
    return new PairPlan(
        rule,
        settings.get(LEARNING_RATE),
        settings.get(LEARNING_RATE_FLOOR),
        settings.get(REGULARIZATION),
        settings.get(EPOCHS),
        settings.get(AVERAGED_EPOCHS),
        settings.get(NEGATIVES),
        settings.get(REJECT_POSITIVES),
        settings.get(BATCH),
        sums,
        settings.get(VALIDATION_SHARE),
        settings.get(PATIENCE),
        settings.get(SEED));
  }
}
