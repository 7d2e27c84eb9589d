// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Basis;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import dev.pushwright.profile.text.Language;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Events taken in one by one give what a fit to all of them gives, on seeded random streams with
 * few items, few instants and few queries, so that ties and repetitions of every kind come up.
 */
class TfIdfUpdateTest {

  private static final Instant T0 = Instant.parse("2011-12-01T10:00:00Z");
  private static final List<String> WEIGHTS =
      List.of(
          Weighting.standard().toString(),
          "VIEW:1@20, SEARCH:2@20, CART:3@20, PURCHASE:5*log@20, RATING>=3:1*value@20",
          "VIEW:1@0.01, SEARCH:2, CART:3@7, PURCHASE:5*log@60, RATING>=3:1*value, DISMISS:0",
          "VIEW:1, RATING:1*value@0.5");
  private static final List<String> ZONES = List.of("", "Europe/London", "Asia/Kolkata");

  private static Dataset random(Random random) {
    Dataset.Builder data = Dataset.builder();
    for (int i = 0; i < 20; i++) {
      Item.Builder item =
          Item.builder("i" + i)
              .title(i % 7 == 0 ? "" : word(random) + " " + word(random))
              .category(i % 5 == 0 ? "" : "Kind " + i % 3);
      if (i % 4 != 0) {
        item.price(random.nextInt(1, 8));
      }
      data.add(i % 3 == 0 ? item.attribute(Item.BRAND, "Brand " + i % 2).build() : item.build());
    }
    for (int u = 0; u < 8; u++) {
      data.add(
          User.of("u" + u)
              .with(User.ZONE, ZONES.get(u % 3))
              .with("region", u % 2 == 0 ? "north" : "south"));
    }
    for (int e = 0; e < 120; e++) {
      data.add(event(random, "u" + random.nextInt(8)));
    }
    return data.build();
  }

  private static String word(Random random) {
    return "w" + (char) ('a' + random.nextInt(9));
  }

  private static Event event(Random random, String user) {
    // Some share an instant, some a visit, some lie at the epoch: of unknown time.
    Instant at =
        random.nextInt(30) == 0
            ? Instant.EPOCH
            : T0.plusSeconds(random.nextInt(40) * 40_000L)
                .plusSeconds(random.nextInt(3) * 1_500L)
                .plusMillis(random.nextInt(2) * 500L);
    EventType[] types = EventType.values();
    EventType type = types[random.nextInt(types.length)];
    if (type == EventType.SEARCH) {
      return Search.of(user, word(random) + " " + (random.nextBoolean() ? "zz" : "wa"), at);
    }
    return new Interaction(
        user, "i" + random.nextInt(20), type, random.nextInt(6), random.nextInt(20), at);
  }

