// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Channel;
import dev.pushwright.api.Message;
import dev.pushwright.data.User;
import dev.pushwright.engine.PushLog.Sent;
import dev.pushwright.engine.Withheld.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PushPolicyTest {

  private static final Instant NOON = Instant.parse("2026-05-13T12:00:00Z");
  private static final User ANN = User.of("ann");

  private static Sent sent(Instant at, String... items) {
    return new Sent(at, Channel.IOS, List.of(items));
  }

  private static List<Sent> sentAt(String... instants) {
    return Stream.of(instants).map(at -> sent(Instant.parse(at))).toList();
  }

  @Test
  void aRecordedRefusalAlwaysCounts() {
    User declined = ANN.with(User.CONSENT, "no");
    assertThat(PushPolicy.standard().beforeChoosing(declined, NOON, List.of()))
        .hasValueSatisfying(w -> assertThat(w.cause()).isEqualTo(Cause.NO_CONSENT));
  }

  @Test
  void withoutARecordOnlyARequiringPolicyIsSilent() {
    assertThat(PushPolicy.standard().beforeChoosing(ANN, NOON, List.of())).isEmpty();
    PushPolicy requiring = PushPolicy.builder().requireConsent().build();
    assertThat(requiring.beforeChoosing(ANN, NOON, List.of()))
        .hasValueSatisfying(w -> assertThat(w.reason()).contains("no consent is recorded"));
    assertThat(requiring.beforeChoosing(ANN.with(User.CONSENT, "yes"), NOON, List.of())).isEmpty();
  }

  @Test
  void quietHoursDeferInTheUsersZone() {
    PushPolicy policy =
        PushPolicy.builder().quietHours(LocalTime.of(22, 0), LocalTime.of(8, 0)).build();
    assertThat(policy.beforeChoosing(ANN, NOON, List.of())).isEmpty();
    assertThat(policy.beforeChoosing(ANN.with(User.ZONE, "Asia/Tokyo"), NOON, List.of())).isEmpty();
    Withheld withheld =
        policy
            .beforeChoosing(ANN.with(User.ZONE, "Pacific/Auckland"), NOON, List.of())
            .orElseThrow();
    assertThat(withheld.cause()).isEqualTo(Cause.QUIET_HOURS);
    assertThat(withheld.retryAt()).contains(Instant.parse("2026-05-13T20:00:00Z"));
    assertThat(withheld.reason()).contains("00:00", "Pacific/Auckland", "22:00", "08:00");
  }

  @Test
  void theFallbackZoneServesUsersWithoutOne() {
    PushPolicy policy =
        PushPolicy.builder()
            .quietHours(LocalTime.of(22, 0), LocalTime.of(8, 0))
            .fallbackZone(ZoneId.of("Pacific/Auckland"))
            .build();
    assertThat(policy.beforeChoosing(ANN, NOON, List.of())).isPresent();
    assertThat(policy.beforeChoosing(ANN.with(User.ZONE, "UTC"), NOON, List.of())).isEmpty();
  }

  @Test
  void theDailyCapGoesByTheCalendarDayOfTheUser() {
    PushPolicy policy = PushPolicy.builder().maxPerDay(2).build();
    User inTokyo = ANN.with(User.ZONE, "Asia/Tokyo");
    // In Tokyo 13 May lasts from 12 May 15:00 to 13 May 15:00 UTC.
    List<Sent> sent = sentAt("2026-05-12T15:00:00Z", "2026-05-13T10:00:00Z");
    Withheld withheld = policy.beforeChoosing(inTokyo, NOON, sent).orElseThrow();
    assertThat(withheld.cause()).isEqualTo(Cause.FREQUENCY_CAP);
    assertThat(withheld.reason()).contains("2 pushes today", "the cap is 2");
    assertThat(withheld.retryAt()).contains(Instant.parse("2026-05-13T15:00:00Z"));
    assertThat(policy.beforeChoosing(inTokyo, withheld.retryAt().orElseThrow(), sent)).isEmpty();
    assertThat(policy.beforeChoosing(ANN, NOON, sent)).isEmpty();
  }

  @Test
  void theWeeklyCapRolls() {
    PushPolicy policy = PushPolicy.builder().maxPerWeek(2).build();
    List<Sent> sent =
        sentAt("2026-05-06T11:59:59Z", "2026-05-07T09:00:00Z", "2026-05-10T09:00:00Z");
    Withheld withheld = policy.beforeChoosing(ANN, NOON, sent).orElseThrow();
    assertThat(withheld.reason()).contains("2 pushes within 7 days");
    Instant retry = withheld.retryAt().orElseThrow();
    assertThat(retry).isEqualTo(Instant.parse("2026-05-14T09:00:00Z"));
    assertThat(policy.beforeChoosing(ANN, retry, sent)).isEmpty();
    assertThat(policy.beforeChoosing(ANN, retry.minusSeconds(1), sent)).isPresent();
  }

  @Test
  void anItemIsNotShownAgainWithinTheDays() {
    PushPolicy policy = PushPolicy.builder().repeatItemAfterDays(3).build();
    List<Sent> sent =
        List.of(
            sent(NOON.minus(Duration.ofDays(3)), "old"),
            sent(NOON.minus(Duration.ofDays(2)), "new", "newer"));
    assertThat(policy.notAgain(NOON, sent)).containsExactlyInAnyOrder("new", "newer");
    assertThat(PushPolicy.builder().repeatItemAfterDays(0).build().notAgain(NOON, sent)).isEmpty();
  }

  @Test
  void theLogHasToRememberAsFarBackAsAnyRuleLooks() {
    assertThat(PushPolicy.standard().memory()).isEqualTo(Duration.ofDays(7));
    assertThat(PushPolicy.builder().repeatItemAfterDays(30).build().memory())
        .isEqualTo(Duration.ofDays(30));
  }

  @Test
  void valuesThatMakeNoSenseAreRefusedByName() {
    assertThatThrownBy(() -> PushPolicy.builder().maxPerDay(0))
        .hasMessageContaining("maxPerDay is 0");
    assertThatThrownBy(() -> PushPolicy.builder().maxPerWeek(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> PushPolicy.builder().minItems(0))
        .hasMessageContaining("minItems is 0");
    assertThatThrownBy(() -> PushPolicy.builder().repeatItemAfterDays(-1))
        .hasMessageContaining("repeatItemAfterDays is -1");
    assertThatThrownBy(() -> PushPolicy.builder().minScore(Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void theLastTextsAreNotRepeatedTheLatestFirst() {
    List<Sent> sent =
        Stream.of(3, 1, 4, 2)
            .map(
                hour ->
                    new Sent(
                        NOON.minus(Duration.ofHours(hour)),
                        Channel.IOS,
                        List.of("i"),
                        new Message("title " + hour, "body " + hour)))
            .toList();
    assertThat(PushPolicy.standard().notRepeated(sent))
        .extracting(Message::title)
        .containsExactly("title 1", "title 2", "title 3");
    PushPolicy two = PushPolicy.builder().distinctTexts(2).build();
    assertThat(two.notRepeated(sent)).hasSize(2);
    assertThat(two.notRepeated(List.of(sent(NOON, "i")))).isEmpty();
    assertThat(PushPolicy.builder().distinctTexts(0).build().notRepeated(sent)).isEmpty();
    assertThatThrownBy(() -> PushPolicy.builder().distinctTexts(-1))
        .hasMessage("distinctTexts is -1; at least 0 is needed");
  }
}
