// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * When a user bought, each instant once, and what was paid in all. Every instant is kept, since one
 * that comes late may be one that is known. Immutable; 12 bytes an instant.
 */
final class Occasions {

  static final Occasions NONE = new Occasions(new long[0], new int[0], 0);

  private final long[] seconds;
  private final int[] nanos;
  private final double paid;

  Occasions(long[] seconds, int[] nanos, double paid) {
    this.seconds = seconds;
    this.nanos = nanos;
    this.paid = paid;
  }

  int size() {
    return seconds.length;
  }

  long second(int position) {
    return seconds[position];
  }

  int nano(int position) {
    return nanos[position];
  }

  double paid() {
    return paid;
  }

  /** These occasions after a purchase more. */
  Occasions plus(long second, int nano, double amount) {
    int n = seconds.length;
    int at = n;
    while (at > 0 && compare(at - 1, second, nano) > 0) {
      at--;
    }
    if (at > 0 && compare(at - 1, second, nano) == 0) {
      return new Occasions(seconds, nanos, paid + amount);
    }
    long[] moreSeconds = Arrays.copyOf(seconds, n + 1);
    int[] moreNanos = Arrays.copyOf(nanos, n + 1);
    System.arraycopy(seconds, at, moreSeconds, at + 1, n - at);
    System.arraycopy(nanos, at, moreNanos, at + 1, n - at);
    moreSeconds[at] = second;
    moreNanos[at] = nano;
    return new Occasions(moreSeconds, moreNanos, paid + amount);
  }

  private int compare(int position, long second, int nano) {
    int order = Long.compare(seconds[position], second);
    return order != 0 ? order : Integer.compare(nanos[position], nano);
  }

  /** In short, or empty without a purchase. */
  Optional<Purchases> summary() {
    int n = seconds.length;
    return n == 0
        ? Optional.empty()
        : Optional.of(new Purchases(Instant.ofEpochSecond(seconds[n - 1], nanos[n - 1]), n, paid));
  }
}
