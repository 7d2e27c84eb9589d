// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.spi.Settings;
import dev.pushwright.testkit.ReferenceProfiler.Deed;
import dev.pushwright.testkit.ReferenceProfiler.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the kit can fail: profilers with one known fault each, and the case that finds it. */
class ProfilerConformanceTest {

  private static final String UNREGISTERED = "pluginsFindsTheProviderByItsName";

  private static final AtomicReference<ProfilerProvider> TRIED = new AtomicReference<>();

  /** What the kit is run on; being nested and static, it is not found by itself. */
  static class Tried extends ProfilerConformance {
    @Override
    protected ProfilerProvider provider() {
      return Objects.requireNonNull(TRIED.get());
    }
  }

  private static Kit run(ProfilerProvider provider) {
    TRIED.set(provider);
    return Kit.run(Tried.class);
  }

  @Test
  void profilerThatCannotFoldInSkipsThoseCasesVisibly() {
    Kit result =
        run(
            new ReferenceProfiler() {
              @Override
              public Set<Capability> capabilities() {
                return Set.of();
              }
            });
    assertThat(result.failed()).containsExactly(UNREGISTERED);
    assertThat(result.skipped())
        .containsExactlyInAnyOrder(
            "historyOfAnUnseenUserGivesTheSameTagsAsTraining",
            "historyTakesThePlaceOfWhatTrainingKnew",
            "stateAsOfTrainingGivesTheProfileOfTraining",
            "eventsAddedOneByOneGiveTheProfileOfAFitToAll",
            "stateStaysAsItIsWhenAnEventIsAdded",
            "stateOfAnUnseenUserComesToKnowTheUser",
            "stateTakesInEventsOfItsUserOnly",
            "stateOfALoadedModelTakesInEventsAlike",
            "everyTagIsExplainedByTheUsersOwnEvents",
            "tagThatIsNotTheUsersHasNoEvidence");
    assertThat(result.passed())
        .contains(
            "historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn",
            "updateThatIsNotDeclaredIsRefused",
            "explanationThatIsNotDeclaredIsRefused");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void faultIsFound(String fault, ProfilerProvider provider, List<String> cases) {
    TRIED.set(provider);
    assertThat(Kit.run(Tried.class, cases).failed())
        .as("cases that find: %s", fault)
        .containsExactlyInAnyOrderElementsOf(cases);
  }

  private static Arguments fault(String what, ProfilerProvider provider, String... cases) {
    return Arguments.of(what, provider, List.of(cases));
  }

  private static ProfilerProvider answering(UnaryOperator<UserProfile> change) {
    return new ReferenceProfiler() {
      @Override
      UserProfile answer(Model model, ProfileQuery query) {
        return change.apply(model.sound(query));
      }
    };
  }

  private static ProfilerProvider refusing(Predicate<Dataset> data) {
    return new ReferenceProfiler() {
      @Override
      ProfileModel fit(Settings settings, Dataset given, FitContext context) {
        if (data.test(given)) {
          throw new ArithmeticException("cannot be fitted");
        }
        return super.fit(settings, given, context);
      }
    };
  }

  private interface Adding {
    State add(Sound profiler, State state, Event event);
  }

  /** One whose sound way to add an event can be called by a faulty one. */
  private static class Sound extends ReferenceProfiler {
    State sound(State state, Event event) {
      return super.plus(state, event);
    }
  }

  private static ProfilerProvider adding(Adding adding) {
    return new Sound() {
      @Override
      State plus(State state, Event event) {
        return adding.add(this, state, event);
      }
    };
  }

  private static ProfilerProvider explaining(UnaryOperator<List<ProfileEvidence>> change) {
    return new ReferenceProfiler() {
      @Override
      List<ProfileEvidence> evidence(Model model, ProfileQuery query, String tag) {
        return change.apply(model.soundEvidence(query, tag));
      }
    };
  }

  private static ProfileEvidence withShare(ProfileEvidence e, double share) {
    return new ProfileEvidence(e.type(), e.about(), e.at(), e.events(), share);
  }

  /** One whose models can less than the provider and the model say. */
  private static ProfilerProvider promising(Capability capability) {
    return new ReferenceProfiler() {
      @Override
      boolean does(Capability asked) {
        return asked != capability && super.does(asked);
      }
    };
  }

  /** One whose models can more than they say. */
  private static ProfilerProvider concealing(Capability capability) {
    return new ReferenceProfiler() {
      @Override
      public Set<Capability> capabilities() {
        Set<Capability> said = new HashSet<>(super.capabilities());
        said.remove(capability);
        return said;
      }

      @Override
      boolean does(Capability asked) {
        return true;
      }
    };
  }

  private static UserProfile withTags(UserProfile profile, List<UserProfile.Tag> tags) {
    UserProfile.Builder builder = UserProfile.builder(profile.userId(), profile.basis());
    tags.forEach(tag -> builder.tag(tag.name(), tag.weight()));
    return builder.build();
  }

  static Stream<Arguments> faultIsFound() {
    return Stream.of(
        fault(
            "gives weights that add up to a half",
            answering(
                profile ->
                    withTags(
                        profile,
                        profile.tags().stream()
                            .map(tag -> new UserProfile.Tag(tag.name(), tag.weight() / 2))
                            .toList())),
            "everyUserHasASoundProfile"),
        fault(
            "gives a blank tag",
            answering(profile -> withTags(profile, List.of(new UserProfile.Tag(" ", 1)))),
            "everyUserHasASoundProfile"),
        fault(
            "gives everybody the same tags",
            answering(profile -> withTags(profile, List.of(new UserProfile.Tag("toy", 1)))),
            "usersOfOneTasteShareTheirTopTagAndThoseOfAnotherHaveAnother"),
        fault(
            "gives each user tags of their own",
            answering(
                profile -> withTags(profile, List.of(new UserProfile.Tag(profile.userId(), 1)))),
            "usersOfOneTasteShareTheirTopTagAndThoseOfAnotherHaveAnother"),
        fault(
            "speaks of another user",
            answering(
                profile -> UserProfile.builder("somebody", profile.basis()).tag("even", 1).build()),
            "everyUserHasASoundProfile"),
        fault(
            "does not flag the fallback",
            answering(
                profile ->
                    profile.basis() == Basis.EVERYBODY
                        ? UserProfile.builder(profile.userId(), Basis.TRAINED).build()
                        : profile),
            "unknownUserGetsAFlaggedFallback"),
        fault(
            "throws for an unknown user",
            new ReferenceProfiler() {
              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                assertThat(model.deedsOf()).containsKey(query.userId());
                return model.sound(query);
              }
            },
            "unknownUserGetsAFlaggedFallback"),
        fault(
            "prefers training to a history",
            new ReferenceProfiler() {
              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                return model.deedsOf().containsKey(query.userId())
                    ? model.sound(ProfileQuery.of(query.userId()))
                    : model.sound(query);
              }
            },
            "historyTakesThePlaceOfWhatTrainingKnew"),
        fault(
            "folds in the latest event only",
            new ReferenceProfiler() {
              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                List<Event> history = query.history().orElse(List.of());
                return history.isEmpty()
                    ? model.sound(query)
                    : model.sound(
                        ProfileQuery.of(query.userId())
                            .withHistory(history.subList(history.size() - 1, history.size())));
              }
            },
            "orderOfTheHistoryDoesNotMatter"),
        fault(
            "forgets the users when it is loaded",
            new ReferenceProfiler() {
              @Override
              public ProfileModel read(ModelReader in, Provenance provenance) {
                Model model = (Model) super.read(in, provenance);
                return new Model(this, provenance, Map.of(), model.tags(), model.maxTags());
              }
            },
            "savedModelAnswersAlikeAfterLoading",
            "modelThatIsSavedAgainGivesTheSameBytes"),
        fault(
            "loses the state of training",
            new ReferenceProfiler() {
              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                return query.state().isPresent()
                    ? UserProfile.empty(query.userId())
                    : model.sound(query);
              }
            },
            "stateAsOfTrainingGivesTheProfileOfTraining",
            "eventsAddedOneByOneGiveTheProfileOfAFitToAll"),
        fault(
            "keeps no more than the last event that was added",
            adding(
                (profiler, state, event) ->
                    profiler.sound(new State(profiler, state.userId(), List.of(), true), event)),
            "eventsAddedOneByOneGiveTheProfileOfAFitToAll"),
        fault(
            "passes over events that come late",
            adding(
                (profiler, state, event) ->
                    state.deeds().stream().anyMatch(deed -> deed.at().isAfter(event.at()))
                        ? new State(profiler, state.userId(), state.deeds(), true)
                        : profiler.sound(state, event)),
            "eventsAddedOneByOneGiveTheProfileOfAFitToAll"),
        fault(
            "does not say that it knows the user by now",
            adding(
                (profiler, state, event) ->
                    new State(
                        profiler, state.userId(), profiler.sound(state, event).deeds(), false)),
            "stateOfAnUnseenUserComesToKnowTheUser"),
        fault(
            "changes the state it adds to",
            new ReferenceProfiler() {
              private final Map<String, State> latest = new HashMap<>();

              @Override
              State plus(State state, Event event) {
                State after = super.plus(latest.getOrDefault(state.userId(), state), event);
                latest.put(state.userId(), after);
                return after;
              }

              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                return query.state().isPresent() && latest.containsKey(query.userId())
                    ? model.sound(query.withState(latest.get(query.userId())))
                    : model.sound(query);
              }
            },
            "stateStaysAsItIsWhenAnEventIsAdded"),
        fault(
            "takes in anybody's events",
            adding(
                (profiler, state, event) ->
                    event.userId().equals(state.userId()) ? profiler.sound(state, event) : state),
            "stateTakesInEventsOfItsUserOnly"),
        fault(
            "forgets the events of its users when it is loaded",
            new ReferenceProfiler() {
              @Override
              public ProfileModel read(ModelReader in, Provenance provenance) {
                Model model = (Model) super.read(in, provenance);
                Map<String, List<Deed>> first = new HashMap<>();
                model
                    .deedsOf()
                    .forEach(
                        (user, deeds) ->
                            first.put(user, deeds.subList(0, Math.min(1, deeds.size()))));
                return new Model(this, provenance, first, model.tags(), model.maxTags());
              }
            },
            "stateOfALoadedModelTakesInEventsAlike"),
        fault(
            "promises updates and refuses them",
            promising(Capability.UPDATE),
            "stateAsOfTrainingGivesTheProfileOfTraining"),
        fault(
            "explains and does not say so",
            concealing(Capability.EXPLAIN),
            "explanationThatIsNotDeclaredIsRefused"),
        fault(
            "updates and does not say so",
            concealing(Capability.UPDATE),
            "updateThatIsNotDeclaredIsRefused"),
        fault(
            "gives shares that add up to a half",
            explaining(
                evidence ->
                    evidence.stream()
                        .map(
                            e ->
                                new ProfileEvidence(
                                    e.type(), e.about(), e.at(), e.events(), e.share() / 2))
                        .toList()),
            "everyTagIsExplainedByTheUsersOwnEvents"),
        fault(
            "explains by what nobody did",
            explaining(
                evidence ->
                    evidence.stream()
                        .map(
                            e ->
                                new ProfileEvidence(
                                    e.type(), "other", e.at(), e.events(), e.share()))
                        .toList()),
            "everyTagIsExplainedByTheUsersOwnEvents"),
        fault(
            "gives the smallest share first",
            explaining(
                evidence ->
                    evidence.size() < 2
                        ? evidence
                        : Stream.concat(
                                Stream.of(
                                    withShare(evidence.get(0), evidence.get(0).share() / 2),
                                    withShare(evidence.get(1), 1.5 * evidence.get(1).share())),
                                evidence.stream().skip(2))
                            .toList()),
            "everyTagIsExplainedByTheUsersOwnEvents"),
        fault(
            "explains any tag",
            new ReferenceProfiler() {
              @Override
              List<ProfileEvidence> evidence(Model model, ProfileQuery query, String tag) {
                List<ProfileEvidence> sound = model.soundEvidence(query, tag);
                return sound.isEmpty()
                    ? List.of(new ProfileEvidence(EventType.VIEW, "any", Instant.EPOCH, 1, 1))
                    : sound;
              }
            },
            "tagThatIsNotTheUsersHasNoEvidence"),
        fault(
            "takes a record for a user it knows",
            new ReferenceProfiler() {
              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                return query.user().isPresent()
                    ? UserProfile.builder(query.userId(), Basis.TRAINED).build()
                    : model.sound(query);
              }
            },
            "recordOfAUserNobodyKnowsIsNoTrouble"),
        fault(
            "gives categories that add up to a half",
            answering(profile -> profile.toBuilder().category("lamps", 0.5).build()),
            "everyUserHasASoundProfile"),
        fault(
            "needs titles",
            refusing(
                data ->
                    !data.catalogue().isEmpty()
                        && data.catalogue().stream().noneMatch(Item::hasTitle)),
            "itemsWithoutTitlesAreNoTrouble"),
        fault(
            "needs items",
            refusing(data -> data.items().size() == 0),
            "almostNoDataAreEnoughToFit"),
        fault(
            "does not bear long titles",
            refusing(
                data -> data.catalogue().stream().anyMatch(item -> item.title().length() > 50_000)),
            "oddTextsAreNoTrouble"),
        fault(
            "does not bear large amounts",
            refusing(
                data ->
                    data.events().stream()
                        .anyMatch(
                            event ->
                                event instanceof Interaction interaction
                                    && interaction.amount() > 1e9)),
            "strangeTimesAndValuesAreNoTrouble"));
  }
}
