// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.ActiveHours;
import dev.pushwright.api.Basis;
import dev.pushwright.api.Dwell;
import dev.pushwright.api.PriceAffinity;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.SendHour;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.api.VisitRhythm;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Options;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a profile says beside tags and spend; every expected number is worked out by hand. */
class TfIdfBehaviourTest {

  private static final Instant T0 = Instant.parse("2026-03-02T07:50:00Z");

  private static Instant after(double hours) {
    return T0.plusSeconds(Math.round(hours * 3_600));
  }

  private static Event view(double hours) {
    return Interaction.view("u", "i", after(hours));
  }

  private static ProfileModel fit(Event... events) {
    return TfIdfProfiler.builder().build().fit(Dataset.builder().addAll(List.of(events)).build());
  }

  @Test
  void visitsAreRunsOfEventsWithoutALongPause() {
    // 0 and 0.5 h are half an hour apart and no more; then a day, then two days.
    ProfileModel model = fit(view(0), view(0.5), view(24), view(72), view(72.1));
    VisitRhythm rhythm = model.profile("u").rhythm().orElseThrow();
    assertThat(rhythm.visits()).isEqualTo(3);
    // From beginning to beginning: 24 h and 48 h.
    assertThat(rhythm.medianDaysBetween()).hasValue(1.5);
    assertThat(rhythm.lastVisit()).isEqualTo(after(72.1));
    assertThat(rhythm.perWeek()).as("less than a week counts as one").isEqualTo(3);
    UserProfile later = model.profile(ProfileQuery.of("u").at(after(24 * 21)));
    assertThat(later.rhythm().orElseThrow().perWeek()).isEqualTo(1, within(1e-12));
    ProfileModel hourly =
        TfIdfProfiler.builder()
            .visitGapMinutes(24 * 60)
            .build()
            .fit(Dataset.builder().addAll(List.of(view(0), view(0.5), view(24), view(72))).build());
    assertThat(hourly.profile("u").rhythm().orElseThrow().visits()).isEqualTo(2);
  }

  @Test
  void singleVisitHasNoPauseAndAnImpressionIsNoVisit() {
    VisitRhythm once = fit(view(0)).profile("u").rhythm().orElseThrow();
    assertThat(once.visits()).isEqualTo(1);
    assertThat(once.medianDaysBetween()).isEmpty();
    ProfileModel shown = fit(Interaction.of(EventType.IMPRESSION, "u", "i", T0));
    assertThat(shown.profile("u").rhythm()).isEmpty();
    assertThat(shown.profile("u").activeHours()).isEmpty();
    assertThat(shown.profile("u").eventTypes()).isEmpty();
  }

  @Test
  void dataWithoutTimesHaveNoRhythm() {
    UserProfile profile = fit(Interaction.view("u", "i", Instant.EPOCH)).profile("u");
    assertThat(profile.rhythm()).isEmpty();
    assertThat(profile.activeHours()).isEmpty();
    assertThat(profile.sendHour()).isEmpty();
    assertThat(profile.eventTypes()).containsExactly(Map.entry(EventType.VIEW, 1.0));
  }

