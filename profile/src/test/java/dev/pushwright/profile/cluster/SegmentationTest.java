// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import dev.pushwright.profile.TfIdfProfiler;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shop whose groups of users are known by construction: u0, u3, … are of one kind each. */
class SegmentationTest {

  private static final Instant START = Instant.parse("2025-01-06T10:00:00Z");
  private static final int USERS = 120;
  private static final FitContext ONE = FitContext.standard().withThreads(1);
  private static final FitContext EIGHT = FitContext.standard().withThreads(8);

  @TempDir private Path folder;

  private static Instant day(double day) {
    return START.plus(Duration.ofMinutes((long) (1440 * day)));
  }

  /**
   * Kind 0 buys often and much, lamps; kind 1 bought once, long ago, mugs; kind 2 looks at toys and
   * never buys.
   */
  private static Dataset shop() {
    SplittableRandom random = new SplittableRandom(5);
    Dataset.Builder data = Dataset.builder();
    String[] things = {"lamp", "mug", "toy"};
    String[] colours = {"red", "blue", "green", "white"};
    for (int i = 0; i < 24; i++) {
      String title = colours[i % 4] + " " + things[i / 8];
      data.add(Item.builder("i" + i).title(title).price(5 + i).build());
    }
    for (int u = 0; u < USERS; u++) {
      String user = "u" + u;
      switch (u % 3) {
        case 0 -> {
          for (int visit = 0; visit < 8; visit++) {
            String item = "i" + random.nextInt(8);
            data.add(
                Interaction.purchase(
                    user, item, 1, random.nextDouble(80, 120), day(30 + 8 * visit + u % 5)));
          }
        }
        case 1 ->
            data.add(
                Interaction.purchase(
                    user, "i" + random.nextInt(8, 16), 1, random.nextDouble(5, 9), day(u % 5)));
        default -> {
          for (int visit = 0; visit < 3; visit++) {
            data.add(Interaction.view(user, "i" + random.nextInt(16, 24), day(60 + visit + u % 3)));
          }
        }
      }
    }
    data.add(Interaction.of(EventType.IMPRESSION, "shown", "i1", day(40)));
    return data.build();
  }

  private static final Dataset SHOP = shop();
  private static final ProfileModel PROFILES = TfIdfProfiler.builder().build().fit(SHOP);

  private static SegmentModel fit() {
    return Segmentation.builder().segments(3).build().fit(SHOP, PROFILES, ONE);
  }

