// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWeightsTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");
  private static final Weighting RATINGS = Weighting.parse("RATING:1*value@1");

  private static EventWeights weights(int[] about, Interaction... events) {
    return EventWeights.of(Arrays.asList(events), about, RATINGS, T0);
  }

  private static Interaction rating(double value, int daysAgo) {
    return Interaction.rating("u", "i", value, T0.minusSeconds(daysAgo * 86_400L));
  }

  @Test
  void sumHasTheSameBitsInAnyOrder() {
    // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last bit.
    int[] one = {4, 4, 4};
    EventWeights up = weights(one, rating(0.1, 0), rating(0.2, 0), rating(0.3, 0));
    EventWeights down = weights(one, rating(0.3, 0), rating(0.2, 0), rating(0.1, 0));
    assertThat(up.size()).isEqualTo(1);
    assertThat(up.key(0)).isEqualTo(4);
    assertThat(down.weight(0)).isEqualTo(up.weight(0));
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
    assertThat(weights(new int[] {-1}, rating(5, 0)).size()).isZero();
    EventWeights weights = weights(new int[] {-1, 0}, rating(5, 0), rating(5, 2_000));
    assertThat(weights.weight(0)).isEqualTo(5);
  }

  @Test
  void noEventsGiveNoWeights() {
    assertThat(EventWeights.of(List.of(), new int[0], RATINGS, T0).size()).isZero();
    assertThat(weights(new int[] {1}, rating(0, 0)).size()).as("worth nothing").isZero();
  }
}
