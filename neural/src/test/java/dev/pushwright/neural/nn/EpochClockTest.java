// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpochClockTest {

  @Test
  void epochsBeforeACheckpointCountAsThoseAfterIt() throws InterruptedException {
    EpochClock whole = new EpochClock(0);
    EpochClock resumed = new EpochClock(6);
    Thread.sleep(20);
    // Two epochs of the first, two of eight of the other.
    assertThat(whole.elapsed(2)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
    assertThat(resumed.elapsed(8)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
  }
}
