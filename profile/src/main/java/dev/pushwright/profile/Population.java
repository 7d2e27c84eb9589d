// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.Basis;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a user is compared with, and what is said of a user of whom nothing is known. Immutable. */
final class Population {

  private static final int HOURS = 24;

  /**
   * Others to fall back to.
   *
   * @param crowd who
   * @param basis a segment, or everybody
   */
  record Others(Crowd crowd, Basis basis) {}

  private final Crowd everybody;
  private final Map<String, Crowd> segments;
  private final double[] payments;
  private final long[] hours;
  private final Map<String, long[]> hoursOfSegment = new HashMap<>();

  /**
   * A population.
   *
   * @param everybody the mean of all
   * @param segments the mean of each segment
   * @param people all users
   * @param fallbackZone the zone of users whose own is not known
   * @param payments what each paying user paid, in any order
   */
  Population(
      Crowd everybody,
      Map<String, Crowd> segments,
      People people,
      ZoneId fallbackZone,
      double[] payments) {
    this.everybody = everybody;
    this.segments = Map.copyOf(segments);
    this.payments = payments.clone();
    Arrays.sort(this.payments);
    this.hours = new long[HOURS];
    for (int u = 0; u < people.size(); u++) {
      if (people.behaviour(u).visits().size() > 0) {
        int[] own = people.behaviour(u).visits().byHour(people.zone(u).orElse(fallbackZone));
        add(hours, own, 1);
        people
            .segment(u)
            .ifPresent(
                segment ->
                    add(hoursOfSegment.computeIfAbsent(segment, name -> new long[HOURS]), own, 1));
      }
    }
  }

  private static void add(long[] sum, int[] counts, int sign) {
    for (int h = 0; h < HOURS; h++) {
      sum[h] += (long) sign * counts[h];
    }
  }

  Crowd everybody() {
    return everybody;
  }

  Map<String, Crowd> segments() {
    return segments;
  }

  /** Whose tags somebody without any gets. */
  Others others(Optional<String> segment) {
    Crowd own = segment.map(segments::get).orElse(Crowd.NOBODY);
    return own.tags().size() > 0
        ? new Others(own, Basis.SEGMENT)
        : new Others(everybody, Basis.EVERYBODY);
  }

  /**
   * The visits of a segment or of everybody by hour, with a user's as they are now in the place of
   * those of training.
   *
   * @param segment a segment, or empty for everybody
   * @param trained the user's in training; all 0 for one who was not among these
   * @param now the user's now
   */
  long[] hours(Optional<String> segment, int[] trained, int[] now) {
    long[] own =
        segment
            .map(name -> hoursOfSegment.getOrDefault(name, new long[HOURS]))
            .orElse(hours)
            .clone();
    add(own, trained, -1);
    add(own, now, 1);
    return own;
  }

  /**
   * The share of paying users who paid no more.
   *
   * @param paid in all, by the user asked about
   * @return from 0 to 1; 0 when nothing was paid here, 0.5 when nobody paid there
   */
  double percentile(double paid) {
    if (paid == 0) {
      return 0;
    }
    return payments.length == 0 ? 0.5 : (double) noMore(paid) / payments.length;
  }

  /**
   * The same among the users as they are now: with what the user paid in all in the place of what
   * the user had paid in training.
   *
   * @param paid in all
   * @param trained of it in training, 0 for nothing
   */
  double percentile(double paid, double trained) {
    if (paid == 0) {
      return 0;
    }
    int before = trained > 0 ? 1 : 0;
    int below = noMore(paid) - (trained > 0 && trained <= paid ? 1 : 0);
    return (below + 1.0) / (payments.length - before + 1.0);
  }

  private int noMore(double paid) {
    int low = 0;
    for (int high = payments.length; low < high; ) {
      int middle = (low + high) >>> 1;
      if (payments[middle] <= paid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
