// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.OptionSet;
import dev.pushwright.spi.Settings;
import dev.pushwright.textgen.pipeline.Pipeline;

/**
 * {@code lstm}: a language model of words, told what to write. With e the word before, k a
 * description of the conditions (which slots there are, the occasion, tags and whatever else the
 * corpus has) and h the state of an LSTM [1]:
 *
 * <pre>
 * k = tanh((Σ_conditions v)·W + b)     h_t = LSTM([e_t, k], h_{t−1})     P(word) = softmax(h_t·O + o)
 * </pre>
 *
 * <p>Learned by Adam on the cross-entropy of the texts of a corpus; where some are watched,
 * training can stop when these are told no better. Texts are drawn word by word by temperature and
 * nucleus [2], see {@link Sampling}; what leaves is chosen by the {@link
 * dev.pushwright.textgen.pipeline.Pipeline}. Values are copied: see {@link LanguageModel}.
 *
 * <p>[1] T. Mikolov, G. Zweig, "Context dependent recurrent neural network language model", SLT
 * 2012; T.-H. Wen et al., "Semantically conditioned LSTM-based natural language generation for
 * spoken dialogue systems", EMNLP 2015. [2] A. Holtzman et al., "The curious case of neural text
 * degeneration", ICLR 2020.
 */
public final class LstmGenerator extends WordGenerator {

  /** The name the generator goes by. */
  public static final String NAME = "lstm";

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
          TextOptions.VALIDATION_SHARE,
          TextPlan.PATIENCE,
          TextOptions.TEMPERATURE,
          TextOptions.TOP_K,
          TextOptions.TOP_P,
          TextOptions.ATTESTED,
          TextOptions.CANDIDATES,
          Pipeline.CLICKS_FILE,
          TextPlan.SEED);

  LstmGenerator(Settings settings) {
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

  /** Builds a {@link LstmGenerator}. */
  public static final class Builder extends WordBuilder<LstmGenerator, Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public LstmGenerator build() {
      return new LstmGenerator(OPTIONS.resolve(options()));
    }
  }
}
