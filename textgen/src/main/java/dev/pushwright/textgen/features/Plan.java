// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.util.Arrays;

/**
 * How a feature generator is trained, whatever its losses; the options that all of them have.
 *
 * @param hidden H
 * @param noise K
 * @param epochs how many at most
 * @param samples pairs drawn in an epoch
 * @param batch pairs in a step
 * @param learningRate of Adam
 * @param seed drives everything
 */
record Plan(
    int hidden, int noise, int epochs, int samples, int batch, double learningRate, long seed) {

  static final OptionSpec<Integer> TEXT_DIMENSIONS =
      OptionSpec.integer(
          "textDimensions", 48, 1, 512, "How many numbers describe words, tags and category.");

  static final OptionSpec<Integer> HIDDEN =
      OptionSpec.integer("hidden", 128, 1, 2048, "How wide the hidden layers are.");

  static final OptionSpec<Integer> NOISE =
      OptionSpec.integer("noise", 16, 1, 512, "How many random numbers an item is made from.");

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer("epochs", 20, 1, 100_000, "How many epochs are trained.");

  static final OptionSpec<Integer> SAMPLES =
      OptionSpec.integer(
          "samples",
          10_000,
          1,
          100_000_000,
          "How many pairs of a user and an item are drawn for an epoch; no more than there are.");

  static final OptionSpec<Integer> BATCH =
      OptionSpec.integer("batchSize", 256, 1, 1 << 20, "How many pairs a step learns from.");

  static final OptionSpec<Double> LEARNING_RATE =
      OptionSpec.number("learningRate", 0.001, 1e-9, 10, "How long the steps of Adam are.");

  static final OptionSpec<Double> HALF_LIFE_DAYS = CommonOptions.HALF_LIFE_DAYS.withDefault(30.0);

  static final OptionSpec<Integer> CANDIDATES = Pipeline.CANDIDATES.withDefault(8);

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  static Plan of(Settings settings) {
    return new Plan(
        settings.get(HIDDEN),
        settings.get(NOISE),
        settings.get(EPOCHS),
        settings.get(SAMPLES),
        settings.get(BATCH),
        settings.get(LEARNING_RATE),
        settings.get(SEED));
  }

  /** The options beside those of the losses. */
  static OptionSpec<?>[] with(OptionSpec<?>... own) {
    OptionSpec<?>[] common = {
      TEXT_DIMENSIONS,
      HIDDEN,
      NOISE,
      EPOCHS,
      SAMPLES,
      BATCH,
      LEARNING_RATE,
      CANDIDATES,
      Pipeline.CLICKS_FILE,
      SEED,
      CommonOptions.WEIGHTS,
      HALF_LIFE_DAYS,
      CommonOptions.SEGMENT_BY
    };
    OptionSpec<?>[] all = Arrays.copyOf(own, own.length + common.length);
    System.arraycopy(common, 0, all, own.length, common.length);
    return all;
  }
}
