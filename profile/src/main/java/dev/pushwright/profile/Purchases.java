// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user has bought, in short.
 *
 * @param last the instant of the last purchase
 * @param occasions the number of distinct instants
 * @param paid what was paid in all
 */
record Purchases(Instant last, int occasions, double paid) {

  /**
   * Writes the purchases of all users as the first version did, which kept no more of them: {@code
   * occasions}, 0 for a user without any; {@code lastSecond} and {@code lastNano}, counted from
   * 1970; {@code paid}.
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
}
