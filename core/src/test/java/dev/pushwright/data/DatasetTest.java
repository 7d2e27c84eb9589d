// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  // Distinct instants, so that the order of arrival is no content.
  private static List<Event> randomEvents(long seed, int count, int users, int items) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Event> events = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      String user = "u" + random.nextInt(users);
      Instant at = START.plusSeconds(random.nextInt(1_000_000)).plusNanos(e);
      if (random.nextInt(10) == 0) {
        events.add(Search.of(user, "query " + random.nextInt(9), at));
        continue;
      }
      EventType[] types = EventType.values();
      EventType type = types[random.nextInt(types.length)];
      events.add(
          new Interaction(
              user,
              "i" + random.nextInt(items),
              type == EventType.SEARCH ? EventType.VIEW : type,
              random.nextInt(5),
              random.nextInt(100) / 4.0,
              at));
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theListOfEventsIsTheInputByUserAndTime(long seed) {
    List<Event> events = randomEvents(seed, 500, 37, 20);
    // Users without events stand before, among and after the others.
    Dataset data =
        Dataset.builder()
            .add(User.of("a"))
            .add(User.of("u1z"))
            .add(User.of("u3a"))
            .add(User.of("z"))
            .addAll(events.stream())
            .build();
    List<Event> expected = new ArrayList<>(events);
    expected.sort(Comparator.comparing(Event::userId).thenComparing(Event::at));
    assertThat(data.events()).isEqualTo(expected);
    assertThat(data.eventCount()).isEqualTo(events.size());
    for (String user : data.users().ids()) {
      assertThat(data.eventsOf(user))
          .isEqualTo(expected.stream().filter(e -> e.userId().equals(user)).toList());
    }
    assertThat(data.eventsOf("a")).isEmpty();
    assertThat(data.eventsOf("nobody")).isEmpty();
  }

  @Test
  void eventsOfOneUserAtOneInstantKeepTheOrderInWhichTheyCame() {
    List<Event> events =
        IntStream.range(0, 50)
            .mapToObj(i -> (Event) Interaction.view("u", "i" + i, START))
            .toList();
    assertThat(Dataset.builder().addAll(events).build().events()).isEqualTo(events);
  }

  @Test
  void seenItemsAreThoseOfEventsThatMarkThem() {
    Dataset data =
        Dataset.builder()
            .addAll(randomEvents(5, 300, 9, 12))
            .add(Item.of("never"))
            .add(Interaction.of(EventType.IMPRESSION, "u0", "shown", START))
            .build();
    for (int u = 0; u < data.users().size(); u++) {
      List<String> expected =
          data.eventsOf(data.users().id(u)).stream()
              .filter(e -> e instanceof Interaction && e.type().marksSeen())
              .map(e -> ((Interaction) e).itemId())
              .distinct()
              .sorted()
              .toList();
      assertThat(IntStream.of(data.seen().rowColumns(u)).mapToObj(data.items()::id))
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void theFingerprintDoesNotDependOnTheOrderOfArrival() {
    List<Event> events = randomEvents(6, 200, 8, 10);
    List<Item> items = IntStream.range(0, 10).mapToObj(i -> Item.of("i" + i, "T" + i)).toList();
    Dataset one = Dataset.builder().addAll(events).build();
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(Dataset.builder().addAll(shuffled).build().fingerprint())
        .isEqualTo(one.fingerprint())
        .matches("[0-9a-f]{16}");
    Dataset.Builder forwards = Dataset.builder();
    Dataset.Builder backwards = Dataset.builder();
    for (int i = 0; i < items.size(); i++) {
      forwards.add(items.get(i));
      backwards.add(items.get(items.size() - 1 - i));
    }
    assertThat(forwards.build().fingerprint()).isEqualTo(backwards.build().fingerprint());
  }

  @Test
  void itKnowsWhichTypesOfEventsItHas() {
    Dataset data = Dataset.builder().add(Interaction.view("u", "i", START)).build();
    assertThat(data.hasEvent(EventType.VIEW)).isTrue();
    assertThat(data.hasEvent(EventType.RATING)).isFalse();
    assertThat(Dataset.builder().build().hasEvent(EventType.VIEW)).isFalse();
  }

  @Test
  void everyPartOfTheContentChangesTheFingerprint() {
    Dataset base =
        Dataset.builder()
            .add(Item.of("i", "Lamp"))
            .add(User.of("u"))
            .add(Interaction.view("u", "i", START))
            .add(Search.of("u", "lamp", START))
            .build();
    List<Dataset> others =
        List.of(
            base.toBuilder().add(Interaction.view("u", "i", START)).build(),
            base.toBuilder().add(Item.of("j")).build(),
            base.toBuilder().add(User.of("v")).build(),
            base.toBuilder().replace(Item.of("i", "Lamps")).build(),
            base.toBuilder().replace(lamp().price(1).build()).build(),
            base.toBuilder().replace(lamp().tags("x").build()).build(),
            base.toBuilder().replace(lamp().tags("x", "y").build()).build(),
            base.toBuilder().replace(lamp().attribute("x", "y").build()).build(),
            base.toBuilder().replace(lamp().vector("x", new float[] {0, 1}).build()).build(),
            base.toBuilder().replace(lamp().vector("x", new float[] {1, 0}).build()).build(),
            withEvents(Interaction.of(EventType.CLICK, "u", "i", START), SEARCH),
            withEvents(Interaction.of(EventType.VIEW, "u", "i", START.plusSeconds(1)), SEARCH),
            withEvents(Interaction.of(EventType.VIEW, "u", "i", START.plusNanos(1)), SEARCH),
            withEvents(new Interaction("u", "i", EventType.VIEW, 2, 0, START), SEARCH),
            withEvents(new Interaction("u", "i", EventType.VIEW, 1, 2, START), SEARCH),
            withEvents(Interaction.view("u", "i", START), Search.of("u", "lamps", START)),
            base.toBuilder().replace(new User("u", Map.of("country", "FR"))).build());
    assertThat(others)
        .extracting(Dataset::fingerprint)
        .doesNotHaveDuplicates()
        .doesNotContain(base.fingerprint());
  }

  private static final Search SEARCH = Search.of("u", "lamp", START);

  private static Item.Builder lamp() {
    return Item.builder("i").title("Lamp");
  }

  private static Dataset withEvents(Event... events) {
    return Dataset.builder()
        .add(Item.of("i", "Lamp"))
        .add(User.of("u"))
        .addAll(List.of(events))
        .build();
  }

  @Test
  void theFingerprintIsTheSameInEveryVersion() {
    Dataset data =
        Dataset.builder()
            .add(lamp().price(3).tags("x").vector("v", new float[] {1, 2}).build())
            .add(new User("u", Map.of("country", "FR")))
            .addAll(randomEvents(4, 5_000, 30, 40))
            .build();
    assertThat(data.fingerprint()).isEqualTo("dcf0568521fa41c6");
  }

  @Test
  void theBuilderOfASnapshotGivesItBackAndLeavesItAlone() {
    Dataset data =
        Dataset.builder()
            .add(Item.builder("i1").title("One").price(3).build())
            .add(new User("u1", Map.of("country", "FR")))
            .addAll(randomEvents(8, 100, 5, 6))
            .build();
    Dataset.Builder next = data.toBuilder();
    assertThat(next.build().fingerprint()).isEqualTo(data.fingerprint());
    assertThat(next.build().events()).isEqualTo(data.events());
    String before = data.fingerprint();
    next.add(Interaction.view("u9", "i9", START)).build();
    assertThat(data.users().contains("u9")).isFalse();
    assertThat(data.toBuilder().build().fingerprint()).isEqualTo(before);
  }

  @Test
  void nothingOfItCanBeChanged() {
    Dataset data = Dataset.builder().addAll(randomEvents(9, 20, 3, 3)).build();
    for (List<?> list : List.of(data.events(), data.catalogue(), data.userRecords())) {
      assertThatThrownBy(() -> list.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }
    int[] row = data.seen().rowColumns(0);
    java.util.Arrays.fill(row, -7);
    assertThat(data.seen().rowColumns(0)).doesNotContain(-7);
  }

  @Test
  void twoDifferentRecordsOfOneIdAreRefusedAndReplaceIsNamed() {
    Dataset.Builder builder =
        Dataset.builder().add(Item.of("i", "A")).add(Item.of("i", "A")).add(User.of("u"));
    assertThatThrownBy(() -> builder.add(Item.of("i", "B"))).hasMessageContaining("replace(item)");
    assertThatThrownBy(() -> builder.add(new User("u", Map.of("a", "b"))))
        .hasMessageContaining("replace(user)");
  }

  @Test
  void anEmptyDataSetHasNothingAndNoTime() {
    Dataset data = Dataset.builder().build();
    assertThat(data.events()).isEmpty();
    assertThat(data.items().size()).isZero();
    assertThat(data.seen().rows()).isZero();
    assertThat(data.timed()).isFalse();
    assertThat(data.latest()).isEqualTo(Instant.EPOCH);
    assertThat(data.interactions(Weighting.standard()).byUser().size()).isZero();
    assertThat(data.fingerprint()).hasSize(16);
  }

  @Test
  void searchesAloneMakeUsersWithoutItems() {
    Dataset data = Dataset.builder().add(Search.of("u", "lamp", START)).build();
    assertThat(data.items().size()).isZero();
    assertThat(data.eventsOf("u")).containsExactly(Search.of("u", "lamp", START));
    assertThat(data.seen().columns()).isZero();
  }

  @Test
  void oneUserIsEnough() {
    Dataset data = Dataset.builder().add(Interaction.view("u", "i", START)).build();
    assertThat(data.interactions(Weighting.standard()).row(0).size()).isEqualTo(1);
    assertThat(data.item("i")).contains(Item.of("i"));
    assertThat(data.user("u")).contains(User.of("u"));
    assertThat(data.item("j")).isEmpty();
    assertThat(data.user("v")).isEmpty();
    assertThat(data.timed()).isTrue();
    assertThat(data.earliest()).isEqualTo(data.latest()).isEqualTo(START);
    assertThat(data).hasToString("1 users, 1 items, 1 events");
  }

  @Test
  void eventsWithoutTimesAreToldFromTimedOnes() {
    assertThat(Dataset.builder().add(Interaction.view("u", "i", Instant.EPOCH)).build().timed())
        .isFalse();
  }
}
