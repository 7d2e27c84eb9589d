// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * The scale on which neighbours' ratings are averaged to predict one: they are brought to a common
 * scale, averaged with their similarities as weights, and the average is brought back. The mean,
 * range and deviation are those of each item for {@code item-knn}, of each user for {@code
 * user-knn}.
 */
public enum Normalization {
  /** Ratings as they are: Σ sim·r / Σ|sim|. */
  NONE,
  /** How far above the mean: mean + Σ sim·(r − mean) / Σ|sim|. */
  MEAN_CENTRED,
  /** Where between least and greatest: min + (max − min) · Σ sim·(r − min)/(max − min) / Σ|sim|. */
  MIN_MAX,
  /** How many deviations above the mean: mean + σ · Σ sim·(r − mean)/σ / Σ|sim|. */
  Z_SCORE,
  /**
   * How far above the baseline b<sub>ui</sub> = μ + b<sub>u</sub> + b<sub>i</sub>: b<sub>ui</sub> +
   * Σ sim·(r − b) / Σ|sim|. Y. Koren, "Factor in the neighbors: scalable and accurate collaborative
   * filtering", TKDD 2010, equation 3.
   */
  BASELINE
}
