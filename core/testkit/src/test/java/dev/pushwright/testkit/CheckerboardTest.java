// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerboardTest {

  private static Map<String, Double> ratings(List<Event> events) {
    return events.stream()
        .map(Interaction.class::cast)
        .collect(toMap(Interaction::itemId, Interaction::value));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 18, 24, 26})
  void everyUserOfTheRatedBoardRatesTheOwnTasteFiveAndHalfOfTheRestOne(int size) {
    Checkerboard board = Checkerboard.of(size).rated();
    for (String user : board.users()) {
      Map<String, Double> ratings = ratings(board.history(user));
      Set<String> fives = new HashSet<>(board.taste(user));
      fives.remove(board.heldOut(user));
      assertThat(ratings).hasSize(size / 2 - 1 + size / 4);
      ratings.forEach(
          (item, rating) ->
              assertThat(rating).as(item).isEqualTo(fives.contains(item) ? 5.0 : 1.0));
      assertThat(ratings.keySet()).containsAll(fives);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 18, 24, 26})
  void allItemsOfTheRatedBoardAreRatedAlike(int size) {
    Map<String, Map<Double, Long>> byItem =
        Checkerboard.of(size).rated().data().events().stream()
            .map(Interaction.class::cast)
            .collect(groupingBy(Interaction::itemId, groupingBy(Interaction::value, counting())));
    assertThat(byItem).hasSize(size);
    assertThat(byItem.values())
        .allMatch(counts -> counts.equals(Map.of(5.0, size / 2 - 1L, 1.0, (long) (size / 4))));
  }

  @Test
  void ratedHistoryUnderAnotherIdIsTheSame() {
    Checkerboard board = Checkerboard.standard().rated();
    String user = board.users().get(3);
    assertThat(board.history(user, "other")).allMatch(event -> event.userId().equals("other"));
    assertThat(ratings(board.history(user, "other"))).isEqualTo(ratings(board.history(user)));
  }

  @Test
  void ratedBoardHasTheUsersItemsAndAnswersOfTheBoard() {
    Checkerboard plain = Checkerboard.standard();
    Checkerboard rated = plain.rated();
    assertThat(rated.users()).isEqualTo(plain.users());
    assertThat(rated.items()).isEqualTo(plain.items());
    assertThat(rated.data().catalogue()).isEqualTo(plain.data().catalogue());
    for (String user : plain.users()) {
      assertThat(rated.heldOut(user)).isEqualTo(plain.heldOut(user));
    }
  }
}
