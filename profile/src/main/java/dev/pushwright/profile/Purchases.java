// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a user has bought, in short.
 *
 * @param last the instant of the last purchase
 * @param occasions the number of distinct instants
 * @param paid what was paid in all
 */
record Purchases(Instant last, int occasions, double paid) {

  /** The purchases among events, empty when there are none. */
  static Optional<Purchases> of(List<? extends Event> events) {
    List<Interaction> purchases =
        events.stream()
            .filter(event -> event.type() == EventType.PURCHASE)
            .map(Interaction.class::cast)
            .toList();
    if (purchases.isEmpty()) {
      return Optional.empty();
    }
    // Summed from the smallest, so that the order of the events does not show.
    double paid =
        purchases.stream().mapToDouble(Interaction::amount).sorted().reduce(0, Double::sum);
    return Optional.of(
        new Purchases(
            purchases.stream().map(Interaction::at).max(Instant::compareTo).orElseThrow(),
            (int) purchases.stream().map(Interaction::at).distinct().count(),
            paid));
  }

  /**
   * Writes the purchases of all users: {@code occasions}, 0 for a user without any; {@code
   * lastSecond} and {@code lastNano}, counted from 1970; {@code paid}.
   */
  static void save(ModelWriter out, @Nullable Purchases[] ofUser) {
    int n = ofUser.length;
    int[] occasions = new int[n];
    long[] seconds = new long[n];
    int[] nanos = new int[n];
    double[] paid = new double[n];
    for (int u = 0; u < n; u++) {
      Purchases bought = ofUser[u];
      if (bought != null) {
        occasions[u] = bought.occasions;
        seconds[u] = bought.last.getEpochSecond();
        nanos[u] = bought.last.getNano();
        paid[u] = bought.paid;
      }
    }
    out.ints("occasions", occasions)
        .longs("lastSecond", seconds)
        .ints("lastNano", nanos)
        .doubles("paid", paid);
  }

  /** Reads what {@link #save} wrote. */
  static @Nullable Purchases[] read(ModelReader in, int users) {
    int[] occasions = in.ints("occasions", users);
    long[] seconds = in.longs("lastSecond", users);
    int[] nanos = in.ints("lastNano", users);
    double[] paid = in.doubles("paid", users);
    @Nullable Purchases[] ofUser = new @Nullable Purchases[users];
    for (int u = 0; u < users; u++) {
      if (occasions[u] < 0 || !(paid[u] >= 0 && paid[u] <= Double.MAX_VALUE)) {
        throw in.damaged("user " + u + " paid " + paid[u] + " on " + occasions[u] + " occasions");
      }
      if (occasions[u] > 0) {
        ofUser[u] = new Purchases(instant(in, seconds[u], nanos[u]), occasions[u], paid[u]);
      }
    }
    return ofUser;
  }

  private static Instant instant(ModelReader in, long second, int nano) {
    if (nano < 0 || nano >= 1_000_000_000) {
      throw in.damaged("lastNano holds " + nano);
    }
    try {
      return Instant.ofEpochSecond(second, nano);
    } catch (DateTimeException e) {
      throw in.damaged("lastSecond holds " + second, e);
    }
  }

  /**
   * The share of paying users who paid no more.
   *
   * @param payments what each paying user paid, ascending
   * @return from 0 to 1; 0 when nothing was paid here, 0.5 when nobody paid there
   */
  double percentile(double[] payments) {
    if (paid == 0) {
      return 0;
    }
    if (payments.length == 0) {
      return 0.5;
    }
    int noMore = 0;
    for (int end = payments.length; noMore < end; ) {
      int middle = (noMore + end) >>> 1;
      if (payments[middle] <= paid) {
        noMore = middle + 1;
      } else {
        end = middle;
      }
    }
    return (double) noMore / payments.length;
  }
}
