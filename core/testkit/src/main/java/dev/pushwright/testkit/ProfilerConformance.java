// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.ProfileQuery;
import dev.pushwright.api.Profiler;
import dev.pushwright.api.UserProfile;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.Search;
import dev.pushwright.data.User;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.ProfilerProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The contract of a profiler. Extend it in a test of your plug-in and override {@link #provider()};
 * where the defaults need more data than the kit's {@link Checkerboard} has, override {@link
 * #options()} too.
 *
 * <p>The capabilities that mean something here are {@link Capability#FOLD_IN}, {@link
 * Capability#UPDATE} and {@link Capability#EXPLAIN}; that users of different taste get different
 * profiles is the duty of the role.
 */
public abstract class ProfilerConformance extends ProfilerCapabilityCases {

  private static final int USERS_ASKED = 40;

  /** For subclasses. */
  protected ProfilerConformance() {}

  /**
   * The plug-in that is tried.
   *
   * @return its provider, as {@link Plugins} would make it
   */
  @Override
  protected abstract ProfilerProvider provider();

  @Override
  final ProfileModel fit(Profiler algorithm, Dataset data, FitContext context) {
    return algorithm.fit(data, context);
  }

  @Override
  final ProfileModel load(Path file, Plugins plugins) {
    return Models.loadProfiler(file, plugins);
  }

  @Override
  final Class<?> service() {
    return ProfilerProvider.class;
  }

  @Override
  final ProfilerProvider lookUp(String name) {
    return Plugins.load().profiler(name);
  }

  @Override
  final List<?> answers(ProfileModel model, Dataset data) {
    List<UserProfile> profiles = new ArrayList<>();
    for (String user : data.users().ids().subList(0, Math.min(USERS_ASKED, data.users().size()))) {
      profiles.add(model.profile(user));
      profiles.add(model.profile(ProfileQuery.of(user).withHistory(data.eventsOf(user))));
    }
    profiles.add(model.profile(STRANGER));
    return profiles;
  }

  @Test
  void usersOfOneTasteShareTheirTopTagAndThoseOfAnotherHaveAnother() {
    List<String> tops = new ArrayList<>();
    for (String user : board().users()) {
      UserProfile profile = ask(ProfileQuery.of(user));
      assertThat(profile.basis()).as("basis for user %s", user).isEqualTo(Basis.TRAINED);
      assertThat(profile.tags()).as("tags of user %s", user).isNotEmpty();
      tops.add(profile.tags().get(0).name());
    }
    for (int u = 2; u < tops.size(); u++) {
      assertThat(tops.get(u))
          .as("top tag of user %s, beside that of another with the same taste", u)
          .isEqualTo(tops.get(u % 2));
    }
    assertThat(tops.get(0)).as("top tags of users of two tastes").isNotEqualTo(tops.get(1));
  }

  @Test
  void unknownUserGetsAFlaggedFallback() {
    for (ProfileQuery query :
        List.of(
            ProfileQuery.of(STRANGER),
            ProfileQuery.of(STRANGER).withHistory(List.of()),
            ProfileQuery.of(STRANGER)
                .withHistory(List.of(Interaction.view(STRANGER, STRANGER, Instant.EPOCH))))) {
      assertThat(ask(query).basis().isFallback())
          .as("profile of somebody of whom nothing is known is flagged as the fallback's")
          .isTrue();
    }
  }

  @Test
  void historyOfAnUnseenUserGivesTheSameTagsAsTraining() {
    needs(Capability.FOLD_IN);
    for (String user : board().users()) {
      List<UserProfile.Tag> trained = ask(ProfileQuery.of(user)).tags();
      UserProfile folded =
          ask(ProfileQuery.of(STRANGER).withHistory(board().history(user, STRANGER)));
      assertThat(folded.basis()).as("basis of a profile from a history").isEqualTo(Basis.HISTORY);
      assertThat(folded.tags())
          .as("tags from the history that user %s has in training", user)
          .extracting(UserProfile.Tag::name)
          .containsExactlyElementsOf(trained.stream().map(UserProfile.Tag::name).toList());
      for (int k = 0; k < trained.size(); k++) {
        assertThat(folded.tags().get(k).weight())
            .as("weight of %s from a history", trained.get(k).name())
            .isEqualTo(trained.get(k).weight(), within(1e-6));
      }
    }
  }

  @Test
  void historyTakesThePlaceOfWhatTrainingKnew() {
    needs(Capability.FOLD_IN);
    String even = board().users().get(0);
    String odd = board().users().get(1);
    UserProfile changed = ask(ProfileQuery.of(even).withHistory(board().history(odd, even)));
    assertThat(changed.basis()).as("basis").isEqualTo(Basis.HISTORY);
    assertThat(changed.tags().get(0).name())
        .as("top tag of an even user whose history is all odd now")
        .isEqualTo(ask(ProfileQuery.of(odd)).tags().get(0).name());
  }

  @Test
  void historyIsAnsweredFromTheFallbackWhereItCannotBeFoldedIn() {
    assumeFalse(
        can(Capability.FOLD_IN),
        () -> provider().name() + " declares " + Capability.FOLD_IN + ": skipped");
    String user = board().users().get(0);
    assertThat(
            ask(ProfileQuery.of(STRANGER).withHistory(board().history(user, STRANGER)))
                .basis()
                .isFallback())
        .as("profile from a history that cannot be folded in is flagged as the fallback's")
        .isTrue();
  }

  @Test
  void orderOfTheHistoryDoesNotMatter() {
    List<Event> history = new ArrayList<>(board().history(board().users().get(0), STRANGER));
    history.addAll(board().history(board().users().get(1), STRANGER).subList(0, 3));
    UserProfile forwards = ask(ProfileQuery.of(STRANGER).withHistory(history));
    Collections.reverse(history);
    assertThat(ask(ProfileQuery.of(STRANGER).withHistory(history)))
        .as("profile from the same events in another order")
        .isEqualTo(forwards);
  }

  @Test
  void everyUserHasASoundProfile() {
    for (long seed = 1; seed <= 3; seed++) {
      assertProfilesAreSound(MixedData.of(seed));
    }
  }

  @Test
  void itemsWithoutTitlesAreNoTrouble() {
    Dataset.Builder builder = Dataset.builder();
    for (String user : board().users()) {
      builder.addAll(board().history(user));
    }
    assertProfilesAreSound(builder.build());
  }

  @Test
  void almostNoDataAreEnoughToFit() {
    assertProfilesAreSound(Dataset.builder().build());
    assertProfilesAreSound(Dataset.builder().add(User.of("silent")).build());
    assertProfilesAreSound(Dataset.builder().add(Item.of("a", "Lamp")).build());
    assertProfilesAreSound(
        Dataset.builder().add(Interaction.view("only", "a", Instant.EPOCH)).build());
    assertProfilesAreSound(
        Dataset.builder().add(Search.of("searcher", "red lamp", Instant.EPOCH)).build());
    assertProfilesAreSound(
        Dataset.builder()
            .add(Item.of("a", "Lamp"))
            .add(Interaction.of(EventType.IMPRESSION, "shown", "a", Instant.EPOCH))
            .add(Interaction.of(EventType.DISMISS, "bored", "a", Instant.EPOCH))
            .build());
  }

  @Test
  void oddTextsAreNoTrouble() {
    List<String> texts =
        List.of(
            "\uD83C\uDF81\uD83D\uDC69\u200D\uD83D\uDC67",
            "\uD800 half of a pair",
            "\u0000\u0001\u001B[31m\uFEFF",
            "x".repeat(100_000),
            "red lamp ".repeat(11_000),
            "... !!! ---",
            "the and of",
            "红色 圣诞 灯",
            "مصباح أحمر",
            "{{name}} ${user} %s",
            "1234567890");
    Dataset.Builder builder = board().data().toBuilder();
    for (int n = 0; n < texts.size(); n++) {
      String text = texts.get(n);
      builder.add(
          Item.builder("odd-" + n)
              .title(text)
              .tags(text)
              .category(text)
              .attribute(Item.DESCRIPTION, text)
              .build());
      builder.add(Interaction.view("reader-" + n, "odd-" + n, Instant.EPOCH.plusSeconds(n)));
      builder.add(Search.of("reader-" + n, text, Instant.EPOCH.plusSeconds(n)));
    }
    assertProfilesAreSound(builder.build());
  }

  @Test
  void strangeTimesAndValuesAreNoTrouble() {
    Instant late = Instant.parse("9999-12-31T23:59:59.999999999Z");
    Instant early = Instant.parse("0001-01-01T00:00:00Z");
    String item = board().items().get(0);
    assertProfilesAreSound(
        board().data().toBuilder()
            .add(Interaction.view("early", item, early))
            .add(Interaction.view("late", item, late))
            .add(Interaction.rating("low", item, -Interaction.MAX_VALUE, late))
            .add(Interaction.purchase("rich", item, 1e12, 1e12, early))
            .build());
    for (Instant at : List.of(early, late)) {
      ask(ProfileQuery.of(board().users().get(0)).at(at));
      ask(ProfileQuery.of(STRANGER).withHistory(board().history("u00", STRANGER)).at(at));
    }
  }

  private void assertProfilesAreSound(Dataset data) {
    ProfileModel model = fit(data);
    List<String> users = new ArrayList<>(data.users().ids());
    users.add(STRANGER);
    for (String user : users) {
      ask(model, ProfileQuery.of(user));
      ask(model, ProfileQuery.of(user).withHistory(data.eventsOf(user)));
    }
  }
}
