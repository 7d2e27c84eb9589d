// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.EventType;
import dev.pushwright.profile.text.SparseVector;
import java.util.List;

/**
 * All that is kept of what a user did: enough to give the profile at any later instant, and to take
 * in another event without the events before. Immutable. Its size does not grow with the number of
 * events but with that of the different things they were about (33 bytes for each thing and type of
 * event), of visits (16) and of instants of purchase (12), beside some 400 bytes.
 *
 * @param marks what events have left, by thing and type
 * @param queries the queries that the marks speak of beside those the model knows: their keys
 *     follow on
 * @param visits when the user came
 * @param occasions when the user bought
 * @param prices where the prices paid lie
 * @param typeCounts how many events of each type there were
 * @param dwellViews how many views said how long they were
 * @param dwellSeconds how long they were together
 */
record Behaviour(
    Marks marks,
    List<SparseVector> queries,
    Visits visits,
    Occasions occasions,
    PriceLevels prices,
    TypeCounts typeCounts,
    int dwellViews,
    double dwellSeconds) {

  /** How many events of each type there were. Immutable. */
  static final class TypeCounts {
    static final TypeCounts NONE = new TypeCounts(new int[EventType.values().length]);

    private final int[] counts;

    TypeCounts(int[] counts) {
      this.counts = counts;
    }

    int of(EventType type) {
      return counts[type.ordinal()];
    }

    TypeCounts plus(EventType type) {
      int[] more = counts.clone();
      more[type.ordinal()]++;
      return new TypeCounts(more);
    }
  }

  /** This with other queries beside those the model knows. */
  Behaviour withQueries(List<SparseVector> other) {
    return new Behaviour(
        marks, List.copyOf(other), visits, occasions, prices, typeCounts, dwellViews, dwellSeconds);
  }

  static final Behaviour NONE =
      new Behaviour(
          Marks.NONE,
          List.of(),
          Visits.NONE,
          Occasions.NONE,
          PriceLevels.NONE,
          TypeCounts.NONE,
          0,
          0);
}
