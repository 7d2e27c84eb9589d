// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.time.ZoneId;
import java.util.Objects;

/**
 * The hour of the day at which a message most likely meets a visit, with what speaks for it.
 *
 * @param hour from 0 to 23, by the clock of the zone
 * @param zone whose clock
 * @param basis what the hour rests on: on the user's own visits, or, where they are too few, on
 *     those of the segment or of everybody
 * @param visits how many visits of the user's own are known, at least 0
 * @param around how many of these began within the hour, the one before it or the one after it
 * @param share the share of the user's visits that is expected to begin in these three hours, from
 *     0 to 1
 */
public record SendHour(int hour, ZoneId zone, Basis basis, int visits, int around, double share) {

  /** Checks every number. */
  public SendHour {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(basis, "basis");
    if (hour < 0 || hour >= ActiveHours.HOURS) {
      throw new IllegalArgumentException("hour is " + hour + "; 0 to 23 is needed");
    }
    if (around < 0 || around > visits || !(share >= 0 && share <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          around + " of " + visits + " visits around hour " + hour + ", share " + share);
    }
  }
}
