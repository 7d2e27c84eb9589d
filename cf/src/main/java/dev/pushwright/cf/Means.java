// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * What {@link Similarity#PEARSON} and {@link Similarity#ADJUSTED_COSINE} subtract and which weights
 * their norms run over; other measures do not ask.
 */
public enum Means {
  /**
   * Means and norms over all weights of a row, so that what one row has and the other lacks makes
   * the two less alike.
   */
  ALL,
  /**
   * Norms, and for Pearson the row's mean, over the weights that both rows have: the correlation as
   * textbooks have it. Two rows that share little easily come out as very much alike; shrinkage and
   * minimum overlap are there for that.
   */
  CO_RATED,
  /**
   * The baseline μ + b<sub>u</sub> + b<sub>i</sub> is subtracted, and norms run over what both
   * have. Y. Koren, "Factor in the neighbors: scalable and accurate collaborative filtering", TKDD
   * 2010, section 2.2.
   */
  BASELINE
}
