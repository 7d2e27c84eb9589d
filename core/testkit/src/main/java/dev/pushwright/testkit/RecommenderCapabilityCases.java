// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.api.Basis;
import dev.pushwright.api.Capability;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.spi.CommonOptions;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only some recommenders do: predict ratings, take in events, hold back what is popular. */
abstract class RecommenderCapabilityCases extends RecommenderEdgeCases {

  private static final int RATERS = 32;

  /**
   * How far the scores of an updated model may be from those of a fit to the old and the new events
   * together.
   *
   * @return the tolerance, relative to the largest score of the answer; to be overridden by a
   *     plug-in whose update comes near a fit and not upon it
   */
  protected double updateTolerance() {
    return 1e-5;
  }

  /** The board in two parts: what happened first, and the last three events of some users. */
  private record Halves(Dataset before, List<Event> after) {}

  private Halves halves() {
    List<Event> all = board().data().events();
    Map<String, Integer> left = new HashMap<>();
    List<Event> after = new ArrayList<>();
    List<Event> before = new ArrayList<>();
    for (int e = all.size() - 1; e >= 0; e--) {
      String user = all.get(e).userId();
      boolean some = board().users().indexOf(user) % 5 < 2;
      boolean late = some && left.merge(user, 1, Integer::sum) <= 3;
      (late ? after : before).add(all.get(e));
    }
    Dataset.Builder builder = Dataset.builder();
    board().data().catalogue().forEach(builder::add);
    board().data().userRecords().forEach(builder::add);
    return new Halves(builder.addAll(before).build(), after);
  }

