// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.spi.Plugins;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How what is observed reaches the profile of a model that takes in events. */
class ObservedProfileTest {

  private static final Instant NOW = Instant.parse("2026-05-13T12:00:00Z");

  /** Counts events; tells by the segment what it was asked. */
  private static final class Counting implements Profiler {
    final AtomicInteger added = new AtomicInteger();
    final AtomicInteger folded = new AtomicInteger();

    record State(Counting of, String userId, int events) implements ProfileState {
      @Override
      public ProfileState plus(Event event) {
        if (event instanceof Interaction interaction && interaction.itemId().equals("refused")) {
          throw new IllegalArgumentException("the item is refused");
        }
        of.added.incrementAndGet();
        return new State(of, userId, events + 1);
      }
    }

    @Override
    public ProfileModel fit(Dataset data, FitContext context) {
      Provenance provenance = Provenance.of("counting", Map.of(), data.fingerprint());
      return new ProfileModel() {
        @Override
        public UserProfile profile(ProfileQuery query) {
          query.history().ifPresent(history -> folded.incrementAndGet());
          int trained = data.eventsOf(query.userId()).size();
          int events = query.state().map(state -> ((State) state).events()).orElse(trained);
          UserProfile.Builder profile =
              UserProfile.builder(
                  query.userId(), query.state().isPresent() ? Basis.HISTORY : Basis.TRAINED);
          query.user().flatMap(user -> user.attribute("region")).ifPresent(profile::segment);
          return profile.tag(events + " events", 1).build();
        }

        @Override
        public ProfileState state(String userId) {
          return new State(Counting.this, userId, data.eventsOf(userId).size());
        }

        @Override
        public List<ProfileEvidence> explain(ProfileQuery query, String tag) {
          return query.history().orElse(List.of()).stream()
              .map(event -> new ProfileEvidence(event.type(), tag, event.at(), 1, 0))
              .toList();
        }

        @Override
        public Provenance provenance() {
          return provenance;
        }

        @Override
        public Set<Capability> capabilities() {
          return Set.of(Capability.FOLD_IN, Capability.UPDATE, Capability.EXPLAIN);
        }
      };
    }
  }

