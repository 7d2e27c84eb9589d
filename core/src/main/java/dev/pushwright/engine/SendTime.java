// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import java.time.Instant;
import java.util.Objects;

/** What every instant of a push has to satisfy: weeks before and after it can be counted. */
final class SendTime {

  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private SendTime() {}

  static Instant checked(String what, Instant at, String remedy) {
    Objects.requireNonNull(at, what);
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          what + " is " + at + "; an instant of the years 0 to 9999 is needed: " + remedy);
    }
    return at;
  }
}
