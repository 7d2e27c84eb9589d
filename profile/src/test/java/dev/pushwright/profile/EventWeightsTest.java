// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventWeightsTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");
  private static final Weighting RATINGS = Weighting.parse("RATING:1*value@1");

  private static EventWeights weights(int[] about, Interaction... events) {
    Fading fading = new Fading(RATINGS);
    Marks.Builder marks = new Marks.Builder(fading.combine());
    for (int e = 0; e < events.length; e++) {
      if (events[e].value() > 0) {
        marks.add(
            about[e],
            events[e].type(),
            events[e].value(),
            events[e].at().getEpochSecond(),
            events[e].at().getNano(),
            1);
      }
    }
    return EventWeights.of(marks.build(), key -> key < 1_000, fading, T0);
  }

  private static Interaction rating(double value, int daysAgo) {
    return Interaction.rating("u", "i", value, T0.minusSeconds(daysAgo * 86_400L));
  }

  @Test
  void leastFadedEventHasNotFaded() {
    EventWeights weights =
        weights(new int[] {7, 3, 3}, rating(8, 900), rating(1, 899), rating(1, 898));
    assertThat(weights.size()).isEqualTo(2);
    assertThat(weights.key(0)).isEqualTo(3);
    assertThat(weights.weight(0)).isEqualTo(1.5);
    assertThat(weights.key(1)).isEqualTo(7);
    assertThat(weights.weight(1)).isEqualTo(2);
  }

  @Test
  void eventAboutNothingIsPassedOver() {
    assertThat(weights(new int[] {1_000}, rating(5, 0)).size()).isZero();
    EventWeights weights = weights(new int[] {1_000, 0}, rating(5, 0), rating(5, 2_000));
    assertThat(weights.weight(0)).isEqualTo(5);
  }

  @Test
  void noEventsGiveNoWeights() {
    assertThat(weights(new int[0]).size()).isZero();
    assertThat(weights(new int[] {1}, rating(0, 0)).size()).as("worth nothing").isZero();
  }
}
