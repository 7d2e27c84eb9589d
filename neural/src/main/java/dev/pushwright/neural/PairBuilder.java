// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.Recommender;
import dev.pushwright.spi.RecommenderBuilder;

/**
 * What can be set on every recommender that scores pairs by a network.
 *
 * @param <A> the algorithm
 * @param <B> the builder itself
 */
abstract class PairBuilder<A extends Recommender, B extends PairBuilder<A, B>>
    extends RecommenderBuilder<A, B> {

  /**
   * Sets how long the steps are.
   *
   * @param rate from 1e-9 to 10
   * @return this
   */
  public final B learningRate(double rate) {
    return set(PairPlan.LEARNING_RATE, rate);
  }

  /**
   * Sets what is left of the learning rate at the end, where it falls to in a straight line.
   *
   * @param share from 0 to 1; 1: it stays as it is
   * @return this
   */
  public final B learningRateFloor(double share) {
    return set(PairPlan.LEARNING_RATE_FLOOR, share);
  }

  /**
   * Sets how strongly what describes a user and an item is pulled towards 0 at each visit.
   *
   * @param lambda λ, from 0 (not at all) to 10
   * @return this
   */
  public final B regularization(double lambda) {
    return set(PairPlan.REGULARIZATION, lambda);
  }

  /**
   * Sets how often every pair is visited, at most.
   *
   * @param epochs from 1 to 100 000
   * @return this
   */
  public final B epochs(int epochs) {
    return set(PairPlan.EPOCHS, epochs);
  }

  /**
   * Sets over how many epochs, the last ones, the model is the mean, see {@link NeuMf}.
   *
   * @param epochs from 0 (none: the model is what the last step left) to 100 000
   * @return this
   */
  public final B averagedEpochs(int epochs) {
    return set(PairPlan.AVERAGED_EPOCHS, epochs);
  }

  /**
   * Sets how many items are drawn as negatives for each visit of a pair.
   *
   * @param negatives from 1 to 1000
   * @return this
   */
  public final B negatives(int negatives) {
    return set(PairPlan.NEGATIVES, negatives);
  }

  /**
   * Sets whether only items that the user does not have are drawn as negatives, see {@link NeuMf}.
   *
   * @param reject whether the user's own items are drawn again; false: they count as any other
   * @return this
   */
  public final B rejectPositives(boolean reject) {
    return set(PairPlan.REJECT_POSITIVES, reject);
  }

  /**
   * Sets how many samples a step learns from.
   *
   * @param samples from 1 to 2²⁰
   * @return this
   */
  public final B batchSize(int samples) {
    return set(PairPlan.BATCH, samples);
  }

  /**
   * Sets the share of the pairs that is watched instead of learned from.
   *
   * @param share from 0 to 0.5; 0: all are learned from, in all epochs
   * @return this
   */
  public final B validationShare(double share) {
    return set(PairPlan.VALIDATION_SHARE, share);
  }

  /**
   * Sets after how many epochs in a row without a better ranking of the watched pairs training
   * stops.
   *
   * @param epochs from 1 to 100 000
   * @return this
   */
  public final B patience(int epochs) {
    return set(PairPlan.PATIENCE, epochs);
  }

  /**
   * Sets whether learned numbers are kept in 8 bits, see {@link Compression}.
   *
   * @param quantize whether the file shall be small
   * @return this
   */
  public final B quantize(boolean quantize) {
    return set(Compression.QUANTIZE, quantize);
  }

  /**
   * Sets which share of the learned numbers becomes 0, see {@link Compression}.
   *
   * @param share from 0 to 0.99
   * @return this
   */
  public final B prune(double share) {
    return set(Compression.PRUNE, share);
  }

  /**
   * Sets what drives every random choice.
   *
   * @param seed any number
   * @return this
   */
  public final B seed(long seed) {
    return set(PairPlan.SEED, seed);
  }
}
