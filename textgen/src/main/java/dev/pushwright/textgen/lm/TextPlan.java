// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;

/**
 * How a {@link TextNet} is trained.
 *
 * @param learningRate η of Adam
 * @param finalRate what share of it is left at the end
 * @param epochs how often each text is read, at most
 * @param batch how many texts a step has
 * @param clip how large the norm of all gradients may be
 * @param patience how many epochs in a row may be no better on what is watched; 0: any number
 * @param watchFrom the epoch, from 0 on, from which on what is watched counts
 * @param seed drives every choice
 */
record TextPlan(
    double learningRate,
    double finalRate,
    int epochs,
    int batch,
    double clip,
    int patience,
    int watchFrom,
    long seed) {

  static final OptionSpec<Double> LEARNING_RATE =
      OptionSpec.number("learningRate", 0.004, 1e-9, 10, "How long the steps are.");

  static final OptionSpec<Double> FINAL_RATE =
      OptionSpec.number(
          "finalRate",
          1,
          0,
          1,
          "What share of learningRate is left at the end of training. Below 1 the steps grow in the"
              + " first fiftieth and shrink along a cosine afterwards; 1: they are all as long.");

  static final OptionSpec<Integer> EPOCHS =
      OptionSpec.integer("epochs", 40, 1, 100_000, "How often every text is read, at most.");

  static final OptionSpec<Integer> BATCH =
      OptionSpec.integer("batchSize", 16, 1, 1 << 16, "How many texts a step learns from.");

  static final OptionSpec<Integer> PATIENCE =
      OptionSpec.integer(
          "patience",
          0,
          0,
          100_000,
          "After how many epochs in a row that tell the watched texts no better training stops, to"
              + " go back to the best; 0: the last epoch is kept, whatever is watched.");

  static final OptionSpec<Long> SEED = OptionSpec.seed(1);

  private static final double CLIP = 5;

  static TextPlan of(Settings settings, int watchFrom) {
    return new TextPlan(
        settings.get(LEARNING_RATE),
        settings.get(FINAL_RATE),
        settings.get(EPOCHS),
        settings.get(BATCH),
        CLIP,
        settings.get(PATIENCE),
        watchFrom,
        settings.get(SEED));
  }
}
