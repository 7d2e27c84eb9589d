// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Weighting.Combine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserItemsTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  @ParameterizedTest
  @EnumSource(Combine.class)
  void aHistoryGivenAtQueryTimeWeighsLikeTheTrainingRowToTheBit(Combine combine) {
    SplittableRandom random = new SplittableRandom(11);
    EventType[] types = {
      EventType.VIEW, EventType.CART, EventType.PURCHASE, EventType.RATING, EventType.DISMISS
    };
    List<Event> events = new ArrayList<>();
    for (int e = 0; e < 3000; e++) {
      Instant at = START.plusMillis(random.nextInt(2_000_000_000));
      String user = "u" + random.nextInt(40);
      events.add(
          random.nextInt(20) == 0
              ? Search.of(user, "q", at)
              : new Interaction(
                  user,
                  "i" + random.nextInt(60),
                  types[random.nextInt(types.length)],
                  random.nextDouble() * 6,
                  0,
                  at));
    }
    Dataset data = Dataset.builder().addAll(events).build();
    Weighting weighting =
        Weighting.parse("VIEW:1.1@9, CART:2*value@3, PURCHASE:5*log@30, RATING>=3:1*value")
            .withCombine(combine);
    InteractionMatrix matrix = data.interactions(weighting);
    int compared = 0;
    for (int user = 0; user < data.users().size(); user++) {
      UserItems row = matrix.row(user);
      UserItems fresh =
          UserItems.of(
              data.eventsOf(data.users().id(user)), data.items(), weighting, data.latest());
      assertThat(fresh.size()).isEqualTo(row.size());
      for (int p = 0; p < row.size(); p++) {
        assertThat(fresh.item(p)).isEqualTo(row.item(p));
        assertThat(Float.floatToIntBits(fresh.weight(p)))
            .isEqualTo(Float.floatToIntBits(row.weight(p)));
        assertThat(fresh.type(p)).isEqualTo(row.type(p));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(matrix.byUser().size()).isGreaterThan(500);
    assertThat(matrix.byItem()).isEqualTo(matrix.byUser().transpose());
  }
}
