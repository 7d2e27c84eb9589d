// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * At which hours of the day a user's visits begin, by the user's own clock.
 *
 * @param zone whose clock
 * @param visits how many visits were counted, at least 1
 * @param shares the share of the visits that begin in each of the 24 hours, from midnight on; they
 *     add up to 1
 */
public record ActiveHours(ZoneId zone, int visits, List<Double> shares) {

  /** How many hours a day has. */
  public static final int HOURS = 24;

  /** Checks and copies the shares. */
  public ActiveHours {
    Objects.requireNonNull(zone, "zone");
    shares = List.copyOf(shares);
    double sum = 0;
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "shares of hours hold " + share + "; numbers from 0 to 1 are needed");
      }
      sum += share;
    }
    if (shares.size() != HOURS || Math.abs(sum - 1) > 1e-6 || visits < 1) {
      throw new IllegalArgumentException(
          shares.size()
              + " shares of hours add up to "
              + sum
              + " over "
              + visits
              + " visits; 24 that add up to 1 over at least 1 are needed");
    }
  }

  /**
   * The share of one hour.
   *
   * @param hour from 0 to 23
   * @return from 0 to 1
   */
  public double share(int hour) {
    return shares.get(hour);
  }
}
