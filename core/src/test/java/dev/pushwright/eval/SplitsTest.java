// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.eval.SplitReport.TimeLeak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Interaction view(String user, String item, int second) {
    return Interaction.view(user, item, T.plusSeconds(second));
  }

  private static Dataset small() {
    return Dataset.builder()
        .add(Item.of("never", "Never touched"))
        .add(User.of("u1").with("country", "DE"))
        .add(User.of("late").with("country", "FR"))
        .add(view("u1", "a", 1))
        .add(view("u1", "b", 2))
        .add(view("u1", "c", 9))
        .add(view("u2", "a", 3))
        .add(view("u2", "d", 4))
        .add(view("late", "new", 10))
        .build();
  }

  private static Dataset random(long seed, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int e = 0; e < events; e++) {
      data.add(view("u" + random.nextInt(20), "i" + random.nextInt(30), random.nextInt(500)));
    }
    return data.build();
  }

  private static List<Event> held(Split split) {
    return split.test().values().stream().flatMap(List::stream).toList();
  }

  private static List<Event> sorted(Stream<Event> events) {
    return events
        .sorted(
            Comparator.comparing(Event::userId)
                .thenComparing(Event::at)
                .thenComparing(Event::toString))
        .toList();
  }

  @Test
  void aSplitByTimeHoldsOutEverythingFromTheInstantOn() {
    Split split = Splits.byTime(small(), T.plusSeconds(9));
    assertThat(held(split)).containsExactly(view("late", "new", 10), view("u1", "c", 9));
    assertThat(split.train().events())
        .containsExactly(
            view("u1", "a", 1), view("u1", "b", 2), view("u2", "a", 3), view("u2", "d", 4));
    assertThat(split.report())
        .isEqualTo(
            new SplitReport(
                "time(2026-01-01T00:00:09Z)", 4, 2, 2, 2, 1, 3, 2, 2, 6, TimeLeak.NONE, 0));
    assertThat(split.report().warning()).isEmpty();
    assertThat(split.report().describe())
        .contains("2 users (1 of them not in train)", "2 items (2 of them not in train)");
  }

  @Test
  void theCatalogueAndTheUserRecordsStayWhole() {
    Split split = Splits.byTime(small(), T.plusSeconds(9));
    assertThat(split.train().items().ids()).containsExactly("a", "b", "c", "d", "never", "new");
    assertThat(split.train().item("never").orElseThrow().title()).isEqualTo("Never touched");
    assertThat(split.train().user("late").orElseThrow().attribute("country")).contains("FR");
  }

  @Test
  void aShareCutsWhereTheShareBegins() {
    assertThat(held(Splits.byTime(small(), 0.5)))
        .containsExactlyInAnyOrder(view("u2", "d", 4), view("u1", "c", 9), view("late", "new", 10));
    // However small the share, something is held out.
    assertThat(held(Splits.byTime(small(), 0.001))).containsExactly(view("late", "new", 10));
  }

  @Test
  void eventsAtTheCutAreAllHeldOut() {
    Dataset data =
        Dataset.builder()
            .add(view("u", "a", 1))
            .add(view("u", "b", 2))
            .add(view("v", "c", 2))
            .add(view("w", "d", 2))
            .build();
    Split split = Splits.byTime(data, 0.25);
    assertThat(held(split)).hasSize(3);
    assertThat(split.report().timeLeak()).isEqualTo(TimeLeak.NONE);
  }

  @Test
  void untimedDataRefuseASplitByTimeWithARemedy() {
    Dataset untimed = Dataset.builder().add(Interaction.view("u", "a", Instant.EPOCH)).build();
    assertThatThrownBy(() -> Splits.byTime(untimed, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no times")
        .hasMessageContaining("leaveLastOut");
    assertThatThrownBy(() -> Splits.byTime(untimed, T))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no times");
  }

  @Test
  void aCutThatLeavesOnePartEmptyIsRefused() {
    for (int second : new int[] {0, 1, 11}) {
      assertThatThrownBy(() -> Splits.byTime(small(), T.plusSeconds(second)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2026-01-01T00:00:01Z")
          .hasMessageContaining("2026-01-01T00:00:10Z");
    }
    for (double share : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> Splits.byTime(small(), share))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(share));
    }
  }

  @Test
  void leaveLastOutHoldsOutTheLastTellingInteractionAndWhatFollowsIt() {
    Interaction shown = Interaction.of(EventType.IMPRESSION, "u", "c", T.plusSeconds(5));
    Search search = new Search("u", "shoes", T.plusSeconds(6));
    Dataset data =
        Dataset.builder()
            .add(view("u", "a", 1))
            .add(view("u", "b", 2))
            .add(shown)
            .add(search)
            .add(view("once", "a", 9))
            .build();
    Split split = Splits.leaveLastOut(data);
    assertThat(held(split)).containsExactly(view("u", "b", 2), shown, search);
    assertThat(split.train().events()).containsExactly(view("once", "a", 9), view("u", "a", 1));
  }

  @Test
  void aSplitThatLearnsFromTheFutureSaysSo() {
    Dataset data = small();
    // u2's last is at 4; u1's 1 and 2 are before it, and "late" has one event only, at 10.
    Split lastOut = Splits.leaveLastOut(data);
    assertThat(lastOut.report().timeLeak()).isEqualTo(TimeLeak.LEAKS);
    assertThat(lastOut.report().laterTrainEvents()).isEqualTo(1);
    assertThat(lastOut.report().describe()).contains("TIME LEAK: 1 of 4 train events");
    Dataset many = random(1, 200);
    assertThat(Splits.random(many, 0.2, 1).report().warning()).startsWith("TIME LEAK");
    assertThat(Splits.kFold(many, 5, 1))
        .allSatisfy(fold -> assertThat(fold.report().warning()).startsWith("TIME LEAK"));
  }

  @Test
  void withoutTimesNobodyCanTellWhetherTimeLeaks() {
    Dataset data =
        Dataset.builder()
            .add(Interaction.view("u", "a", Instant.EPOCH))
            .add(Interaction.view("u", "b", Instant.EPOCH))
            .build();
    Split split = Splits.leaveLastOut(data);
    assertThat(held(split)).containsExactly(Interaction.view("u", "b", Instant.EPOCH));
    assertThat(split.report().warning()).startsWith("TIME UNKNOWN");
    Dataset timed = Dataset.builder().add(view("u", "a", 1)).build();
    assertThat(Splits.given(data, timed).report().timeLeak()).isEqualTo(TimeLeak.UNKNOWN);
  }

  @Test
  void everyEventIsHeldOutInExactlyOneFold() {
    Dataset data = random(2, 203);
    List<Split> folds = Splits.kFold(data, 4, 7);
    assertThat(folds).hasSize(4);
    List<Event> all = new ArrayList<>();
    for (Split fold : folds) {
      assertThat(fold.report().testEvents()).isBetween(50, 51);
      all.addAll(held(fold));
      assertThat(sorted(Stream.concat(held(fold).stream(), fold.train().events().stream())))
          .isEqualTo(sorted(data.events().stream()));
    }
    assertThat(sorted(all.stream())).isEqualTo(sorted(data.events().stream()));
  }

  @Test
  void aRandomSplitHoldsOutTheShareAndTheSeedDecidesWhich() {
    Dataset data = random(3, 200);
    Split split = Splits.random(data, 0.3, 11);
    assertThat(split.report().testEvents()).isEqualTo(60);
    assertThat(split.report().trainEvents()).isEqualTo(140);
    assertThat(held(Splits.random(data, 0.3, 11))).isEqualTo(held(split));
    assertThat(held(Splits.random(data, 0.3, 12))).isNotEqualTo(held(split));
    assertThat(Splits.random(data, 0.3, 11).train().fingerprint())
        .isEqualTo(split.train().fingerprint());
  }

  @Test
  void everyEventIsAsLikelyToBeHeldOut() {
    Dataset data = random(4, 10);
    int[] times = new int[10];
    List<Event> events = data.events();
    for (int seed = 0; seed < 4000; seed++) {
      for (Event event : held(Splits.random(data, 0.5, seed))) {
        times[events.indexOf(event)]++;
      }
    }
    // 2000 expected, standard error 32: five of them.
    assertThat(java.util.Arrays.stream(times).boxed())
        .allSatisfy(n -> assertThat(n).isBetween(1840, 2160));
  }

  @Test
  void givenPartsAreTakenAsTheyAreAndUnknownItemsJoinTheCatalogue() {
    Dataset train = Dataset.builder().add(view("u", "a", 1)).build();
    Dataset test =
        Dataset.builder()
            .add(Item.of("b", "Bread"))
            .add(view("u", "b", 2))
            .add(view("v", "a", 3))
            .build();
    Split split = Splits.given(train, test);
    assertThat(split.train().item("b").orElseThrow().title()).isEqualTo("Bread");
    assertThat(split.train().events()).isEqualTo(train.events());
    assertThat(held(split)).isEqualTo(test.events());
    assertThat(split.report())
        .isEqualTo(new SplitReport("given", 1, 2, 1, 2, 1, 1, 2, 1, 2, TimeLeak.NONE, 0));
    assertThatThrownBy(() -> Splits.given(train, Dataset.builder().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the test part has no events");
  }
}
