// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Objects;
import java.util.Optional;

/**
 * The hours of the day in which nobody wants a push, by the user's own clock.
 *
 * @param from the first moment of quiet
 * @param to the first moment after it; before {@code from}, the quiet lasts over midnight
 */
public record QuietHours(LocalTime from, LocalTime to) {

  /** Checks that the two differ. */
  public QuietHours {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "quiet hours from " + from + " to " + to + " are no hours");
    }
  }

  /**
   * When the quiet ends, if it is quiet.
   *
   * @param at the instant asked about
   * @param zone where the user is
   * @return the end of the quiet, or empty when it is not quiet. An end that a change to summer
   *     time skips falls to the moment after the change.
   */
  public Optional<Instant> endIfQuiet(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    LocalTime time = local.toLocalTime();
    boolean overMidnight = to.isBefore(from);
    boolean quiet =
        overMidnight
            ? !time.isBefore(from) || time.isBefore(to)
            : !time.isBefore(from) && time.isBefore(to);
    if (!quiet) {
      return Optional.empty();
    }
    boolean endsTomorrow = overMidnight && !time.isBefore(from);
    LocalDateTime end = local.toLocalDate().plusDays(endsTomorrow ? 1 : 0).atTime(to);
    ZoneOffsetTransition change = zone.getRules().getTransition(end);
    if (change != null && change.isGap()) {
      return Optional.of(change.getInstant());
    }
    // Where the clock is set back, the end comes twice; the second is meant when the first has gone
    // by.
    ZonedDateTime first = end.atZone(zone);
    return Optional.of(
        first.toInstant().isAfter(at)
            ? first.toInstant()
            : first.withLaterOffsetAtOverlap().toInstant());
  }
}