  @Test
  void visitsComeOutTheSameInAnyOrder() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 500; round++) {
      long pause = 1L + random.nextInt(20);
      TreeSet<Long> times = new TreeSet<>();
      Visits visits = Visits.NONE;
      for (int e = 0; e < 20; e++) {
        long second = random.nextInt(200);
        times.add(second);
        visits = visits.plus(second, pause);
      }
      long[] sorted = times.stream().mapToLong(second -> second).toArray();
      Visits expected = Visits.of(sorted, sorted.length, pause);
      assertThat(visits.size()).isEqualTo(expected.size());
      for (int v = 0; v < visits.size(); v++) {
        assertThat(visits.start(v)).isEqualTo(expected.start(v));
        assertThat(visits.end(v)).isEqualTo(expected.end(v));
      }
    }
  }

  @Test
  void hoursAreThoseOfTheUsersOwnClock() {
    // 07:50 UTC on 2 March: 07:50 in London; on 1 April London is an hour ahead.
    Event winter = Interaction.view("u", "i", T0);
    Event summer = Interaction.view("u", "i", Instant.parse("2026-04-01T07:50:00Z"));
    Dataset data =
        Dataset.builder()
            .add(User.of("u").with(User.ZONE, "Europe/London"))
            .addAll(List.of(winter, summer))
            .build();
    ProfileModel model = TfIdfProfiler.builder().build().fit(data);
    ActiveHours hours = model.profile("u").activeHours().orElseThrow();
    assertThat(hours.zone()).isEqualTo(ZoneId.of("Europe/London"));
    assertThat(hours.visits()).isEqualTo(2);
    assertThat(hours.share(7)).isEqualTo(0.5);
    assertThat(hours.share(8)).isEqualTo(0.5);
    User tokyo = User.of("u").with(User.ZONE, "Asia/Tokyo");
    assertThat(
            model
                .profile(ProfileQuery.of("u").withUser(tokyo))
                .activeHours()
                .orElseThrow()
                .share(16))
        .as("the record of a query comes first")
        .isEqualTo(1);
    ProfileModel delhi =
        TfIdfProfiler.builder()
            .zone(ZoneId.of("Asia/Kolkata"))
            .build()
            .fit(Dataset.builder().add(winter).build());
    assertThat(delhi.profile("u").activeHours().orElseThrow().share(13)).isEqualTo(1);
    assertThatThrownBy(() -> new TfIdfProfilerProvider().create(Options.of("zone", "Europe/Londn")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("zone", "Europe/Londn");
  }

  private static List<Event> visits(String user, int hour, int days) {
    List<Event> events = new ArrayList<>();
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    for (int day = 0; day < days; day++) {
      events.add(Interaction.view(user, "i", midnight.plusSeconds(86_400L * day + 3_600L * hour)));
    }
    return events;
  }

  @Test
  void bestHourIsWhereTheOwnVisitsAreOnceThereAreEnough() {
    Dataset data =
        Dataset.builder()
            .addAll(visits("many", 20, 95))
            .addAll(visits("five", 7, 5))
            .addAll(visits("four", 7, 4))
            .build();
    ProfileModel model = TfIdfProfiler.builder().build().fit(data);
    SendHour own = model.profile("five").sendHour().orElseThrow();
    assertThat(own.hour()).isEqualTo(7);
    assertThat(own.basis()).isEqualTo(Basis.TRAINED);
    assertThat(own.visits()).isEqualTo(5);
    assertThat(own.around()).isEqualTo(5);
    // (5 · 14/16 + 5 · 9/104 · 14/16) / 10: half of it the user's own, half that of the 104.
    assertThat(own.share()).isEqualTo(14 / 16.0 * (0.5 + 0.5 * 9 / 104), within(1e-12));
    SendHour others = model.profile("four").sendHour().orElseThrow();
    assertThat(others.hour()).isEqualTo(20);
    assertThat(others.basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(others.visits()).isEqualTo(4);
    assertThat(others.around()).isZero();
    assertThat(model.profile("nobody").sendHour().orElseThrow())
        .satisfies(hour -> assertThat(hour.hour()).isEqualTo(20))
        .satisfies(hour -> assertThat(hour.visits()).isZero());
  }

  @Test
  void hoursGoRoundTheClock() {
    int[] own = new int[24];
    own[23] = 4;
    own[0] = 4;
    own[1] = 3;
    own[12] = 5;
    // At 0: (6·4 + 4·4 + 4·3) / 16 = 3.25; at 12: 6·5 / 16.
    SendHour best =
        Hours.best(own, Basis.HISTORY, new long[24], Basis.EVERYBODY, ZoneId.of("UTC"))
            .orElseThrow();
    assertThat(best.hour()).isZero();
    assertThat(best.around()).isEqualTo(11);
    assertThat(best.basis()).isEqualTo(Basis.HISTORY);
    assertThat(
            Hours.best(new int[24], Basis.HISTORY, new long[24], Basis.EVERYBODY, ZoneId.of("UTC")))
        .as("nothing is known of anybody")
        .isEmpty();
  }

  @Test
  void anyInstantHasAnHour() {
    for (String zone : List.of("UTC", "Europe/London", "Pacific/Apia", "+14:00")) {
      for (Instant at : List.of(Instant.MIN, T0, Instant.MAX)) {
        int[] hours = Visits.NONE.plus(at.getEpochSecond(), 60).byHour(ZoneId.of(zone));
        assertThat(Hours.sum(hours)).isEqualTo(1);
      }
    }
  }

  @Test
  void pricesAreComparedWithThoseOfTheCategoryAndOfTheShop() {
    Dataset.Builder data = Dataset.builder();
    for (int p = 1; p <= 4; p++) {
      data.add(Item.builder("mug" + p).category("Mugs").price(p).build());
      data.add(Item.builder("lamp" + p).category("Lamps").price(10 * p).build());
    }
    data.add(Item.builder("bare").build());
    // 3 each for two mugs: 2 of 4 cost less, one as much: 2.5 / 4; of the shop: 2.5 / 8.
    data.add(Interaction.purchase("u", "mug1", 2, 6, T0));
    // No amount: the catalogue's 10 counts; 0.5 / 4 of the lamps, 4.5 / 8 of the shop.
    data.add(Interaction.purchase("u", "lamp1", 1, 0, T0));
    data.add(Interaction.purchase("u", "mug4", 1, 100, T0));
    data.add(Interaction.purchase("u", "bare", 1, 0, T0));
    data.add(Interaction.view("u", "mug4", T0));
    ProfileModel model = TfIdfProfiler.builder().build().fit(data.build());
    assertThat(model.profile("u").prices())
        .containsExactly(
            new PriceAffinity(PriceAffinity.ALL, 3, (2.5 / 8 + 4.5 / 8 + 1) / 3),
            new PriceAffinity("Mugs", 2, (2.5 / 4 + 1) / 2),
            new PriceAffinity("Lamps", 1, 0.5 / 4));
    assertThat(model.profile("nobody").prices()).isEmpty();
  }

  @Test
  void olderPurchasesSayLessOfPrices() {
    Dataset.Builder data = Dataset.builder();
    data.add(Item.builder("a").price(1).build()).add(Item.builder("b").price(2).build());
    data.add(Interaction.purchase("u", "a", 1, 1, T0));
    data.add(Interaction.purchase("u", "b", 1, 2, after(24 * 10)));
    ProfileModel model =
        TfIdfProfiler.builder()
            .weighting(Weighting.parse("PURCHASE:5@10"))
            .build()
            .fit(data.build());
    // Percentiles 1/4 and 3/4, the first half as heavy: (1/8 + 3/4) / (3/2).
    assertThat(model.profile("u").prices().get(0).percentile())
        .isEqualTo(0.875 / 1.5, within(1e-12));
  }

  @Test
  void dwellIsTheMeanOfTheViewsThatSayHowLongTheyWere() {
    UserProfile profile =
        fit(
                new Interaction("u", "i", EventType.VIEW, 30, 0, T0),
                new Interaction("u", "i", EventType.VIEW, 15, 0, T0),
                new Interaction("u", "i", EventType.VIEW, 1, 0, T0),
                new Interaction("u", "i", EventType.CART, 99, 0, T0))
            .profile("u");
    assertThat(profile.dwell()).contains(new Dwell(2, 22.5));
    assertThat(fit(view(0)).profile("u").dwell()).isEmpty();
  }

  @Test
  void categoriesAndBrandsAreSharesOfTheWeights() {
    Dataset data =
        Dataset.builder()
            .add(
                Item.builder("m")
                    .title("mug")
                    .category("Mugs")
                    .attribute(Item.BRAND, "Acme")
                    .build())
            .add(Item.builder("l").title("lamp").category("Lamps").build())
            .add(Item.builder("x").title("box").build())
            .add(Interaction.purchase("u", "m", 1, 1, T0))
            .add(Interaction.view("u", "l", T0))
            .add(Interaction.view("u", "x", T0))
            .add(Interaction.view("v", "x", T0))
            .build();
    ProfileModel model = TfIdfProfiler.builder().build().fit(data);
    List<Tag> categories = model.profile("u").categories();
    assertThat(categories).extracting(Tag::name).containsExactly("Mugs", "Lamps");
    assertThat(categories.get(0).weight()).isEqualTo(5 / 6.0, within(1e-7));
    assertThat(categories.get(1).weight()).isEqualTo(1 / 6.0, within(1e-7));
    assertThat(model.profile("u").brands()).containsExactly(new Tag("Acme", 1));
    assertThat(model.profile("v").categories()).isEmpty();
    assertThat(model.profile("nobody").categories()).hasSize(2);
    assertThat(model.profile("u").eventTypes())
        .containsExactly(
            Map.entry(EventType.VIEW, 2 / 3.0), Map.entry(EventType.PURCHASE, 1 / 3.0));
  }

  @Test
  void somebodyUnknownGetsTheSegmentsProfileAndItSaysSo() {
    Dataset data =
        Dataset.builder()
            .add(Item.of("m", "mug"))
            .add(Item.of("l", "lamp"))
            .add(User.of("n1").with("region", "north"))
            .add(User.of("n2").with("region", "north"))
            .add(User.of("s1").with("region", "south"))
            .add(User.of("silent").with("region", "south"))
            .add(User.of("alone").with("region", "west"))
            .add(Interaction.view("n1", "m", after(0)))
            .add(Interaction.view("n2", "m", after(0)))
            .addAll(
                IntStream.range(0, 24)
                    .mapToObj(day -> Interaction.view("s1", "l", after(24 * day + 12))))
            .build();
    ProfileModel model = TfIdfProfiler.builder().segmentBy("region").build().fit(data);
    UserProfile silent = model.profile("silent");
    assertThat(silent.basis()).isEqualTo(Basis.SEGMENT);
    assertThat(silent.tags()).containsExactly(new Tag("lamp", 1));
    assertThat(silent.segment()).contains("south");
    assertThat(silent.sendHour().orElseThrow().basis()).isEqualTo(Basis.SEGMENT);
    assertThat(silent.sendHour().orElseThrow().hour()).isEqualTo(19);
    User record = User.of("new").with("region", "south");
    assertThat(model.profile(ProfileQuery.of("new").withUser(record)).tags())
        .isEqualTo(silent.tags());
    assertThat(model.profile("new").basis()).isEqualTo(Basis.EVERYBODY);
    assertThat(model.profile("new").segment()).isEmpty();
    assertThat(model.profile("alone").basis()).as("nobody else").isEqualTo(Basis.EVERYBODY);
    SendHour few = model.profile("n1").sendHour().orElseThrow();
    assertThat(few.basis()).as("two visits in the north say too little").isEqualTo(Basis.EVERYBODY);
    assertThat(few.hour()).isEqualTo(19);
    UserProfile own = model.profile("n1");
    assertThat(own.basis()).isEqualTo(Basis.TRAINED);
    assertThat(own.segment()).contains("north");
    ProfileQuery told =
        ProfileQuery.of("new").withUser(record).withHistory(List.of(Search.of("new", "mug", T0)));
    assertThat(model.profile(told).basis()).isEqualTo(Basis.HISTORY);
    assertThat(model.profile(told).segment()).contains("south");
  }

  @Test
  void trainedTagsFollowTheInstantWhereTypesFadeApart() {
    Dataset data =
        Dataset.builder()
            .add(Item.of("i1", "aa"))
            .add(Item.of("i2", "bb"))
            .add(Interaction.view("u", "i1", T0))
            .add(Interaction.purchase("u", "i2", 1, 0, T0))
            .build();
    ProfileModel model =
        TfIdfProfiler.builder()
            .weighting(Weighting.parse("VIEW:1@10, PURCHASE:1@20"))
            .build()
            .fit(data);
    // After 20 days the view has halved twice, the purchase once.
    Map<String, Double> tags =
        TfIdfProfilerTest.tags(model.profile(ProfileQuery.of("u").at(after(24 * 20))));
    assertThat(tags.get("bb")).isEqualTo(2 / 3.0, within(1e-7));
    Map<String, Double> before =
        TfIdfProfilerTest.tags(model.profile(ProfileQuery.of("u").at(after(-24 * 20))));
    assertThat(before.get("bb")).as("as of the last event").isEqualTo(0.5, within(1e-7));
  }
}
