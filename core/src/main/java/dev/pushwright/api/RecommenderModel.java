// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

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
   * The answers to several queries, each the same as if it were asked alone.
   *
   * @param queries the queries
   * @return the answers in the order of the queries
   */
  default List<Recommendations> recommendAll(List<RecommendationQuery> queries) {
    return queries.stream().map(this::recommend).toList();
  }
}
