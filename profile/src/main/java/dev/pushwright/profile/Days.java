// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import java.time.Instant;

/** Time in days. */
final class Days {

  static final double SECONDS = 86_400;

  private Days() {}

  /** Days from one instant to another, below 0 when the other comes first. */
  static double between(Instant from, Instant to) {
    return between(from.getEpochSecond(), from.getNano(), to.getEpochSecond(), to.getNano());
  }

  static double between(long fromSecond, int fromNano, long toSecond, int toNano) {
    return ((toSecond - fromSecond) + (toNano - fromNano) * 1e-9) / SECONDS;
  }
}
