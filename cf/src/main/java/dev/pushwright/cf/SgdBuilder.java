// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.spi.RecommenderBuilder;

/**
 * What can be set on the models of ratings that are trained by stochastic gradient descent.
 *
 * @param <A> the algorithm
 * @param <B> the builder itself
 */
abstract class SgdBuilder<A extends Recommender, B extends SgdBuilder<A, B>>
    extends RecommenderBuilder<A, B> {

  /**
   * Sets how many numbers describe a user, and an item.
   *
   * @param factors from 1 to 10 000
   * @return this
   */
  public final B factors(int factors) {
    return set(SgdOptions.FACTORS, factors);
  }

  /**
   * Sets how strongly the vectors are pulled to 0.
   *
   * @param lambda λ, per rating, from 0 to 1e6
   * @return this
   */
  public final B regularization(double lambda) {
    return set(SgdOptions.REGULARIZATION, lambda);
  }

  /**
   * Sets how strongly the biases are pulled to 0.
   *
   * @param lambda per rating, from 0 to 1e6
   * @return this
   */
  public final B biasRegularization(double lambda) {
    return set(SgdOptions.BIAS_REGULARIZATION, lambda);
  }

  /**
   * Sets how far each rating moves what it touches, in the first epoch.
   *
   * @param rate from 1e-9 to 1000
   * @return this
   */
  public final B learningRate(double rate) {
    return set(SgdOptions.LEARNING_RATE, rate);
  }

  /**
   * Sets what the learning rate is multiplied by after each epoch.
   *
   * @param decay from 0.01 to 1
   * @return this
   */
  public final B learningRateDecay(double decay) {
    return set(SgdOptions.LEARNING_RATE_DECAY, decay);
  }

  /**
   * Sets how often each rating is learned from, at most.
   *
   * @param epochs from 1 to 100 000
   * @return this
   */
  public final B epochs(int epochs) {
    return set(SgdOptions.EPOCHS, epochs);
  }

  /**
   * Sets the share of the ratings that is watched instead of learned from.
   *
   * @param share from 0 to 0.5; 0: all are learned from, in all epochs
   * @return this
   */
  public final B validationShare(double share) {
    return set(SgdOptions.VALIDATION_SHARE, share);
  }

  /**
   * Sets after how many epochs in a row without a better prediction of the watched ratings training
   * stops.
   *
   * @param epochs from 1 to 100 000
   * @return this
   */
  public final B patience(int epochs) {
    return set(SgdOptions.PATIENCE, epochs);
  }

  /**
   * Sets what drives all choices: the first vectors, the order of the ratings and the watched ones.
   *
   * @param seed any number
   * @return this
   */
  public final B seed(long seed) {
    return set(SgdOptions.SEED, seed);
  }
}
