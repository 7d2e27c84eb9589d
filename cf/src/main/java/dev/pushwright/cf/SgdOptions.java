// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * What the models of ratings that are trained by stochastic gradient descent have in common to set.
 *
 * @param factors K, the length of the vectors
 * @param regularization λ of the vectors
 * @param biasRegularization λ of the biases
 * @param learningRate of the first epoch
 * @param learningRateDecay by which the rate is multiplied after each epoch
 * @param epochs how often each rating is learned from, at most
 * @param validationShare the share of the ratings that is not learned from but watched
 * @param patience how many epochs in a row the watched ratings may be predicted no better
 * @param seed drives all choices
 */
record SgdOptions(
    int factors,
    double regularization,
    double biasRegularization,
    double learningRate,
    double learningRateDecay,
    int epochs,
    double validationShare,
    int patience,
    long seed) {

  static final OptionSpec<Integer> FACTORS =
      OptionSpec.integer(
          "factors", 64, 1, 10_000, "How many numbers describe a user, and an item.");

  static final OptionSpec<Double> REGULARIZATION =
      OptionSpec.number(
          "regularization", 0.1, 0, 1e6, "How strongly the vectors are pulled to 0, per rating.");

  static final OptionSpec<Double> BIAS_REGULARIZATION =
      OptionSpec.number(
          "biasRegularization",
          0.02,
          0,
          1e6,
          "How strongly the biases are pulled to 0, per rating.");

  static final OptionSpec<Double> LEARNING_RATE =
      OptionSpec.number(
          "learningRate",
          0.03,
          1e-9,
          1e3,
          "How far each rating moves what it touches, in the first epoch, as on a scale of five"
              + " stars.");

  static final OptionSpec<Double> LEARNING_RATE_DECAY =
      OptionSpec.number(
          "learningRateDecay",
          0.95,
          0.01,
          1,
          "What the learning rate is multiplied by after each epoch.");

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer(
          "epochs", 30, 1, 100_000, "How often each rating is learned from, at most.");

  static final OptionSpec<Double> VALIDATION_SHARE =
      OptionSpec.number(
          "validationShare",
          0,
          0,
          0.5,
          "The share of the ratings, chosen by the seed, that is watched instead of learned from:"
              + " the epoch that predicts them best is kept; 0: all are learned from, in all"
              + " epochs.");

  static final OptionSpec<Integer> PATIENCE =
      OptionSpec.integer(
          "patience",
          3,
          1,
          100_000,
          "After how many epochs in a row without a better prediction of the watched ratings"
              + " training stops.");

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  /** The values of settings that have these options, whatever their defaults. */
  static SgdOptions of(Settings settings) {
    return new SgdOptions(
        settings.get(FACTORS),
        settings.get(REGULARIZATION),
        settings.get(BIAS_REGULARIZATION),
        settings.get(LEARNING_RATE),
        settings.get(LEARNING_RATE_DECAY),
        settings.get(EPOCHS),
        settings.get(VALIDATION_SHARE),
        settings.get(PATIENCE),
        settings.get(SEED));
  }

  /** What the fold-in has to pay for, which is what training pays for. */
  RatingModel.Penalties penalties() {
    return new RatingModel.Penalties(0, biasRegularization, regularization);
  }
}