  @ParameterizedTest
  @EnumSource
  void eventsTakenInOneByOneGiveTheProfileOfARefit(Combine combine) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Dataset data = random(random);
      TfIdfProfiler profiler =
          TfIdfProfiler.builder()
              .language(Language.LATIN)
              .weighting(Weighting.parse(WEIGHTS.get(seed % 4)).withCombine(combine))
              .maxTags(10_000)
              .segmentBy(seed % 2 == 0 ? "region" : "")
              .build();
      ProfileModel model = profiler.fit(data);
      // A user of training, or one who is new.
      String user = seed % 5 == 4 ? "new" : "u" + random.nextInt(8);
      ProfileState state = model.state(user);
      List<Event> added = new ArrayList<>();
      Instant latest = data.latest();
      for (int e = 0; e < 25; e++) {
        Event event = event(random, user);
        added.add(event);
        state = state.plus(event);
        latest = event.at().isAfter(latest) ? event.at() : latest;
        if (e % 8 == 0) {
          String what = combine + ", seed " + seed + ", " + user + " after " + (e + 1);
          Dataset all = data.toBuilder().addAll(added).build();
          ProfileQuery query = ProfileQuery.of(user).withState(state);
          UserProfile refit = profiler.fit(all).profile(ProfileQuery.of(user));
          ProfileNumbers.assertNear(what, model.profile(query.at(latest)), refit);
          Instant later = latest.plusSeconds(1_234_567);
          UserProfile folded =
              model.profile(ProfileQuery.of(user).withHistory(all.eventsOf(user)).at(later));
          assertThat(model.profile(query.at(later)).basis()).isEqualTo(folded.basis());
          UserProfile refitLater = profiler.fit(all).profile(ProfileQuery.of(user).at(later));
          ProfileNumbers.assertNear(what + ", later", model.profile(query.at(later)), refitLater);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUM", "MAX", "BINARY"})
  void orderOfArrivalDoesNotShow(Combine combine) {
    for (int seed = 100; seed < 120; seed++) {
      Random random = new Random(seed);
      Dataset data = random(random);
      ProfileModel model =
          TfIdfProfiler.builder()
              .weighting(Weighting.parse(WEIGHTS.get(seed % 4)).withCombine(combine))
              .maxTags(10_000)
              .build()
              .fit(data);
      List<Event> added = new ArrayList<>();
      for (int e = 0; e < 40; e++) {
        added.add(event(random, "u1"));
      }
      UserProfile inOrder = profile(model, added);
      Collections.shuffle(added, random);
      ProfileNumbers.assertNear("seed " + seed, profile(model, added), inOrder);
    }
  }

  private static UserProfile profile(ProfileModel model, List<Event> added) {
    ProfileState state = model.state("u1");
    for (Event event : added) {
      state = state.plus(event);
    }
    return model.profile(ProfileQuery.of("u1").withState(state).at(T0.plusSeconds(2_000_000)));
  }

  @Test
  void loadedModelGoesOnToTheBit(@TempDir Path folder) {
    Random random = new Random(7);
    Dataset data = random(random);
    ProfileModel model =
        TfIdfProfiler.builder().segmentBy("region").halfLifeDays(9).build().fit(data);
    Path file = folder.resolve("model.safetensors");
    Models.save(model, file);
    ProfileModel loaded = Models.loadProfiler(file, Plugins.of(new TfIdfProfilerProvider()));
    for (int u = 0; u < 9; u++) {
      ProfileState state = model.state("u" + u);
      ProfileState again = loaded.state("u" + u);
      for (int e = 0; e < 10; e++) {
        Event event = event(random, "u" + u);
        state = state.plus(event);
        again = again.plus(event);
      }
      ProfileQuery query = ProfileQuery.of("u" + u).at(data.latest());
      assertThat(loaded.profile(query.withState(again)))
          .isEqualTo(model.profile(query.withState(state)));
      assertThat(loaded.profile(query)).isEqualTo(model.profile(query));
    }
  }

  @Test
  void stateOfAnotherModelIsRefused() {
    ProfileModel one = TfIdfProfiler.builder().build().fit(random(new Random(1)));
    ProfileModel other = TfIdfProfiler.builder().build().fit(random(new Random(1)));
    ProfileQuery query = ProfileQuery.of("u1").withState(one.state("u1"));
    assertThat(one.profile(query).basis()).isEqualTo(Basis.TRAINED);
    assertThatThrownBy(() -> other.profile(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("u1", "another model", "state(userId)");
    assertThatThrownBy(() -> other.explain(query, "wa"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProfileQuery.of("u2").withState(one.state("u1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("u1", "u2");
  }

  @Test
  void historyOfTenThousandEventsStaysSmall() {
    Dataset data = random(new Random(3));
    ProfileModel model = TfIdfProfiler.builder().build().fit(data);
    TfIdfState state = (TfIdfState) model.state("new");
    for (int e = 0; e < 10_000; e++) {
      state = (TfIdfState) state.plus(Interaction.view("new", "i" + e % 20, T0.plusSeconds(e)));
    }
    assertThat(state.behaviour().marks().size()).isEqualTo(20);
    assertThat(state.behaviour().visits().size()).isEqualTo(1);
  }
}
