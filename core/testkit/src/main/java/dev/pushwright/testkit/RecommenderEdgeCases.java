// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.Recommendations.Cause;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Data as they come: odd ids, almost nothing, all the same, strange times. */
abstract class RecommenderEdgeCases extends RecommenderFilterCases {

  private static final List<String> ODD_IDS =
      List.of(
          "plain",
          "PLAIN",
          "Plain",
          "it's \"quoted\"",
          "two  spaces inside",
          "tab\tand\nline",
          "\uD83C\uDF81 gift \uD83D\uDC69\u200D\uD83D\uDC67",
          "商品-42",
          "a,b;c|d",
          "../../etc/passwd",
          "{{name}}",
          "null",
          "-1",
          "0",
          "00",
          "1e308",
          "x".repeat(4096),
          "%s%d");

  private static String oddId(int n) {
    return ODD_IDS.get(n);
  }

  @Test
  void idsComeBackAsTheyWentIn() {
    Checkerboard odd =
        board().resized(ODD_IDS.size(), RecommenderEdgeCases::oddId, RecommenderEdgeCases::oddId);
    RecommenderModel model = fit(odd.data());
    Recommendations all =
        ask(model, odd.data(), RecommendationQuery.forUser(STRANGER).limit(ODD_IDS.size()).build());
    assertThat(all.itemIds())
        .as("ids of all items, as an unknown user gets them")
        .containsExactlyInAnyOrderElementsOf(ODD_IDS);
    for (String id : ODD_IDS) {
      Recommendations one =
          ask(
              model,
              odd.data(),
              RecommendationQuery.forUser(id).candidates(Set.of(odd.heldOut(id))).limit(1).build());
      assertThat(one.itemIds())
          .as("the item that user %s lacks", id)
          .containsExactly(odd.heldOut(id));
      if (can(Capability.PERSONALIZED)) {
        assertThat(one.basis()).as("basis for user %s of training", id).isEqualTo(Basis.TRAINED);
      }
    }
  }

  @Test
  void constantRatingsAreNoTrouble() {
    Dataset.Builder builder = Dataset.builder();
    for (String user : board().users()) {
      for (Event event : board().history(user)) {
        if (event instanceof Interaction interaction) {
          builder.add(Interaction.rating(user, interaction.itemId(), 3, event.at()));
        }
      }
    }
    assertAnswersAreSound(builder.build());
  }

  @Test
  void ratingsOfZeroAndBelowAreNoTrouble() {
    Dataset.Builder builder = Dataset.builder();
    Instant at = board().data().latest();
    for (int u = 0; u < 12; u++) {
      for (int i = 0; i < 12; i++) {
        builder.add(Interaction.rating("u" + u, "i" + (i + u) % 14, i % 3 - 1.0, at));
      }
    }
    assertAnswersAreSound(builder.build());
  }

  @Test
  void hugeAndTinyValuesAreNoTrouble() {
    Dataset.Builder builder = board().data().toBuilder();
    Instant at = board().data().latest();
    builder.add(Interaction.rating("giant", board().items().get(0), Interaction.MAX_VALUE, at));
    builder.add(Interaction.rating("giant", board().items().get(1), -Interaction.MAX_VALUE, at));
    // Weights whose squares vanish in float32, and one that vanishes itself.
    builder.add(Interaction.rating("dwarf", "speck", 1e-30, at));
    builder.add(Interaction.rating("dwarf", board().items().get(0), 1e-30, at));
    builder.add(Interaction.rating("dwarf", board().items().get(1), Double.MIN_VALUE, at));
    builder.add(Interaction.purchase("giant", board().items().get(2), 1e12, 1e12, at));
    assertAnswersAreSound(builder.build());
  }

  @Test
  void oneUserIsEnoughToFit() {
    assertAnswersAreSound(
        Dataset.builder()
            .add(Interaction.view("only", "a", Instant.EPOCH))
            .add(Interaction.view("only", "b", Instant.EPOCH))
            .add(Item.of("c"))
            .build());
  }

