// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.Recommender;
import dev.pushwright.spi.OptionSpec;
import dev.pushwright.spi.RecommenderBuilder;

/**
 * What can be set on both neighbourhood recommenders.
 *
 * @param <A> the algorithm
 * @param <B> the builder itself
 */
public abstract sealed class KnnBuilder<A extends Recommender, B extends KnnBuilder<A, B>>
    extends RecommenderBuilder<A, B> permits ItemKnn.Builder, UserKnn.Builder {

  private final OptionSpec<Integer> neighbours;

  KnnBuilder(OptionSpec<Integer> neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Sets how alike two rows are.
   *
   * @param similarity the measure
   * @return this
   */
  public final B similarity(Similarity similarity) {
    return set(KnnSettings.SIMILARITY, similarity);
  }

  /**
   * Sets what {@link Similarity#PEARSON} and {@link Similarity#ADJUSTED_COSINE} take their means
   * and norms over.
   *
   * @param means over what
   * @return this
   */
  public final B means(Means means) {
    return set(KnnSettings.MEANS, means);
  }

  /**
   * Sets the exponent of {@link Similarity#ASYMMETRIC_COSINE}.
   *
   * @param alpha from 0 to 1
   * @return this
   */
  public final B alpha(double alpha) {
    return set(KnnSettings.ALPHA, alpha);
  }

  /**
   * Sets how many of the nearest are kept of each.
   *
   * @param count from 1 to 100 000
   * @return this
   */
  public final B neighbours(int count) {
    return set(neighbours, count);
  }

  /**
   * Sets how many two rows have to share to be neighbours.
   *
   * @param minOverlap at least 1
   * @return this
   */
  public final B minOverlap(int minOverlap) {
    return set(KnnSettings.MIN_OVERLAP, minOverlap);
  }

  /**
   * Sets how far a similarity that rests on few shared is pulled down.
   *
   * @param shrinkage from 0 (not at all) to 1e9
   * @return this
   */
  public final B shrinkage(double shrinkage) {
    return set(KnnSettings.SHRINKAGE, shrinkage);
  }

  /**
   * Sets the power that similarities are raised to.
   *
   * @param amplification from 0.1 to 10; above 1 the nearest count for more
   * @return this
   */
  public final B amplification(double amplification) {
    return set(KnnSettings.AMPLIFICATION, amplification);
  }

  /**
   * Sets the scale on which ratings are averaged.
   *
   * @param normalization the scale
   * @return this
   */
  public final B normalization(Normalization normalization) {
    return set(KnnSettings.NORMALIZATION, normalization);
  }

  /**
   * Sets what a recommendation is chosen by.
   *
   * @param rankBy the sum or the predicted rating; this takes weights that do not fade
   * @return this
   */
  public final B rankBy(RankBy rankBy) {
    return set(KnnSettings.RANK_BY, rankBy);
  }
}
