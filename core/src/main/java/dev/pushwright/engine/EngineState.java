// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Capability;
import dev.pushwright.api.ContentModel;
import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data, the models fitted to them and the events observed since: one generation, so that a push
 * which took hold of it never sees the models of one and the events of another.
 */
final class EngineState {

  final Dataset data;
  final ProfileModel profiles;
  final List<ProfileEnricher> enrichers;
  final RecommenderModel recommendations;
  final ContentModel content;
  final Optional<ContentModel> fallbackContent;

  // In the order of arrival; guarded by the lock of Generations.
  private final List<Event> observed = new ArrayList<>();
  // Whether there are events so far, and none has a time; guarded as well.
  private boolean untimed;
  // Read without a lock.
  private final Map<String, Arrived> observedByUser = new ConcurrentHashMap<>();
  // Of each user observed, where the profile model takes in events: who they are by now.
  private final Map<String, ProfileState> profileStates = new ConcurrentHashMap<>();

  EngineState(
      Dataset data,
      ProfileModel profiles,
      List<ProfileEnricher> enrichers,
      RecommenderModel recommendations,
      ContentModel content,
      Optional<ContentModel> fallbackContent) {
    this.data = data;
    this.profiles = profiles;
    this.enrichers = enrichers;
    this.recommendations = recommendations;
    this.content = content;
    this.fallbackContent = fallbackContent;
    this.untimed = data.eventCount() > 0 && !data.timed();
  }

  /** Whether this is the first event with a time, of data with events that have none. */
  boolean isFirstTimed(Event event) {
    return untimed && !event.at().equals(Instant.EPOCH);
  }

  void observe(Event event) {
    // First what can fail: what a model refuses must not stay in the history alone.
    if (profiles.capabilities().contains(Capability.UPDATE)) {
      profileStates.compute(
          event.userId(),
          (userId, state) -> (state == null ? profiles.state(userId) : state).plus(event));
    }
    observed.add(event);
    untimed &= event.at().equals(Instant.EPOCH);
    Arrived before = observedByUser.getOrDefault(event.userId(), Arrived.NONE);
    observedByUser.put(event.userId(), before.plus(event));
  }

  /**
   * Who a user is, by the profile model and then each enricher.
   *
   * @param at as of when
   */
  UserProfile profile(ProfileQuery query, Instant at) {
    UserProfile profile = profiles.profile(observed(query));
    for (ProfileEnricher enricher : enrichers) {
      profile = enricher.enrich(profile, historyOf(query.userId()), at);
      if (!profile.userId().equals(query.userId())) {
        throw new IllegalStateException(
            "an enricher gave the profile of user "
                + profile.userId()
                + " for user "
                + query.userId());
      }
    }
    return profile;
  }

  /** A question about a user, with what was observed of the user as far as the model takes it. */
  ProfileQuery observed(ProfileQuery query) {
    ProfileState state = profileStates.get(query.userId());
    if (state != null) {
      return query.withState(state);
    }
    return observedOf(query.userId()).isEmpty()
            || !profiles.capabilities().contains(Capability.FOLD_IN)
        ? query
        : query.withHistory(historyOf(query.userId()));
  }

  List<Event> observed() {
    return List.copyOf(observed);
  }

  List<Event> observedSince(int first) {
    return List.copyOf(observed.subList(first, observed.size()));
  }

  List<Event> observedOf(String userId) {
    return observedByUser.getOrDefault(userId, Arrived.NONE).events();
  }

  /** Everything the user did, training's events and those observed since. */
  List<Event> historyOf(String userId) {
    List<Event> all = new ArrayList<>(data.eventsOf(userId));
    all.addAll(observedOf(userId));
    return all;
  }

  /**
   * The first events in an array that those who come later share and only write behind them: an
   * event more costs the same however many there are, as of a guest or a crawler.
   */
  private static final class Arrived {

    static final Arrived NONE = new Arrived(new Event[0], 0);

    private final Event[] array;
    private final int size;

    private Arrived(Event[] array, int size) {
      this.array = array;
      this.size = size;
    }

    /** To be called once: of two that went on from here, one would write over the other. */
    Arrived plus(Event event) {
      Event[] room = size < array.length ? array : Arrays.copyOf(array, size + size / 2 + 1);
      room[size] = event;
      return new Arrived(room, size + 1);
    }

    List<Event> events() {
      return Collections.unmodifiableList(Arrays.asList(array).subList(0, size));
    }
  }
}
