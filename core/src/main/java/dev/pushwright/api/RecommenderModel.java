// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Event;
import java.util.Collection;
import java.util.List;

/**
 * Knows what to show to whom. Immutable and thread-safe.
 *
 * <p>The contract, for the model's own answers and for every fallback: filters come before the
 * choice of the best; at most {@code limit} items, highest score first, ties by item id; scores are
 * finite; when fewer than {@code limit} are left, {@link Recommendations#shortfall()} says why. An
 * unknown id anywhere in the query is no error. A user of whom nothing is known gets the fallback:
 * what is popular in the segment, else what is popular with everybody.
 */
public interface RecommenderModel extends Model {

  /**
   * What to show.
   *
   * @param query to whom, how many, and under which conditions
   * @return the items and what they rest on
   * @throws UnsupportedOperationException when reasons are asked for and {@link Capability#EXPLAIN}
   *     is not declared
   */
  Recommendations recommend(RecommendationQuery query);

  /**
   * The answers to several queries, each the same as if it were asked alone. A model may answer
   * many on as many threads as there are processors.
   *
   * @param queries the queries
   * @return the answers in the order of the queries
   */
  default List<Recommendations> recommendAll(List<RecommendationQuery> queries) {
    return queries.stream().map(this::recommend).toList();
  }

  /**
   * What rating a user would give to an item. An unknown user or item is no error: the answer rests
   * on what is known of the other, and on the mean of all ratings where nothing is.
   *
   * @param userId any user id
   * @param itemId any item id
   * @return a finite number between the least and the greatest rating of the training data
   * @throws UnsupportedOperationException when {@link Capability#PREDICT_RATINGS} is not declared
   */
  default double predictRating(String userId, String itemId) {
    throw new UnsupportedOperationException(
        provenance().algorithm()
            + " predicts no ratings; choose a recommender that declares "
            + Capability.PREDICT_RATINGS);
  }

  /**
   * This model with more events taken in, at the cost of what they touch rather than of a fit. It
   * answers as a model fitted to the old and the new events together would, to the tolerance that
   * the algorithm documents; users and items not seen before are known from then on. The model
   * holds all it needs of its users' earlier events: only the new ones are to be given, each once.
   *
   * @param events new events of any users, in any order
   * @return a new model; this one stays as it is
   * @throws UnsupportedOperationException when {@link Capability#UPDATE} is not declared, or when
   *     the weights of earlier events cannot be known from the model: with types of events that
   *     fade at different rates
   */
  default RecommenderModel update(Collection<? extends Event> events) {
    throw new UnsupportedOperationException(
        provenance().algorithm()
            + " takes in no events; fit it again, or choose a recommender that declares "
            + Capability.UPDATE);
  }
}
