// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** More events taken in, against the same computed from all events at once. */
class TrainedUsersTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final EventType[] TYPES = EventType.values();

  private static List<Event> events(int count, int from, SplittableRandom random) {
    List<Event> events = new ArrayList<>();
    for (int e = from; e < from + count; e++) {
      // One event an hour: later events introduce users and items of their own.
      String user = "u" + random.nextInt(5 + e / 20);
      Instant at = START.plus(Duration.ofHours(e));
      EventType type = TYPES[random.nextInt(TYPES.length)];
      events.add(
          type == EventType.SEARCH
              ? Search.of(user, "lamp", at)
              : new Interaction(
                  user, "i" + random.nextInt(8 + e / 20), type, random.nextInt(5), 0, at));
    }
    return events;
  }

  private static Dataset data(List<Event> events) {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 40; u += 2) {
      data.add(User.of("u" + u).with("region", u % 4 == 0 ? "north" : "south"));
    }
    return data.addAll(events).build();
  }

  @Test
  void commonOptionsSayWhatIsKept() {
    Dataset data = data(events(40, 0, new SplittableRandom(2)));
    OptionSet options =
        OptionSet.of(
            CommonOptions.WEIGHTS,
            CommonOptions.HALF_LIFE_DAYS,
            CommonOptions.COMBINE,
            CommonOptions.SEGMENT_BY);
    Settings settings =
        options.resolve(
            Options.of("weights", "VIEW:2", "halfLifeDays", 7)
                .with("combine", "max")
                .with("segmentBy", "region"));
    TrainedUsers found = TrainedUsers.of(data, settings);
    Weighting weighting = CommonOptions.weighting(settings);
    TrainedUsers expected = TrainedUsers.of(data, weighting, "region");
    assertThat(found.weighting()).isEqualTo(weighting);
    assertThat(found.matrix().byUser()).isEqualTo(expected.matrix().byUser());
    assertThat(found.popularity().hasSegment("north")).isTrue();
  }

  @Test
  void segmentsByAnAttributeThatNoUserHasAreWarnedOf() {
    Dataset data = data(events(10, 0, new SplittableRandom(1)));
    Logger logger = (Logger) LoggerFactory.getLogger(Popularity.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      for (String segmentBy : List.of("", "region", "Region")) {
        TrainedUsers.of(data, Weighting.standard(), segmentBy);
      }
    } finally {
      logger.detachAppender(logged);
    }
    assertThat(logged.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("segmentBy is Region", "[region]");
  }

  @ParameterizedTest
  @EnumSource
  void eventsTakenInGiveWhatAllEventsAtOnceGive(Weighting.Combine combine) {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 20; round++) {
      Weighting weighting = Weighting.standard().withCombine(combine);
      if (round % 2 == 1) {
        weighting = weighting.withHalfLife(Duration.ofDays(3));
      }
      List<Event> before = events(200, 0, random);
      List<Event> after = events(100, 200, random);
      List<Event> all = new ArrayList<>(before);
      all.addAll(after);
      TrainedUsers expected = TrainedUsers.of(data(all), weighting, "region");
      TrainedUsers found = TrainedUsers.of(data(before), weighting, "region").plus(after);
      assertThat(found.users()).isEqualTo(expected.users());
      assertThat(found.items()).isEqualTo(expected.items());
      assertThat(found.at()).isEqualTo(expected.at());
      assertThat(found.seen()).isEqualTo(expected.seen());
      assertClose(found.matrix().byUser(), expected.matrix().byUser());
      assertClose(found.matrix().byItem(), expected.matrix().byItem());
      for (int i = 0; i < found.items().size(); i++) {
        assertThat(found.popularity().everybody(i))
            .isCloseTo(expected.popularity().everybody(i), within(1e-3f));
      }
      for (int u = 0; u < found.users().size(); u++) {
        assertThat(found.popularity().segmentOf(u)).isEqualTo(expected.popularity().segmentOf(u));
      }
    }
  }

  private static void assertClose(SparseRows found, SparseRows expected) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    for (int row = 0; row < found.rows(); row++) {
      assertThat(found.rowColumns(row)).isEqualTo(expected.rowColumns(row));
      assertThat(found.rowValues(row)).containsExactly(expected.rowValues(row), within(1e-4f));
    }
  }

  @Test
  void nothingTakenInIsTheSameRecord() {
    TrainedUsers trained =
        TrainedUsers.of(
            data(events(50, 0, new SplittableRandom(1))), Weighting.standard(), "region");
    assertThat(trained.plus(List.of())).isSameAs(trained);
  }

  @Test
  void weightsThatFadeAtDifferentRatesCannotBeAged() {
    Weighting weighting = Weighting.parse("VIEW:1@7, PURCHASE:5@30");
    TrainedUsers trained =
        TrainedUsers.of(
            Dataset.builder().add(Interaction.view("u", "i", START)).build(), weighting, "");
    List<Event> later = List.of(Interaction.view("u", "j", START.plusSeconds(1)));
    assertThatThrownBy(() -> trained.plus(later))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("VIEW:1@7, PURCHASE:5@30")
        .hasMessageContaining("the same half-life");
    // At the same instant nothing has aged.
    assertThat(trained.plus(List.of(Interaction.view("u", "j", START))).items().size())
        .isEqualTo(2);
  }
}
