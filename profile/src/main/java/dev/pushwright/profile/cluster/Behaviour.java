// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a user did, in a few numbers: purchases by recency, frequency and monetary value, and the
 * rhythm of the visits. Impressions are no visit.
 *
 * @param lastSeenDays days since the last event, at least 0
 * @param activeDays on how many days there were events, at least 1
 * @param gapDays mean days between one active day and the next, at least 1; 0 with a single day
 * @param weekendShare the share of the active days that are a Saturday or Sunday, from 0 to 1
 * @param recencyDays days since the last purchase, at least 0; 0 without purchases
 * @param purchases the number of purchase occasions (distinct instants), at least 0
 * @param paid what was paid in all, at least 0
 */
public record Behaviour(
    double lastSeenDays,
    int activeDays,
    double gapDays,
    double weekendShare,
    double recencyDays,
    int purchases,
    double paid) {

  private static final long SECONDS_PER_DAY = 86_400;
  private static final DayOfWeek FIRST_DAY = DayOfWeek.THURSDAY;
  private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

  /** Checks every number. */
  public Behaviour {
    if (!(lastSeenDays >= 0 && lastSeenDays <= Double.MAX_VALUE)
        || activeDays < 1
        || !(gapDays >= 0 && gapDays <= Double.MAX_VALUE)
        || !(weekendShare >= 0 && weekendShare <= 1)
        || !(recencyDays >= 0 && recencyDays <= Double.MAX_VALUE)
        || purchases < 0
        || !(paid >= 0 && paid <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "lastSeenDays is "
              + lastSeenDays
              + ", activeDays "
              + activeDays
              + ", gapDays "
              + gapDays
              + ", weekendShare "
              + weekendShare
              + ", recencyDays "
              + recencyDays
              + ", purchases "
              + purchases
              + ", paid "
              + paid);
    }
  }

  /**
   * Sums up events.
   *
   * @param events of one user, in any order
   * @param at as of when; what came later is as if it happened then
   * @param zone in which the user's days begin
   * @return the numbers, or empty when there are no events but impressions
   */
  public static Optional<Behaviour> of(
      Collection<? extends Event> events, Instant at, ZoneId zone) {
    // Since 1970. No LocalDate, which has not the first nor the last year of an Instant.
    Set<Long> days = new HashSet<>();
    Set<Instant> occasions = new HashSet<>();
    Instant last = Instant.MIN;
    Instant bought = Instant.MIN;
    for (Event event : events) {
      if (event.type() == EventType.IMPRESSION) {
        continue;
      }
      days.add(
          Math.floorDiv(
              event.at().getEpochSecond() + zone.getRules().getOffset(event.at()).getTotalSeconds(),
              SECONDS_PER_DAY));
      last = event.at().isAfter(last) ? event.at() : last;
      if (event.type() == EventType.PURCHASE) {
        occasions.add(event.at());
        bought = event.at().isAfter(bought) ? event.at() : bought;
      }
    }
    if (days.isEmpty()) {
      return Optional.empty();
    }
    // Summed from the smallest, so that the order of the events does not show.
    double paid =
        events.stream()
            .filter(event -> event.type() == EventType.PURCHASE)
            .mapToDouble(event -> ((Interaction) event).amount())
            .sorted()
            .sum();
    long earliest = Collections.min(days);
    long latest = Collections.max(days);
    long weekend = days.stream().map(FIRST_DAY::plus).filter(WEEKEND::contains).count();
    return Optional.of(
        new Behaviour(
            daysBetween(last, at),
            days.size(),
            days.size() == 1 ? 0 : (latest - earliest) / (days.size() - 1.0),
            weekend / (double) days.size(),
            occasions.isEmpty() ? 0 : daysBetween(bought, at),
            occasions.size(),
            paid));
  }

  private static double daysBetween(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds() / (double) SECONDS_PER_DAY);
  }
}
