// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How often a user comes. A visit is a run of events without a long pause; what was only shown to
 * the user is none.
 *
 * @param visits how many visits, at least 1
 * @param medianDaysBetween the median of the days from the beginning of a visit to that of the
 *     next, at least 0; empty for a single visit
 * @param perWeek visits in a week, on average since the first one; the time since then counts as a
 *     week at least
 * @param lastVisit when the last visit ended, to the second
 */
public record VisitRhythm(
    int visits, OptionalDouble medianDaysBetween, double perWeek, Instant lastVisit) {

  /** Checks every number. */
  public VisitRhythm {
    Objects.requireNonNull(lastVisit, "lastVisit");
    if (visits < 1
        || !(medianDaysBetween.orElse(0) >= 0 && medianDaysBetween.orElse(0) <= Double.MAX_VALUE)
        || !(perWeek >= 0 && perWeek <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "visits is "
              + visits
              + ", medianDaysBetween "
              + medianDaysBetween
              + ", perWeek "
              + perWeek);
    }
  }
}
