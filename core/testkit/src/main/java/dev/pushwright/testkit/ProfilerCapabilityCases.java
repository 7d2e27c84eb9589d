// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.ProfileState;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a profiler that takes in events, or explains its tags, has to hold to beside the duty of the
 * role.
 */
abstract class ProfilerCapabilityCases extends ProviderConformance<Profiler, ProfileModel> {

  static final String STRANGER = "nobody-has-this-id";

  private static final double TOLERANCE = 1e-6;

  UserProfile ask(ProfileQuery query) {
    return ask(model(), query);
  }

  /** Asks, and tries the answer against all that holds for any answer. */
  static UserProfile ask(ProfileModel model, ProfileQuery query) {
    UserProfile profile = model.profile(query);
    assertThat(profile).as("profile").isNotNull();
    assertThat(profile.userId()).as("user of the profile").isEqualTo(query.userId());
    assertShares("tags", profile.tags());
    assertShares("categories", profile.categories());
    assertShares("brands", profile.brands());
    if (!profile.eventTypes().isEmpty()) {
      assertThat(profile.eventTypes().values().stream().mapToDouble(share -> share).sum())
          .as("sum of the shares of event types")
          .isEqualTo(1, within(1e-9));
    }
    assertThat(profile.toJson()).as("JSON of the profile").startsWith("{").endsWith("}");
    return profile;
  }

  private static void assertShares(String what, List<Tag> tags) {
    assertThat(tags).extracting(Tag::name).as(what).doesNotHaveDuplicates();
    for (int k = 0; k < tags.size(); k++) {
      assertThat(tags.get(k).name()).as("name among %s", what).isNotBlank();
      assertThat(tags.get(k).weight()).as("weight of %s", tags.get(k).name()).isFinite();
      if (k > 0) {
        assertThat(tags.get(k).weight())
            .as("weight of %s, heaviest first", tags.get(k).name())
            .isLessThanOrEqualTo(tags.get(k - 1).weight());
      }
    }
    if (!tags.isEmpty()) {
      assertThat(tags.stream().mapToDouble(Tag::weight).sum())
          .as("sum of the weights of %s", tags)
          .isEqualTo(1, within(1e-9));
    }
  }

  /** The data without some of one user's events, and these. */
  private record Parted(Dataset before, List<Event> after) {}

  /** Takes every third event of a user away, and the last one. */
  private static Parted part(Dataset data, String user) {
    Dataset.Builder before = Dataset.builder();
    data.catalogue().forEach(before::add);
    data.userRecords().forEach(before::add);
    List<Event> after = new ArrayList<>();
    List<Event> own = data.eventsOf(user);
    for (Event event : data.events()) {
      int position = event.userId().equals(user) ? own.indexOf(event) : -1;
      if (position >= 0 && (position % 3 == 1 || position == own.size() - 1)) {
        after.add(event);
      } else {
        before.add(event);
      }
    }
    return new Parted(before.build(), after);
  }

  private static ProfileState plus(ProfileState state, List<Event> events) {
    ProfileState all = state;
    for (Event event : events) {
      all = all.plus(event);
    }
    return all;
  }

  private static UserProfile ask(ProfileModel model, ProfileState state, Instant at) {
    return ask(model, ProfileQuery.of(state.userId()).withState(state).at(at));
  }

