// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;

/** The options that all generators of this package have. */
final class TextOptions {

  static final double MAX_DEVIATION = 10;

  static final OptionSpec<String> CORPUS =
      OptionSpec.text(
          "corpus",
          "",
          "a path, or empty",
          "Messages to learn from, as CSV or JSON lines; empty: those of the library, in English"
              + " and Chinese.");

  static final OptionSpec<Integer> EMBEDDING =
      OptionSpec.integer("embedding", 64, 1, 1024, "How many numbers describe a word.");

  static final OptionSpec<Integer> HIDDEN =
      OptionSpec.integer(
          "hidden", 128, 1, 2048, "How many numbers are kept in mind while a text is written.");

  static final OptionSpec<Integer> CONTEXT =
      OptionSpec.integer(
          "context", 64, 1, 1024, "How many numbers describe what a text is written for.");

  static final OptionSpec<Double> DROPOUT =
      OptionSpec.number(
          "dropout",
          0.2,
          0,
          0.9,
          "The share of numbers that is left out at each step of training.");

  static final OptionSpec<Integer> MIN_COUNT =
      OptionSpec.integer(
          "minCount", 1, 1, 1000, "How often a word has to occur in order to be written.");

  static final OptionSpec<Integer> LONGEST =
      OptionSpec.integer(
          "maxWords",
          80,
          2,
          1000,
          "How many words and marks a text has at most, its end included; longer ones are not"
              + " learned from.");

  static final OptionSpec<Double> VALIDATION_SHARE =
      OptionSpec.number(
          "validationShare",
          0,
          0,
          0.5,
          "The share of the texts, chosen by the seed, that is watched instead of learned from; see"
              + " patience.");

  static final OptionSpec<Double> TEMPERATURE =
      OptionSpec.number(
          "temperature",
          0.8,
          0,
          100,
          "How daring words are drawn: 0 takes the likeliest, 1 leaves the probabilities as they"
              + " are learned.");

  static final OptionSpec<Integer> TOP_K =
      OptionSpec.integer(
          "topK", 0, 0, 1_000_000, "Draws among so many of the likeliest words; 0: among all.");

  static final OptionSpec<Double> TOP_P =
      OptionSpec.number(
          "topP",
          0.95,
          1e-6,
          1,
          "Draws among the fewest words that have this share of the probability.");

  static final OptionSpec<Boolean> ATTESTED =
      OptionSpec.flag(
          "attested",
          true,
          "Whether a message may only hold runs of three words that the corpus has for its language"
              + " and for its occasion.");

  // More are safer and more alike.
  static final OptionSpec<Integer> CANDIDATES = Pipeline.CANDIDATES.withDefault(4);

  /**
   * How texts are written.
   *
   * @param sampling how words are drawn
   * @param deviation how far from the usual kind of text
   * @param longest how many words a text has at most
   */
  record Writing(Sampling sampling, double deviation, int longest) {}

  private TextOptions() {}

  static Writing writing(Settings settings) {
    boolean latent = settings.asText().containsKey(CvaeGenerator.DEVIATION.name());
    return new Writing(
        new Sampling(settings.get(TEMPERATURE), settings.get(TOP_K), settings.get(TOP_P)),
        latent ? settings.get(CvaeGenerator.DEVIATION) : 1,
        settings.get(LONGEST));
  }

  static NetShape shape(Settings settings, int words, int conditions, int latent) {
    return new NetShape(
        words,
        conditions,
        settings.get(EMBEDDING),
        settings.get(HIDDEN),
        settings.get(CONTEXT),
        latent,
        settings.get(DROPOUT));
  }
}
