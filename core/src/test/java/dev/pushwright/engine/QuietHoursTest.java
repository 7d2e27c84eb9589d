// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  @Test
  void nightOverMidnightEndsNextMorning() {
    QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0));
    ZoneId london = ZoneId.of("Europe/London");
    assertThat(night.endIfQuiet(Instant.parse("2026-01-10T23:30:00Z"), london))
        .contains(Instant.parse("2026-01-11T08:00:00Z"));
    assertThat(night.endIfQuiet(Instant.parse("2026-01-11T07:59:59Z"), london))
        .contains(Instant.parse("2026-01-11T08:00:00Z"));
    assertThat(night.endIfQuiet(Instant.parse("2026-01-11T08:00:00Z"), london)).isEmpty();
    assertThat(night.endIfQuiet(Instant.parse("2026-01-11T21:59:59Z"), london)).isEmpty();
  }

  @Test
  void theUsersOwnClockCounts() {
    QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0));
    Instant noonInLondon = Instant.parse("2026-01-10T12:00:00Z");
    assertThat(night.endIfQuiet(noonInLondon, ZoneId.of("Europe/London"))).isEmpty();
    assertThat(night.endIfQuiet(noonInLondon, ZoneId.of("Australia/Sydney"))).isPresent();
  }

  /** The oracle walks on minute by minute until the local clock is out of the quiet hours. */
  @ParameterizedTest
  @CsvSource({
    // Clocks go forward and back in these weeks; in Lord Howe by half an hour, in Beirut at
    // midnight.
    "Europe/London, 2026-03-28T00:00:00Z, 22:00, 08:00",
    "Europe/London, 2026-10-24T00:00:00Z, 22:00, 08:00",
    "Europe/London, 2026-03-28T00:00:00Z, 00:15, 01:30",
    "Europe/London, 2026-10-24T00:00:00Z, 00:15, 01:30",
    "Australia/Lord_Howe, 2026-10-03T00:00:00Z, 21:30, 02:15",
    "Australia/Lord_Howe, 2026-04-04T00:00:00Z, 21:30, 01:45",
    "Asia/Beirut, 2026-03-28T00:00:00Z, 23:00, 00:30",
    "Asia/Kathmandu, 2026-06-01T00:00:00Z, 13:00, 14:00"
  })
  void theEndIsTheFirstMomentThatIsNotQuiet(
      String zone, Instant start, LocalTime from, LocalTime to) {
    QuietHours hours = new QuietHours(from, to);
    ZoneId id = ZoneId.of(zone);
    int quiet = 0;
    for (int minute = 0; minute < 3 * 24 * 60; minute += 5) {
      Instant at = start.plus(Duration.ofMinutes(minute));
      Optional<Instant> end = hours.endIfQuiet(at, id);
      assertThat(end.isPresent()).isEqualTo(isQuiet(at, id, from, to));
      if (end.isPresent()) {
        quiet++;
        Instant walked = at;
        while (isQuiet(walked, id, from, to)) {
          walked = walked.plus(Duration.ofMinutes(1));
        }
        assertThat(end.get()).as("quiet at %s", at.atZone(id)).isEqualTo(walked);
      }
    }
    assertThat(quiet).isPositive();
  }

  private static boolean isQuiet(Instant at, ZoneId zone, LocalTime from, LocalTime to) {
    LocalTime time = at.atZone(zone).toLocalTime();
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }

  @Test
  void noHoursAreRefused() {
    assertThatThrownBy(() -> new QuietHours(LocalTime.NOON, LocalTime.NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12:00");
  }
}