  private static PushEngine.Builder engine(Profiler profiler) {
    return PushEngine.builder(
            Dataset.builder()
                .add(Item.of("tea", "The tea"))
                .add(Item.of("cup", "The cup"))
                .add(Item.of("pot", "The pot"))
                .add(User.of("ann").with("region", "north"))
                .add(Interaction.view("ann", "tea", NOW.minusSeconds(400)))
                .build())
        .plugins(Plugins.of())
        .profiler(profiler)
        .recommender(new Fakes.NewestFirst())
        .generator(new Fakes.PlainText())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String tag(UserProfile profile) {
    return profile.tags().get(0).name();
  }

  @Test
  void eachEventIsAddedOnceAndNoHistoryIsFoldedIn() {
    Counting profiler = new Counting();
    PushEngine engine = engine(profiler).build();
    assertThat(tag(engine.profile("ann"))).isEqualTo("1 events");
    engine.observe(Interaction.view("ann", "cup", NOW));
    engine.observe(Interaction.of(EventType.CART, "ann", "cup", NOW));
    engine.observe(Interaction.view("new", "cup", NOW));
    for (int asked = 0; asked < 3; asked++) {
      assertThat(tag(engine.profile("ann"))).isEqualTo("3 events");
      assertThat(tag(engine.profile("new"))).isEqualTo("1 events");
    }
    assertThat(engine.profile("ann").basis()).isEqualTo(Basis.HISTORY);
    assertThat(engine.profile("bob").basis()).isEqualTo(Basis.TRAINED);
    assertThat(profiler.added).hasValue(3);
    assertThat(profiler.folded).hasValue(0);
    Push push = (Push) engine.push("ann");
    assertThat(tag(push.profile())).isEqualTo("3 events");
  }

  @Test
  void retrainingBeginsNewStates() throws Exception {
    PushEngine engine = engine(new Counting()).build();
    engine.observe(Interaction.view("ann", "cup", NOW));
    engine.retrain().get(30, TimeUnit.SECONDS);
    assertThat(engine.profile("ann").basis()).isEqualTo(Basis.TRAINED);
    assertThat(tag(engine.profile("ann"))).isEqualTo("2 events");
    engine.observe(Interaction.view("ann", "tea", NOW));
    assertThat(tag(engine.profile("ann"))).isEqualTo("3 events");
  }

  @Test
  void theRecordOfTheUserGoesWithTheQuestion() {
    assertThat(engine(new Counting()).build().profile("ann").segment()).contains("north");
    PushEngine live =
        engine(new Counting())
            .users(id -> Optional.of(User.of(id).with("region", "south")))
            .build();
    assertThat(live.profile("ann").segment()).contains("south");
    assertThat(live.profile("nobody").segment()).contains("south");
    assertThat(live.profile("").segment()).as("no record has such an id").isEmpty();
  }

  @Test
  void enrichersAddToEveryProfileInTurn() {
    PushEngine engine =
        engine(new Counting())
            .enrich((profile, history, at) -> profile.toBuilder().segment("regulars", 0.5).build())
            .enrich(
                (profile, history, at) ->
                    profile.toBuilder()
                        .inferred(
                            "of " + profile.segment().orElse("none"), "" + history.size(), 0.9)
                        .build())
            .build();
    engine.observe(Interaction.view("ann", "cup", NOW));
    UserProfile profile = engine.profile("ann");
    assertThat(profile.segmentDistance()).hasValue(0.5);
    assertThat(profile.inferred().get("of regulars"))
        .isEqualTo(new UserProfile.Inferred("of regulars", "2", 0.9));
    assertThat(((Push) engine.push("ann")).profile()).isEqualTo(profile);
    PushEngine wrong =
        engine(new Counting()).enrich((profile1, history, at) -> UserProfile.empty("bob")).build();
    assertThatThrownBy(() -> wrong.profile("ann"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("bob", "ann");
  }

  @Test
  void anEventThatTheProfileModelRefusesIsNotHalfTaken() {
    PushEngine engine =
        engine(new Counting())
            .enrich(
                (profile, history, at) ->
                    profile.toBuilder().segment(history.size() + " in all").build())
            .build();
    assertThatThrownBy(() -> engine.observe(Interaction.view("ann", "refused", NOW)))
        .hasMessage("the item is refused");
    assertThat(engine.profile("ann").segment()).contains("1 in all");
    engine.retrain().join();
    assertThat(engine.data().eventCount()).isEqualTo(1);
  }

  @Test
  void whatAnEnricherLearnsItLearnsAgainAtEachTraining() {
    PushEngine engine =
        engine(new Counting())
            .fitEnricher(
                (data, profiles, context) ->
                    (profile, history, at) ->
                        profile.toBuilder().segment("of " + data.eventCount()).build())
            .build();
    int before = engine.data().eventCount();
    assertThat(engine.profile("ann").segment()).contains("of " + before);
    engine.observe(Interaction.view("ann", "cup", NOW));
    assertThat(engine.profile("ann").segment()).contains("of " + before);
    engine.retrain().join();
    assertThat(engine.profile("ann").segment()).contains("of " + (before + 1));
  }

  @Test
  void tagsAreExplainedFromEverythingTheUserDid() {
    PushEngine engine = engine(new Counting()).build();
    engine.observe(Interaction.of(EventType.CART, "ann", "cup", NOW));
    assertThat(engine.explain("ann", "x"))
        .extracting(ProfileEvidence::type)
        .containsExactly(EventType.VIEW, EventType.CART);
    assertThat(engine.explain("nobody", "x")).isEmpty();
  }
}
