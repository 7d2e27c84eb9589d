// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.VisitRhythm;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A user's visits: runs of events in which no pause is longer than a given one, to the second. They
 * come out the same in whatever order the events come in, since an event that falls between two
 * visits joins them. Immutable; 16 bytes a visit.
 */
final class Visits {

  static final Visits NONE = new Visits(new long[0], new long[0]);

  private static final int HOURS = 24;
  private static final double WEEK = 7;

  // Seconds since 1970 of the first and the last event of each visit, ascending.
  private final long[] starts;
  private final long[] ends;

  Visits(long[] starts, long[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  int size() {
    return starts.length;
  }

  long start(int visit) {
    return starts[visit];
  }

  long end(int visit) {
    return ends[visit];
  }

  /**
   * The visits of many events.
   *
   * @param seconds of the events, ascending
   * @param size how many of them count
   * @param pause the longest within a visit, in seconds
   */
  static Visits of(long[] seconds, int size, long pause) {
    long[] starts = new long[size];
    long[] ends = new long[size];
    int n = 0;
    for (int e = 0; e < size; e++) {
      if (n == 0 || seconds[e] - ends[n - 1] > pause) {
        starts[n++] = seconds[e];
      }
      ends[n - 1] = seconds[e];
    }
    return n == 0 ? NONE : new Visits(Arrays.copyOf(starts, n), Arrays.copyOf(ends, n));
  }

  /** These visits after one event more. */
  Visits plus(long second, long pause) {
    int n = starts.length;
    // The first visit that does not end too long before.
    int at = n;
    while (at > 0 && ends[at - 1] >= second - pause) {
      at--;
    }
    if (at == n || starts[at] > second + pause) {
      long[] moreStarts = new long[n + 1];
      long[] moreEnds = new long[n + 1];
      System.arraycopy(starts, 0, moreStarts, 0, at);
      System.arraycopy(ends, 0, moreEnds, 0, at);
      moreStarts[at] = second;
      moreEnds[at] = second;
      System.arraycopy(starts, at, moreStarts, at + 1, n - at);
      System.arraycopy(ends, at, moreEnds, at + 1, n - at);
      return new Visits(moreStarts, moreEnds);
    }
    if (second >= starts[at] && second <= ends[at]) {
      return this;
    }
    boolean joins = at + 1 < n && starts[at + 1] - Math.max(second, ends[at]) <= pause;
    int gone = joins ? 1 : 0;
    long[] newStarts = new long[n - gone];
    long[] newEnds = new long[n - gone];
    System.arraycopy(starts, 0, newStarts, 0, at + 1);
    System.arraycopy(ends, 0, newEnds, 0, at);
    newStarts[at] = Math.min(second, starts[at]);
    newEnds[at] = joins ? ends[at + 1] : Math.max(second, ends[at]);
    int rest = at + 1 + gone;
    System.arraycopy(starts, rest, newStarts, at + 1, n - rest);
    System.arraycopy(ends, rest, newEnds, at + 1, n - rest);
    return new Visits(newStarts, newEnds);
  }

  /**
   * How often the user comes.
   *
   * @param at the instant asked about
   * @return the rhythm, or empty without a visit
   */
  Optional<VisitRhythm> rhythm(Instant at) {
    int n = starts.length;
    if (n == 0) {
      return Optional.empty();
    }
    Instant last = Instant.ofEpochSecond(ends[n - 1]);
    Instant until = at.isAfter(last) ? at : last;
    double days = Days.between(Instant.ofEpochSecond(starts[0]), until);
    return Optional.of(new VisitRhythm(n, medianDaysBetween(), n / Math.max(1, days / WEEK), last));
  }

  private OptionalDouble medianDaysBetween() {
    int n = starts.length - 1;
    if (n < 1) {
      return OptionalDouble.empty();
    }
    long[] between = new long[n];
    for (int v = 0; v < n; v++) {
      between[v] = starts[v + 1] - starts[v];
    }
    Arrays.sort(between);
    double twice = (double) between[(n - 1) / 2] + between[n / 2];
    return OptionalDouble.of(twice / 2 / Days.SECONDS);
  }

  /** How many visits begin in each of the 24 hours, by the clock of a zone. */
  int[] byHour(ZoneId zone) {
    int[] counts = new int[HOURS];
    ZoneRules rules = zone.getRules();
    boolean fixed = rules.isFixedOffset();
    int offset = fixed ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
    for (long start : starts) {
      if (!fixed) {
        offset = rules.getOffset(Instant.ofEpochSecond(start)).getTotalSeconds();
      }
      counts[(int) (Math.floorMod(start + offset, 86_400L) / 3_600)]++;
    }
    return counts;
  }
}
