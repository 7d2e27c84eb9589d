// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * How alike two rows are: two items by their users, or two users by their items. a and b are the
 * weights of the two rows, n<sub>a</sub> and n<sub>b</sub> how many each has, n<sub>ab</sub> how
 * many they share, N how many there are in all. Every measure lies in [−1, 1] and is 0 where a row
 * does not vary or nothing is shared; it is never NaN.
 */
public enum Similarity {
  /** Σ ab / (|a|·|b|), the cosine of the angle between the rows; what a row lacks is 0. */
  COSINE,
  /**
   * The cosine after the mean of the other side is subtracted: for items the mean of each user, who
   * may be strict or kind; for users the mean of each item. B. Sarwar et al., "Item-based
   * collaborative filtering recommendation algorithms", WWW 2001, section 3.1.3.
   */
  ADJUSTED_COSINE,
  /**
   * The correlation: the cosine after each row's own mean is subtracted, 0 for fewer than two
   * shared. {@link Means} says what the mean and the norm are taken over.
   */
  PEARSON,
  /** n<sub>ab</sub> / (n<sub>a</sub> + n<sub>b</sub> − n<sub>ab</sub>); weights do not matter. */
  JACCARD,
  /**
   * n<sub>ab</sub> / (n<sub>a</sub><sup>α</sup> · n<sub>b</sub><sup>1 − α</sup>) as the similarity
   * of a to its neighbour b: the cosine of sets at α = ½, how much of b is in a towards 0, how much
   * of a is in b towards 1. Weights do not matter. F. Aiolli, "Efficient top-N recommendation for
   * very large scale binary rated datasets", RecSys 2013.
   */
  ASYMMETRIC_COSINE,
  /**
   * 1 − 1 / (1 + λ), where λ is the log-likelihood ratio of the 2 × 2 table of who has a and who
   * has b. Weights do not matter. λ is as large for rows that avoid each other; here such a pair,
   * and one that meets just as often as chance has it, is 0. T. Dunning, "Accurate methods for the
   * statistics of surprise and coincidence", Computational Linguistics 19(1), 1993.
   */
  LOG_LIKELIHOOD;

  /** Whether it goes by who has what, whatever the weights. */
  boolean ofSets() {
    return this == JACCARD || this == ASYMMETRIC_COSINE || this == LOG_LIKELIHOOD;
  }

  /** Whether something is subtracted from the weights first. */
  boolean centred() {
    return this == ADJUSTED_COSINE || this == PEARSON;
  }
}