  @Test
  void updateThatIsNotDeclaredIsRefused() {
    assumeFalse(
        can(Capability.UPDATE),
        () -> provider().name() + " declares " + Capability.UPDATE + ": skipped");
    assertThatThrownBy(
            () -> model().update(board().history(evenUser(), STRANGER)),
            "update, and %s is not declared",
            Capability.UPDATE)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void updateAnswersAsAFitToOldAndNewEventsWould() {
    needs(Capability.UPDATE);
    Halves halves = halves();
    RecommenderModel updated = fit(halves.before()).update(halves.after());
    assertNear(updated, model(), board().data());
    assertThat(updated.capabilities()).as("capabilities").isEqualTo(provider().capabilities());
  }

  @Test
  void twoUpdatesAnswerAsOne() {
    needs(Capability.UPDATE);
    Halves halves = halves();
    RecommenderModel twice = fit(halves.before());
    int cut = halves.after().size() / 2;
    // The older ones first: a model ages its weights to the latest event it knows.
    List<Event> after = new ArrayList<>(halves.after());
    after.sort(Comparator.comparing(Event::at));
    twice = twice.update(after.subList(0, cut)).update(after.subList(cut, after.size()));
    assertNear(twice, model(), board().data());
  }

  private void assertNear(RecommenderModel found, RecommenderModel expected, Dataset data) {
    for (String user : board().users()) {
      RecommendationQuery query =
          RecommendationQuery.forUser(user)
              .limit(data.items().size())
              .excludeSeen(false)
              .explain(can(Capability.EXPLAIN))
              .build();
      Recommendations got = ask(found, data, query);
      Recommendations wanted = ask(expected, data, query);
      assertThat(got.basis()).as("basis for %s", user).isEqualTo(wanted.basis());
      assertThat(got.itemIds())
          .as("items for %s", user)
          .containsExactlyInAnyOrderElementsOf(wanted.itemIds());
      Map<String, Double> scores = new HashMap<>();
      double largest = 0;
      for (Recommendation item : wanted.items()) {
        scores.put(item.itemId(), item.score());
        largest = Math.max(largest, Math.abs(item.score()));
      }
      for (Recommendation item : got.items()) {
        assertThat(item.score())
            .as("score of %s for %s, as of a fit to all events", item.itemId(), user)
            .isCloseTo(scores.get(item.itemId()), within(updateTolerance() * largest));
      }
      if (can(Capability.PERSONALIZED)) {
        assertThat(ask(found, data, RecommendationQuery.forUser(user).limit(1).build()).itemIds())
            .as("first item for %s", user)
            .containsExactly(board().heldOut(user));
      }
    }
  }

  @Test
  void updateKnowsUsersAndItemsThatAreNew() {
    needs(Capability.UPDATE);
    Instant later = board().data().latest().plusSeconds(1);
    List<Event> events = new ArrayList<>(board().history(evenUser(), STRANGER));
    for (String user : evenUsers()) {
      events.add(board().liked(user, "an item that is new", later));
    }
    Dataset all = board().data().toBuilder().addAll(events).build();
    RecommenderModel updated = model().update(events);
    Recommendations answer =
        ask(updated, all, RecommendationQuery.forUser(STRANGER).limit(catalogue() + 1).build());
    assertThat(answer.itemIds()).as("items for a new user").contains("an item that is new");
    if (can(Capability.PERSONALIZED)) {
      assertThat(answer.basis()).as("basis for a new user").isEqualTo(Basis.TRAINED);
      assertThat(answer.itemIds().subList(0, 2))
          .as("first items for a new user of even taste")
          .containsExactlyInAnyOrder(board().heldOut(evenUser()), "an item that is new");
    }
    assertThat(
            ask(
                    updated,
                    all,
                    RecommendationQuery.forUser(evenUser()).limit(catalogue() + 1).build())
                .itemIds())
        .as("items for a user who has the new one")
        .doesNotContain("an item that is new");
  }

  private List<String> evenUsers() {
    return board().users().stream()
        .filter(user -> board().taste(user).equals(board().taste(evenUser())))
        .toList();
  }

  @Test
  void updateLeavesTheModelAsItWas() {
    needs(Capability.UPDATE);
    Halves halves = halves();
    RecommenderModel before = fit(halves.before());
    List<?> answers = answers(before, halves.before());
    RecommenderModel updated = before.update(halves.after());
    assertThat(answers(before, halves.before()))
        .as("answers of the model that was updated, after the update")
        .isEqualTo(answers);
    assertThat(updated.provenance())
        .as("provenance of the updated model, which tells it from the other")
        .isNotEqualTo(before.provenance());
    assertThat(updated.provenance().options())
        .as("options of the updated model")
        .isEqualTo(before.provenance().options());
  }

  @Test
  void updateWithoutEventsChangesNothing() {
    needs(Capability.UPDATE);
    RecommenderModel same = model().update(List.of());
    assertThat(answers(same, board().data()))
        .as("answers after an update without events")
        .isEqualTo(answers(model(), board().data()));
    assertThat(same.provenance())
        .as("provenance after an update without events")
        .isEqualTo(model().provenance());
  }

  @Test
  void updatedModelIsSavedAndLoadedAsAnyOther(@TempDir Path folder) {
    needs(Capability.UPDATE);
    Halves halves = halves();
    RecommenderModel updated = fit(halves.before()).update(halves.after());
    Path file = folder.resolve("updated.safetensors");
    Models.save(updated, file);
    RecommenderModel loaded = load(file, Plugins.of(provider()));
    assertThat(answers(loaded, board().data()))
        .as("answers of an updated model that was saved and loaded")
        .isEqualTo(answers(updated, board().data()));
    assertThat(loaded.update(halves.after().subList(0, 1)).provenance())
        .as("a loaded model takes in events too")
        .isNotEqualTo(loaded.provenance());
  }

  private static String rater(int n) {
    return "rater-" + n;
  }

  private static String rated(int n) {
    return "rated-" + n;
  }

  /**
   * Two tastes. Rater n has rated what there is of the own taste but item n, and of the other a
   * quarter, item n + 1 not among it: people rate more of what they like.
   */
  private static Dataset ratings(double liked, double disliked) {
    Dataset.Builder builder = Dataset.builder();
    for (int u = 0; u < RATERS; u++) {
      for (int i = 0; i < RATERS; i++) {
        boolean like = (u + i) % 2 == 0;
        if (like ? i != u : Math.floorMod(i - u, 8) == 3) {
          double value = like ? liked : disliked;
          builder.add(Interaction.rating(rater(u), rated(i), value, Instant.EPOCH));
        }
      }
    }
    return builder.build();
  }

  @Test
  void ratingsThatCannotBePredictedAreRefused() {
    assumeFalse(
        can(Capability.PREDICT_RATINGS),
        () -> provider().name() + " declares " + Capability.PREDICT_RATINGS + ": skipped");
    assertThatThrownBy(
            () -> model().predictRating(evenUser(), board().heldOut(evenUser())),
            "predictRating, and %s is not declared",
            Capability.PREDICT_RATINGS)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void predictedRatingsKeepToTheScaleWhoeverAndWhateverIsAskedAbout() {
    needs(Capability.PREDICT_RATINGS);
    SplittableRandom random = new SplittableRandom(5);
    Dataset.Builder builder = Dataset.builder();
    for (int u = 0; u < 60; u++) {
      for (int i = 0; i < 40; i++) {
        if (random.nextInt(3) == 0) {
          builder.add(Interaction.rating(rater(u), rated(i), 2 + random.nextInt(4), Instant.EPOCH));
        }
      }
    }
    Dataset data = builder.build();
    RecommenderModel model = fit(data);
    List<String> users = new ArrayList<>(data.users().ids());
    users.add(STRANGER);
    for (String user : users) {
      for (String item : data.items().ids()) {
        assertThat(model.predictRating(user, item))
            .as("rating of %s by %s, where all ratings are from 2 to 5", item, user)
            .isBetween(2.0, 5.0);
      }
      assertThat(model.predictRating(user, "no such item"))
          .as("rating of an unknown item by %s, where all ratings are from 2 to 5", user)
          .isBetween(2.0, 5.0);
    }
  }

  @Test
  void constantRatingsPredictThemselves() {
    needs(Capability.PREDICT_RATINGS);
    RecommenderModel model = fit(ratings(3, 3));
    for (String user : List.of(rater(0), rater(5), STRANGER)) {
      for (String item : List.of(rated(0), rated(9), "no such item")) {
        assertThat(model.predictRating(user, item))
            .as("rating of %s by %s, where everybody rates 3", item, user)
            .isCloseTo(3, within(1e-5));
      }
    }
  }

  @Test
  void whatIsLikedIsPredictedAboveWhatIsNot() {
    needs(Capability.PREDICT_RATINGS);
    needs(Capability.PERSONALIZED);
    RecommenderModel model = fit(ratings(5, 1));
    for (int u = 0; u < RATERS; u++) {
      double liked = model.predictRating(rater(u), rated(u));
      double disliked = model.predictRating(rater(u), rated((u + 1) % RATERS));
      assertThat(liked)
          .as("rating by %s of an item of the own taste, and of one of the other", rater(u))
          .isGreaterThan(disliked);
    }
  }

  @Test
  void savedModelPredictsTheSameRatingsAfterLoading(@TempDir Path folder) {
    needs(Capability.PREDICT_RATINGS);
    Dataset data = ratings(5, 2);
    RecommenderModel model = fit(data);
    Path file = folder.resolve("model.safetensors");
    Models.save(model, file);
    RecommenderModel loaded = load(file, Plugins.of(provider()));
    for (String user : List.of(rater(0), rater(7), STRANGER)) {
      for (String item : List.of(rated(0), rated(1), rated(8), "no such item")) {
        assertThat(loaded.predictRating(user, item))
            .as("rating of %s by %s from a model that was saved and loaded", item, user)
            .isEqualTo(model.predictRating(user, item));
      }
    }
  }

  @Test
  void popularityDampingHoldsBackWhatIsPopular() {
    String option = CommonOptions.POPULARITY_DAMPING.name();
    assumeTrue(
        provider().options().names().contains(option),
        () -> provider().name() + " has no option " + option + ": skipped");
    Dataset data = MixedData.of(3);
    Map<String, Integer> popularity = new HashMap<>();
    for (Event event : data.events()) {
      if (event instanceof Interaction interaction) {
        popularity.merge(interaction.itemId(), 1, Integer::sum);
      }
    }
    double plain = meanPopularity(0, data, popularity);
    double damped = meanPopularity(1, data, popularity);
    assertThat(damped)
        .as("mean popularity of what is recommended with %s = 1, and with 0", option)
        .isLessThan(plain);
  }

  private double meanPopularity(double damping, Dataset data, Map<String, Integer> popularity) {
    RecommenderModel model =
        fit(
            provider().create(options().with(CommonOptions.POPULARITY_DAMPING.name(), damping)),
            data,
            FitContext.standard());
    return data.users().ids().stream()
        .map(user -> RecommendationQuery.forUser(user).limit(5).build())
        .flatMap(query -> ask(model, data, query).itemIds().stream())
        .mapToInt(item -> popularity.getOrDefault(item, 0))
        .average()
        .orElseThrow();
  }
}