  @Test
  void itemsWithoutEventsAreEnoughToFit() {
    Dataset data =
        Dataset.builder().add(Item.of("a")).add(Item.of("b", "B")).add(User.of("silent")).build();
    assertAnswersAreSound(data);
    assertThat(
            ask(fit(data), data, RecommendationQuery.forUser("silent").limit(2).build())
                .basis()
                .isFallback())
        .as("an answer where there are no events is the fallback's")
        .isTrue();
  }

  @Test
  void noItemsGiveNoItemsAndAShortfall() {
    for (Dataset data :
        List.of(
            Dataset.builder().build(),
            Dataset.builder().add(User.of("u")).build(),
            Dataset.builder().add(Search.of("u", "lamp", Instant.EPOCH)).build())) {
      RecommenderModel model = fit(data);
      for (String user : List.of("u", STRANGER)) {
        Recommendations answer =
            ask(model, data, RecommendationQuery.forUser(user).limit(5).build());
        assertThat(answer.items()).as("items of an empty catalogue").isEmpty();
        assertThat(answer.shortfall().orElseThrow().missing()).isEqualTo(5);
      }
    }
  }

  @Test
  void impressionDoesNotMarkAnItemAsSeenAndADismissalDoes() {
    String user = evenUser();
    String item = board().heldOut(user);
    for (EventType type : List.of(EventType.IMPRESSION, EventType.DISMISS, EventType.VIEW)) {
      Interaction event = Interaction.of(type, user, item, board().data().latest().plusSeconds(1));
      Dataset data = board().data().toBuilder().add(event).build();
      Recommendations answer =
          ask(
              fit(data),
              data,
              RecommendationQuery.forUser(user).candidates(Set.of(item)).limit(2).build());
      boolean seen = type != EventType.IMPRESSION;
      assertThat(left(answer, Cause.SEEN)).as("seen after %s", type).isEqualTo(seen ? 1 : 0);
      assertThat(answer.items()).as("the item after %s", type).hasSize(seen ? 0 : 1);
      List<Event> history = new ArrayList<>(board().history(user));
      history.add(event);
      Recommendations fromHistory =
          ask(RecommendationQuery.forHistory(history).candidates(Set.of(item)).limit(2));
      assertThat(left(fromHistory, Cause.SEEN))
          .as("seen after %s in a history", type)
          .isEqualTo(seen ? 1 : 0);
    }
  }

  @Test
  void userWhoOnlySearchedIsNoTrouble() {
    Dataset data =
        board().data().toBuilder()
            .add(Search.of("searcher", "even toy", board().data().latest()))
            .build();
    RecommenderModel model = fit(data);
    assertThat(ask(model, data, RecommendationQuery.forUser("searcher").limit(3).build()).items())
        .as("items for a user who only searched")
        .isNotEmpty();
    ask(model, data, RecommendationQuery.forHistory(data.eventsOf("searcher")).build());
  }

  @Test
  void strangeTimesAreNoTrouble() {
    List<Instant> times =
        List.of(
            Instant.EPOCH,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"));
    for (Instant at : times) {
      Dataset.Builder allAtOnce = Dataset.builder();
      for (String user : board().users()) {
        for (Event event : board().history(user)) {
          if (event instanceof Interaction interaction) {
            allAtOnce.add(board().liked(user, interaction.itemId(), at));
          }
        }
      }
      assertAnswersAreSound(allAtOnce.build());
      Dataset mixed =
          board().data().toBuilder()
              .add(Interaction.view(evenUser(), board().items().get(2), at))
              .build();
      assertAnswersAreSound(mixed);
      for (Asker asker : askers()) {
        ask(asker.query().at(at).limit(5));
      }
    }
  }

  private void assertAnswersAreSound(Dataset data) {
    RecommenderModel model = fit(data);
    List<String> users = new ArrayList<>(data.users().ids());
    users.add(STRANGER);
    for (String user : users) {
      RecommendationQuery.Builder query = RecommendationQuery.forUser(user);
      ask(model, data, query.limit(data.items().size()).build());
      ask(model, data, query.excludeSeen(false).explain(can(Capability.EXPLAIN)).build());
      ask(model, data, RecommendationQuery.forHistory(data.eventsOf(user)).build());
    }
  }
}