  @Test
  void usersOfAKindAreInASegmentThatIsDescribed() {
    SegmentModel model = fit();
    assertThat(model.segments()).hasSize(3);
    for (int u = 0; u < USERS; u++) {
      assertThat(model.segmentOf("u" + u).orElseThrow().name())
          .isEqualTo(model.segmentOf("u" + u % 3).orElseThrow().name());
    }
    Segment buyers = model.segmentOf("u0").orElseThrow().segment();
    assertThat(buyers.size()).isEqualTo(40);
    assertThat(buyers.share()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(buyers.name()).isEqualTo("frequent, high spend, here lately: lamp");
    assertThat(buyers.tags().get(0).name()).isEqualTo("lamp");
    assertThat(buyers.spend().payingShare()).isEqualTo(1);
    assertThat(buyers.spend().purchases()).isEqualTo(8);
    assertThat(buyers.spend().monetary()).isBetween(700.0, 900.0);
    assertThat(buyers.rhythm().activeDays()).isEqualTo(8);
    assertThat(buyers.rhythm().gapDays()).isEqualTo(8);
    Segment once = model.segmentOf("u1").orElseThrow().segment();
    assertThat(once.name()).isEqualTo("one-time, low spend, away for long: mug");
    assertThat(once.rhythm().gapDays()).isZero();
    Segment lookers = model.segmentOf("u2").orElseThrow().segment();
    assertThat(lookers.name()).startsWith("lookers").endsWith(": toy");
    assertThat(lookers.spend()).isEqualTo(new Segment.Spend(0, 0, 0, 0));
    assertThat(lookers.describe()).contains("40 users, 33.3 %", "nobody bought", "toy");
    assertThat(buyers.describe()).contains("100 % bought", "8 times", "more than others: lamp");
  }

  @Test
  void segmentsAreNumberedBySize() {
    SegmentModel model = Segmentation.builder().segments(5).build().fit(SHOP, PROFILES, ONE);
    int[] numbers = model.numbers();
    for (int s = 0; s < 5; s++) {
      int number = s;
      Segment segment = model.segments().get(s);
      assertThat(segment.number()).isEqualTo(s);
      assertThat(segment.size())
          .isEqualTo((int) Arrays.stream(numbers).filter(n -> n == number).count());
      assertThat(s == 0 || segment.size() <= model.segments().get(s - 1).size()).isTrue();
    }
    assertThat(model.segments().stream().map(Segment::name)).doesNotHaveDuplicates();
    for (int u = 0; u < model.users().size(); u++) {
      assertThat(model.segmentOf(model.users().get(u)).orElseThrow().segment().number())
          .isEqualTo(numbers[u]);
    }
  }

  @Test
  void theNumberOfSegmentsIsFound() {
    assertThat(Segmentation.builder().tags(0).build().fit(SHOP, PROFILES, ONE).segments())
        .hasSize(3);
  }

  @Test
  void profilesGetTheSegmentAndTheDistance() {
    SegmentModel model = fit();
    SegmentMembership own = model.segmentOf("u6").orElseThrow();
    UserProfile enriched = model.enrich(PROFILES.profile("u6"), SHOP.eventsOf("u6"), SHOP.latest());
    assertThat(enriched.segment()).contains(own.name());
    assertThat(enriched.segmentDistance()).hasValue(own.distance());
    assertThat(enriched.tags()).isEqualTo(PROFILES.profile("u6").tags());
    UserProfile stranger = UserProfile.empty("new");
    assertThat(model.enrich(stranger, List.of(), SHOP.latest())).isSameAs(stranger);
  }

  @Test
  void aLaterUserIsPlacedByWhatTheyDid() {
    SegmentModel model = fit();
    List<Event> events = SHOP.eventsOf("u6");
    assertThat(model.segmentOf(events, PROFILES.profile("u6").tags(), SHOP.latest()).orElseThrow())
        .isEqualTo(model.segmentOf("u6").orElseThrow());
    SegmentMembership looker =
        model
            .segmentOf(
                List.of(Interaction.view("new", "i20", SHOP.latest())), List.of(), SHOP.latest())
            .orElseThrow();
    assertThat(looker.name()).startsWith("lookers");
    assertThat(looker.distance()).isPositive();
    Behaviour rich = new Behaviour(2, 9, 7, 0.2, 2, 9, 1e9);
    assertThat(model.segmentOf(rich, List.of()).orElseThrow().name()).startsWith("frequent");
    assertThat(model.segmentOf(List.of(), List.of(), SHOP.latest())).isEmpty();
  }

  @Test
  void whoDidNothingTakesNoPart() {
    SegmentModel model = fit();
    assertThat(model.segmentOf("shown")).isEmpty();
    assertThat(model.segmentOf("nobody")).isEmpty();
    assertThat(model.users()).hasSize(USERS).doesNotContain("shown");
    assertThat(model.points().size()).isEqualTo(USERS);
  }

  @Test
  void theSameBitsWithAnyNumberOfThreads() {
    SegmentModel eight = Segmentation.builder().segments(3).build().fit(SHOP, PROFILES, EIGHT);
    assertThat(eight.points()).isEqualTo(fit().points());
    assertThat(eight.segments()).isEqualTo(fit().segments());
    assertThat(eight.segmentOf("u5")).isEqualTo(fit().segmentOf("u5"));
  }

  @Test
  void aLoadedModelAnswersToTheBit() {
    SegmentModel model =
        Segmentation.builder()
            .segments(4)
            .zone(ZoneId.of("Asia/Shanghai"))
            .build()
            .fit(SHOP, PROFILES, ONE);
    SegmentModel loaded = Clouds.copy(folder.resolve("m"), model::save, SegmentModel::read);
    assertThat(loaded.segments()).isEqualTo(model.segments());
    assertThat(loaded.points()).isEqualTo(model.points());
    assertThat(loaded.users()).isEqualTo(model.users());
    assertThat(loaded.numbers()).isEqualTo(model.numbers());
    assertThat(loaded.segmentOf("u7")).isEqualTo(model.segmentOf("u7"));
    List<Event> history = SHOP.eventsOf("u6");
    assertThat(loaded.segmentOf(history, List.of(), day(200)))
        .isEqualTo(model.segmentOf(history, List.of(), day(200)));
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Path file = folder.resolve("segments");
    TensorFileWriter out = new TensorFileWriter();
    fit().save(new ModelWriter(out));
    out.write(file);
    DamagedFiles.areRefusedOrDoNoHarm(
            file,
            1000,
            damaged -> {
              try (TensorFile in = TensorFile.open(damaged)) {
                SegmentModel model = SegmentModel.read(new ModelReader(in));
                model.segments().forEach(Segment::describe);
                model.segmentOf("u1");
                model.segmentOf(SHOP.eventsOf("u2"), PROFILES.profile("u2").tags(), SHOP.latest());
                model.numbers();
              }
            })
        .hasBoth(0.02);
  }

  @Test
  void edgesHaveAnswers() {
    Dataset nothing = Dataset.builder().add(Item.of("i", "lamp")).build();
    SegmentModel none =
        Segmentation.builder()
            .build()
            .fit(nothing, TfIdfProfiler.builder().build().fit(nothing), ONE);
    assertThat(none.segments()).isEmpty();
    assertThat(none.segmentOf("u")).isEmpty();
    assertThat(none.segmentOf(new Behaviour(0, 1, 0, 0, 0, 0, 0), List.of())).isEmpty();
    Dataset single = nothing.toBuilder().add(Interaction.view("ann", "i", START)).build();
    SegmentModel one =
        Segmentation.builder()
            .build()
            .fit(single, TfIdfProfiler.builder().build().fit(single), ONE);
    assertThat(one.segments()).hasSize(1);
    assertThat(one.segmentOf("ann").orElseThrow().distance()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Segmentation.builder().segments(0))
        .withMessageContaining("segments is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Behaviour(0, 0, 0, 0, 0, 0, 0))
        .withMessageContaining("activeDays 0");
    assertThatThrownBy(() -> new SegmentMembership(one.segments().get(0), Double.NaN))
        .hasMessageContaining("distance is NaN");
  }

  @Test
  void behaviourIsCountedInTheUsersZone() {
    // By hand: Friday 23:00 and Saturday 01:00 UTC are both Saturday in Shanghai.
    List<Interaction> events =
        List.of(
            Interaction.purchase("u", "i", 1, 3, Instant.parse("2025-06-06T23:00:00Z")),
            Interaction.purchase("u", "j", 1, 4, Instant.parse("2025-06-06T23:00:00Z")),
            Interaction.view("u", "j", Instant.parse("2025-06-07T01:00:00Z")),
            Interaction.of(EventType.IMPRESSION, "u", "j", Instant.parse("2025-06-09T01:00:00Z")));
    Instant at = Instant.parse("2025-06-08T01:00:00Z");
    assertThat(Behaviour.of(events, at, ZoneOffset.UTC).orElseThrow())
        .isEqualTo(new Behaviour(1, 2, 1, 0.5, 26 / 24.0, 1, 7));
    assertThat(Behaviour.of(events, at, ZoneId.of("Asia/Shanghai")).orElseThrow())
        .isEqualTo(new Behaviour(1, 1, 0, 1, 26 / 24.0, 1, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/London", "Asia/Shanghai", "-18:00", "+18:00"})
  void behaviourIsFiniteAtTheEndsOfTime(String zone) {
    List<Interaction> events =
        Stream.of(Instant.MIN, Instant.EPOCH, Instant.MAX)
            .map(at -> Interaction.purchase("u", "i", 1, 3, at))
            .toList();
    for (Instant at : List.of(Instant.MIN, Instant.MAX)) {
      Behaviour behaviour = Behaviour.of(events, at, ZoneId.of(zone)).orElseThrow();
      assertThat(behaviour.activeDays()).isEqualTo(3);
      assertThat(behaviour.gapDays()).isCloseTo(365_242_500_000.0, within(500.0));
      assertThat(behaviour.lastSeenDays()).isZero();
    }
  }
}
