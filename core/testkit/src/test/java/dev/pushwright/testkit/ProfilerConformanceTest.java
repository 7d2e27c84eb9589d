// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Provenance;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.io.ModelReader;
import dev.pushwright.spi.ProfilerProvider;
import dev.pushwright.spi.Settings;
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
        .containsExactly(
            "historyOfAnUnseenUserGivesTheSameTagsAsTraining",
            "historyTakesThePlaceOfWhatTrainingKnew");
    assertThat(result.passed()).contains("historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn");
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
                assertThat(model.itemsOf()).containsKey(query.userId());
                return model.sound(query);
              }
            },
            "unknownUserGetsAFlaggedFallback"),
        fault(
            "prefers training to a history",
            new ReferenceProfiler() {
              @Override
              UserProfile answer(Model model, ProfileQuery query) {
                return model.itemsOf().containsKey(query.userId())
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
