// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/**
 * What a model can do beyond its role's duty. The conformance kit tries each declared capability
 * and skips, visibly, each that is not declared; a call that needs an undeclared one throws {@link
 * UnsupportedOperationException}, unless the capability says what happens instead.
 */
public enum Capability {
  /**
   * A recommender's answer depends on the user: two users of different taste get different items.
   */
  PERSONALIZED,
  /**
   * Answers from a history given at query time, for a user never seen in training too. A
   * recommender without it answers such a query from its fallback, and says so in the answer's
   * {@link Basis}.
   */
  FOLD_IN,
  /**
   * Gives reasons for its items when {@link RecommendationQuery#explain()} asks for them; a
   * profiler says what a tag comes from, see {@link ProfileModel#explain}.
   */
  EXPLAIN,
  /** Says what rating a user would give, see {@link RecommenderModel#predictRating}. */
  PREDICT_RATINGS,
  /**
   * Takes in new events without a refit, see {@link RecommenderModel#update} and {@link
   * ProfileModel#state}.
   */
  UPDATE
}