  @Test
  void updateThatIsNotDeclaredIsRefused() {
    assumeFalse(
        can(Capability.UPDATE),
        () -> provider().name() + " declares " + Capability.UPDATE + ": skipped");
    assertThatThrownBy(
            () -> model().state(board().users().get(0)),
            "state, and %s is not declared",
            Capability.UPDATE)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void stateAsOfTrainingGivesTheProfileOfTraining() {
    needs(Capability.UPDATE);
    for (String user : List.of(board().users().get(0), board().users().get(1), STRANGER)) {
      ProfileState state = model().state(user);
      assertThat(state.userId()).as("user of the state").isEqualTo(user);
      assertThat(ask(ProfileQuery.of(user).withState(state)))
          .as("profile of a state that nothing was added to")
          .isEqualTo(ask(ProfileQuery.of(user)));
    }
  }

  @Test
  void eventsAddedOneByOneGiveTheProfileOfAFitToAll() {
    needs(Capability.UPDATE);
    for (Dataset data : List.of(board().data(), MixedData.of(9))) {
      ProfileModel all = fit(data);
      for (String user : data.users().ids().subList(0, 8)) {
        Parted parted = part(data, user);
        ProfileModel before = fit(parted.before());
        UserProfile expected = ask(all, ProfileQuery.of(user).at(data.latest()));
        ProfileState state = plus(before.state(user), parted.after());
        assertNear(user, ask(before, state, data.latest()), expected);
        List<Event> backwards = new ArrayList<>(parted.after());
        Collections.reverse(backwards);
        ProfileState late = plus(before.state(user), backwards);
        assertNear(user + ", late", ask(before, late, data.latest()), expected);
      }
    }
  }

  /**
   * To the tolerance; a tag at the end of a list that was cut may give its place to an equal one.
   */
  private static void assertNear(String user, UserProfile got, UserProfile wanted) {
    assertThat(got.basis().isFallback())
        .as("profile of %s is a fallback", user)
        .isEqualTo(wanted.basis().isFallback());
    assertNear("tags of " + user, got.tags(), wanted.tags());
    assertNear("categories of " + user, got.categories(), wanted.categories());
    assertNear("brands of " + user, got.brands(), wanted.brands());
    assertThat(got.eventTypes()).as("event types of %s", user).isEqualTo(wanted.eventTypes());
    assertThat(got.segment()).as("segment of %s", user).isEqualTo(wanted.segment());
    assertThat(numbers(got)).as("numbers of %s", user).containsOnlyKeys(numbers(wanted).keySet());
    numbers(wanted)
        .forEach(
            (name, value) ->
                assertThat(numbers(got).getOrDefault(name, Double.NaN))
                    .as("%s of %s, as of a fit to all events", name, user)
                    .isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value)))));
  }

  private static void assertNear(String what, List<Tag> got, List<Tag> wanted) {
    assertThat(got).as(what).hasSameSizeAs(wanted);
    double least = wanted.isEmpty() ? 0 : wanted.get(wanted.size() - 1).weight();
    for (Tag tag : wanted) {
      double found =
          got.stream()
              .filter(other -> other.name().equals(tag.name()))
              .mapToDouble(Tag::weight)
              .findAny()
              .orElse(least);
      assertThat(found)
          .as("weight of %s among %s, as of a fit to all events", tag.name(), what)
          .isCloseTo(tag.weight(), within(TOLERANCE));
    }
  }

  private static Map<String, Double> numbers(UserProfile profile) {
    Map<String, Double> numbers = new TreeMap<>();
    profile
        .rfm()
        .ifPresent(
            rfm -> {
              numbers.put("recencyDays", rfm.recencyDays());
              numbers.put("frequency", (double) rfm.frequency());
              numbers.put("monetary", rfm.monetary());
              numbers.put("spendPercentile", rfm.spendPercentile());
            });
    profile
        .prices()
        .forEach(
            price -> {
              numbers.put("purchases in " + price.category(), (double) price.purchases());
              numbers.put("price percentile in " + price.category(), price.percentile());
            });
    profile
        .dwell()
        .ifPresent(
            dwell -> {
              numbers.put("views", (double) dwell.views());
              numbers.put("meanSeconds", dwell.meanSeconds());
            });
    profile
        .rhythm()
        .ifPresent(
            rhythm -> {
              numbers.put("visits", (double) rhythm.visits());
              rhythm.medianDaysBetween().ifPresent(days -> numbers.put("medianDaysBetween", days));
              numbers.put("perWeek", rhythm.perWeek());
              numbers.put("lastVisit", (double) rhythm.lastVisit().getEpochSecond());
            });
    profile
        .activeHours()
        .ifPresent(
            hours -> {
              for (int h = 0; h < hours.shares().size(); h++) {
                numbers.put("share of hour " + h, hours.share(h));
              }
            });
    profile
        .sendHour()
        .ifPresent(
            hour -> {
              numbers.put("sendHour", (double) hour.hour());
              numbers.put("visits around the sendHour", (double) hour.around());
              numbers.put("share of the sendHour", hour.share());
            });
    return numbers;
  }

  @Test
  void stateStaysAsItIsWhenAnEventIsAdded() {
    needs(Capability.UPDATE);
    String user = board().users().get(0);
    ProfileState before = model().state(user);
    Instant at = board().data().latest();
    UserProfile profile = ask(model(), before, at);
    ProfileState after = plus(before, board().history(board().users().get(1), user));
    assertThat(ask(model(), before, at))
        .as("profile of a state after an event was added to it")
        .isEqualTo(profile);
    assertThat(ask(model(), after, at).tags())
        .as("tags of the state that the events were added to")
        .isNotEqualTo(profile.tags());
    assertThat(ask(ProfileQuery.of(user)))
        .as("profile of the model after an event was added to a state")
        .isEqualTo(model().profile(user));
  }

  @Test
  void stateOfAnUnseenUserComesToKnowTheUser() {
    needs(Capability.UPDATE);
    for (String user : board().users().subList(0, 2)) {
      ProfileState empty = model().state(STRANGER);
      ProfileState state = plus(empty, board().history(user, STRANGER));
      UserProfile profile = ask(model(), state, board().data().latest());
      assertThat(profile.basis()).as("basis of what was added to nothing").isEqualTo(Basis.HISTORY);
      assertNear("tags", profile.tags(), ask(ProfileQuery.of(user)).tags());
    }
  }

  @Test
  void stateTakesInEventsOfItsUserOnly() {
    needs(Capability.UPDATE);
    String user = board().users().get(0);
    ProfileState state = model().state(user);
    Event other = board().history(board().users().get(1)).get(0);
    assertThatThrownBy(() -> state.plus(other), "an event of another user is added to a state")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(user)
        .hasMessageContaining(other.userId());
    ProfileState unknown = state.plus(Interaction.view(user, STRANGER, Instant.EPOCH));
    ask(model(), unknown, board().data().latest());
  }

  @Test
  void stateOfALoadedModelTakesInEventsAlike(@TempDir Path folder) {
    needs(Capability.UPDATE);
    Path file = folder.resolve("model.safetensors");
    Dataset data = MixedData.of(10);
    String user = data.users().id(3);
    Parted parted = part(data, user);
    ProfileModel fitted = fit(parted.before());
    Models.save(fitted, file);
    ProfileModel loaded = load(file, Plugins.of(provider()));
    assertThat(ask(loaded, plus(loaded.state(user), parted.after()), data.latest()))
        .as("profile after events were added to a model that was saved and loaded")
        .isEqualTo(ask(fitted, plus(fitted.state(user), parted.after()), data.latest()));
  }

  @Test
  void explanationThatIsNotDeclaredIsRefused() {
    assumeFalse(
        can(Capability.EXPLAIN),
        () -> provider().name() + " declares " + Capability.EXPLAIN + ": skipped");
    ProfileQuery query = ProfileQuery.of(board().users().get(0));
    assertThatThrownBy(
            () -> model().explain(query, "anything"),
            "explain, and %s is not declared",
            Capability.EXPLAIN)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void everyTagIsExplainedByTheUsersOwnEvents() {
    needs(Capability.EXPLAIN);
    Dataset data = MixedData.of(11);
    ProfileModel model = fit(data);
    for (String user : data.users().ids().subList(0, 20)) {
      List<Event> history = data.eventsOf(user);
      List<ProfileQuery> queries = new ArrayList<>(List.of(ProfileQuery.of(user)));
      if (can(Capability.FOLD_IN)) {
        queries.add(ProfileQuery.of(user).withHistory(history));
      }
      for (ProfileQuery query : queries) {
        UserProfile profile = ask(model, query);
        for (Tag tag : profile.tags()) {
          List<ProfileEvidence> evidence = model.explain(query, tag.name());
          if (profile.basis().isFallback()) {
            assertThat(evidence).as("evidence for a tag of the fallback").isEmpty();
          } else {
            assertEvidence(evidence, tag.name(), history, query.history().isPresent());
          }
        }
      }
    }
  }

  private static void assertEvidence(
      List<ProfileEvidence> evidence, String tag, List<Event> history, boolean eventByEvent) {
    assertThat(evidence.stream().mapToDouble(ProfileEvidence::share).sum())
        .as("sum of the shares of what speaks for %s", tag)
        .isEqualTo(1, within(1e-9));
    for (int k = 0; k < evidence.size(); k++) {
      ProfileEvidence one = evidence.get(k);
      assertThat(history)
          .as("events of the user, one of which is the evidence %s for %s", one, tag)
          .anyMatch(
              event ->
                  event.type() == one.type()
                      && event.at().equals(one.at())
                      && (!(event instanceof Interaction interaction)
                          || interaction.itemId().equals(one.about())));
      if (eventByEvent) {
        assertThat(one.events()).as("events told by %s", one).isEqualTo(1);
      }
      if (k > 0) {
        assertThat(one.share())
            .as("share of %s, the largest first", one)
            .isLessThanOrEqualTo(evidence.get(k - 1).share());
      }
    }
  }

  @Test
  void tagThatIsNotTheUsersHasNoEvidence() {
    needs(Capability.EXPLAIN);
    String user = board().users().get(0);
    ProfileQuery other = ProfileQuery.of(board().users().get(1));
    for (Tag tag : ask(other).tags()) {
      boolean shared =
          ask(ProfileQuery.of(user)).tags().stream().anyMatch(own -> own.name().equals(tag.name()));
      if (!shared) {
        assertThat(model().explain(ProfileQuery.of(user), tag.name()))
            .as("evidence for %s, which user %s has nothing to do with", tag.name(), user)
            .isEmpty();
      }
    }
    assertThat(model().explain(ProfileQuery.of(user), STRANGER)).as("no such tag").isEmpty();
    String top = ask(ProfileQuery.of(user)).tags().get(0).name();
    assertThat(model().explain(ProfileQuery.of(STRANGER), top)).as("no such user").isEmpty();
  }

  @Test
  void recordOfAUserNobodyKnowsIsNoTrouble() {
    User record = User.of(STRANGER).with(User.ZONE, "Asia/Tokyo").with(Checkerboard.PARITY, "odd");
    assertThat(ask(ProfileQuery.of(STRANGER).withUser(record)).basis().isFallback())
        .as("profile of somebody of whom a record is all that is known is flagged as a fallback's")
        .isTrue();
  }
}
