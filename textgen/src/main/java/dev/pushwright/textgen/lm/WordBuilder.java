// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.nio.file.Path;

/**
 * What can be set on every generator that writes word by word.
 *
 * @param <G> the generator
 * @param <B> the builder itself
 */
abstract class WordBuilder<G extends WordGenerator, B extends WordBuilder<G, B>> {

  private Options options = Options.none();

  abstract B self();

  /**
   * The generator.
   *
   * @return an immutable generator
   * @throws IllegalArgumentException when an option is out of range
   */
  public abstract G build();

  final Options options() {
    return options;
  }

  final <T> B set(OptionSpec<T> option, T value) {
    options = options.with(option.name(), value);
    return self();
  }

  /**
   * Sets the messages to learn from, instead of those of the library.
   *
   * @param file CSV or JSON lines, see {@link dev.pushwright.textgen.copy.CopyCorpus}
   * @return this
   */
  public final B corpus(Path file) {
    return set(TextOptions.CORPUS, file.toString());
  }

  /**
   * Sets how many numbers describe a word.
   *
   * @param numbers from 1 to 1024
   * @return this
   */
  public final B embedding(int numbers) {
    return set(TextOptions.EMBEDDING, numbers);
  }

  /**
   * Sets how many numbers are kept in mind while a text is written.
   *
   * @param numbers from 1 to 2048
   * @return this
   */
  public final B hidden(int numbers) {
    return set(TextOptions.HIDDEN, numbers);
  }

  /**
   * Sets how many numbers describe what a text is written for.
   *
   * @param numbers from 1 to 1024
   * @return this
   */
  public final B context(int numbers) {
    return set(TextOptions.CONTEXT, numbers);
  }

  /**
   * Sets the share of numbers that is left out at each step of training.
   *
   * @param share from 0 to 0.9
   * @return this
   */
  public final B dropout(double share) {
    return set(TextOptions.DROPOUT, share);
  }

  /**
   * Sets how often a word has to occur in order to be written.
   *
   * @param count from 1 to 1000
   * @return this
   */
  public final B minCount(int count) {
    return set(TextOptions.MIN_COUNT, count);
  }

  /**
   * Sets how many words and marks a text has at most, its end included.
   *
   * @param words from 2 to 1000
   * @return this
   */
  public final B maxWords(int words) {
    return set(TextOptions.LONGEST, words);
  }

  /**
   * Sets how long the steps are.
   *
   * @param rate from 1e-9 to 10
   * @return this
   */
  public final B learningRate(double rate) {
    return set(TextPlan.LEARNING_RATE, rate);
  }

  /**
   * Sets what share of the learning rate is left at the end of training. Below 1 the steps grow in
   * the first fiftieth and shrink along a cosine afterwards: for large corpora, of which a few
   * epochs are enough.
   *
   * @param share from 0 to 1; 1, the default: all steps are as long
   * @return this
   */
  public final B finalRate(double share) {
    return set(TextPlan.FINAL_RATE, share);
  }

  /**
   * Sets how often every text is read, at most.
   *
   * @param epochs from 1 to 100 000
   * @return this
   */
  public final B epochs(int epochs) {
    return set(TextPlan.EPOCHS, epochs);
  }

  /**
   * Sets how many texts a step learns from.
   *
   * @param texts from 1 to 65 536
   * @return this
   */
  public final B batchSize(int texts) {
    return set(TextPlan.BATCH, texts);
  }

  /**
   * Sets the share of the texts that is watched instead of learned from.
   *
   * @param share from 0 to 0.5
   * @return this
   */
  public final B validationShare(double share) {
    return set(TextOptions.VALIDATION_SHARE, share);
  }

  /**
   * Sets after how many epochs in a row that tell the watched texts no better training stops, to go
   * back to the best.
   *
   * @param epochs from 0 (never: the last epoch is kept) to 100 000
   * @return this
   */
  public final B patience(int epochs) {
    return set(TextPlan.PATIENCE, epochs);
  }

  /**
   * Sets how words are drawn.
   *
   * @param sampling temperature, topK and topP
   * @return this
   */
  public final B sampling(Sampling sampling) {
    set(TextOptions.TEMPERATURE, sampling.temperature());
    set(TextOptions.TOP_K, sampling.topK());
    return set(TextOptions.TOP_P, sampling.topP());
  }

  /**
   * Sets whether a message may only hold runs of three words that the corpus has for its language
   * and for its occasion.
   *
   * @param attested whether; true by default
   * @return this
   */
  public final B attested(boolean attested) {
    return set(TextOptions.ATTESTED, attested);
  }

  /**
   * Sets how many texts are drawn to choose one from.
   *
   * @param candidates from 1 to 1000
   * @return this
   */
  public final B candidates(int candidates) {
    return set(TextOptions.CANDIDATES, candidates);
  }

  /**
   * Sets a saved {@link dev.pushwright.textgen.pipeline.ClickModel} to rank texts by, too.
   *
   * @param file the file; what it holds becomes part of the fitted model
   * @return this
   */
  public final B clicksFile(Path file) {
    return set(Pipeline.CLICKS_FILE, file.toString());
  }

  /**
   * Sets what drives every random choice.
   *
   * @param seed any number
   * @return this
   */
  public final B seed(long seed) {
    return set(TextPlan.SEED, seed);
  }
}
