// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.data.Weighting;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.Options;
import dev.pushwright.textgen.pipeline.Pipeline;
import java.nio.file.Path;

/**
 * What can be set on every generator of features.
 *
 * @param <B> the builder itself
 */
abstract class FeatureBuilder<B extends FeatureBuilder<B>> {

  private Options options = Options.none();

  FeatureBuilder() {}

  abstract B self();

  final <T> B set(OptionSpec<T> option, T value) {
    options = options.with(option.name(), value);
    return self();
  }

  final Options options() {
    return options;
  }

  /**
   * Sets how many numbers describe words, tags and category.
   *
   * @param dimensions from 1 to 512
   * @return this
   */
  public final B textDimensions(int dimensions) {
    return set(Plan.TEXT_DIMENSIONS, dimensions);
  }

  /**
   * Sets how wide the hidden layers are.
   *
   * @param hidden from 1 to 2048
   * @return this
   */
  public final B hidden(int hidden) {
    return set(Plan.HIDDEN, hidden);
  }

  /**
   * Sets how many random numbers an item is made from.
   *
   * @param noise from 1 to 512
   * @return this
   */
  public final B noise(int noise) {
    return set(Plan.NOISE, noise);
  }

  /**
   * Sets how many epochs are trained.
   *
   * @param epochs from 1 to 100 000
   * @return this
   */
  public final B epochs(int epochs) {
    return set(Plan.EPOCHS, epochs);
  }

  /**
   * Sets how many pairs of a user and an item are drawn for an epoch, at most as many as there are.
   *
   * @param samples from 1 to 100 000 000
   * @return this
   */
  public final B samples(int samples) {
    return set(Plan.SAMPLES, samples);
  }

  /**
   * Sets how many pairs a step learns from.
   *
   * @param pairs from 1 to 2²⁰
   * @return this
   */
  public final B batchSize(int pairs) {
    return set(Plan.BATCH, pairs);
  }

  /**
   * Sets how long the steps of Adam are.
   *
   * @param rate from 1e-9 to 10
   * @return this
   */
  public final B learningRate(double rate) {
    return set(Plan.LEARNING_RATE, rate);
  }

  /**
   * Sets how many wishes a message is chosen from.
   *
   * @param candidates from 1 to 1000
   * @return this
   */
  public final B candidates(int candidates) {
    return set(Plan.CANDIDATES, candidates);
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
   * Sets what each type of event weighs; what weighs nothing tells nothing.
   *
   * @param weighting the weighting
   * @return this
   */
  public final B weighting(Weighting weighting) {
    return set(CommonOptions.WEIGHTS, weighting);
  }

  /**
   * Sets after how many days an event weighs half; where the weighting has half-lives of its own,
   * those come first.
   *
   * @param days from 0 (never) to 36 500
   * @return this
   */
  public final B halfLifeDays(double days) {
    return set(Plan.HALF_LIFE_DAYS, days);
  }

  /**
   * Sets the user attribute that holds the segment where a profile has none.
   *
   * @param attribute its name, or empty for no segments
   * @return this
   */
  public final B segmentBy(String attribute) {
    return set(CommonOptions.SEGMENT_BY, attribute);
  }

  /**
   * Sets what drives every random choice.
   *
   * @param seed any number
   * @return this
   */
  public final B seed(long seed) {
    return set(Plan.SEED, seed);
  }
}
