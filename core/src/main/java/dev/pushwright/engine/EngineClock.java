// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What tells an engine the time.
 *
 * @param clock the clock it was given
 */
record EngineClock(Clock clock) {

  // How far clocks that events are dated by may be ahead, as where files are read.
  private static final Duration AHEAD = Duration.ofDays(1);

  Instant now() {
    return SendTime.checked("the engine's clock", clock.instant(), "give it another by clock(...)");
  }

  static boolean isAhead(Instant at, Instant now) {
    return Duration.between(now, at).compareTo(AHEAD) > 0;
  }
}
