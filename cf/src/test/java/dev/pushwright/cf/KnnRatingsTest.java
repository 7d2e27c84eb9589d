// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Predicted ratings, and models brought up to date, of both neighbourhood recommenders. */
class KnnRatingsTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final Plugins PLUGINS = Plugins.of(new ItemKnnProvider(), new UserKnnProvider());
  private static final Options AS_RATED =
      Options.of("weights", "RATING:1*value", "combine", "last")
          .with("halfLifeDays", 0)
          .with("amplification", 1)
          .with("popularityDamping", 0);

  @TempDir Path folder;

  private static List<Event> events(long seed, int users, int items) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Event> events = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      for (int i = 0; i < items; i++) {
        if (random.nextInt(3) == 0) {
          Instant at = T.plusSeconds(random.nextInt(1_000_000));
          events.add(Interaction.rating("u" + u, "i" + i, 1 + random.nextInt(5), at));
          if (random.nextInt(3) == 0) {
            events.add(Interaction.view("u" + u, "i" + random.nextInt(items), at));
          }
        }
      }
    }
    // One who gives the same to everything, and one who was only asked once.
    for (int i = 0; i < 9; i++) {
      events.add(Interaction.rating("u-flat", "i" + i, 4, T));
    }
    events.add(Interaction.rating("u-once", "i1", 2, T));
    return events;
  }

  private static Dataset data(List<Event> events) {
    return Dataset.builder().addAll(events).build();
  }

  private static RecommenderModel fit(String name, Options options, Dataset data) {
    return PLUGINS.recommender(name, options).fit(data);
  }

  /** mean and deviation, or min and range, or the baseline, of whoever has these ratings. */
  private static double[] scale(Normalization normalization, float[] ratings) {
    double mean = Centring.mean(ratings);
    double squares = 0;
    double min = 1e9;
    double max = -1e9;
    for (float r : ratings) {
      squares += (r - mean) * (r - mean);
      min = Math.min(min, r);
      max = Math.max(max, r);
    }
    return switch (normalization) {
      case NONE, BASELINE -> new double[] {0, 1, 0};
      case MEAN_CENTRED -> new double[] {mean, 1, 0};
      case Z_SCORE -> new double[] {mean, Math.sqrt(squares / ratings.length), 0};
      case MIN_MAX -> new double[] {min, max - min, 0.5};
    };
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void predictionsAreTheFormula(Normalization normalization) {
    Dataset data = data(events(3, 30, 25));
    InteractionMatrix matrix =
        data.interactions(Weighting.parse("RATING:1*value").withCombine(Weighting.Combine.LAST));
    SparseRows byUser = matrix.byUser();
    Offsets offsets = Offsets.of(byUser, matrix.byItem());
    Measure measure = new Measure(Similarity.COSINE, Means.ALL, 0.5, 1, 20, 1);
    for (String name : List.of("item-knn", "user-knn")) {
      boolean ofItems = name.equals("item-knn");
      SparseRows entities = ofItems ? matrix.byItem() : byUser;
      SparseRows neighbours =
          new Neighbours(entities, ofItems ? byUser : matrix.byItem(), measure, 8)
              .all(FitContext.standard());
      Options options =
          AS_RATED
              .with("neighbours", 8)
              .with("shrinkage", 20)
              .with("normalization", normalization)
              .with("similarity", "cosine");
      RecommenderModel model = fit(name, options, data);
      int clamped = 0;
      for (int u = 0; u < byUser.rows(); u++) {
        for (int i = 0; i < byUser.columns(); i++) {
          int entity = ofItems ? i : u;
          double sum = 0;
          double weights = 0;
          for (int p = neighbours.start(entity); p < neighbours.end(entity); p++) {
            int other = neighbours.column(p);
            int user = ofItems ? u : other;
            int item = ofItems ? other : i;
            double rating = byUser.get(user, item);
            if (rating > 0) {
              double[] scale = scale(normalization, entities.rowValues(other));
              double shift =
                  normalization == Normalization.BASELINE
                      ? offsets.mean() + offsets.row(user) + offsets.column(item)
                      : scale[0];
              double normal = scale[1] > 0 ? (rating - shift) / scale[1] : scale[2];
              sum += neighbours.value(p) * normal;
              weights += neighbours.value(p);
            }
          }
          double baseline = offsets.mean() + offsets.row(u) + offsets.column(i);
          double[] scale = scale(normalization, entities.rowValues(entity));
          double expected =
              weights == 0
                  ? baseline
                  : (normalization == Normalization.BASELINE ? baseline : scale[0])
                      + scale[1] * sum / weights;
          clamped += expected < 1 || expected > 5 ? 1 : 0;
          assertThat(model.predictRating(data.users().id(u), data.items().id(i)))
              .as("%s of user %s for item %s", name, u, i)
              .isCloseTo(Math.max(1, Math.min(5, expected)), within(1e-5));
        }
      }
      assertThat(clamped).as("most are on the scale by themselves").isLessThan(100);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn"})
  void unknownIdsGetWhatIsKnownOfTheOther(String name) {
    Dataset data = data(events(4, 30, 25));
    RecommenderModel model = fit(name, Options.none(), data);
    double mean = model.predictRating("nobody", "nothing");
    assertThat(mean)
        .isCloseTo(
            data.events().stream()
                .filter(e -> e instanceof Interaction i && i.type().name().equals("RATING"))
                .mapToDouble(e -> ((Interaction) e).value())
                .average()
                .orElseThrow(),
            within(1e-6));
    assertThat(model.predictRating("u-flat", "nothing")).isBetween(mean, 4.0);
    assertThat(model.predictRating("nobody", "i3")).isBetween(1.0, 5.0).isNotEqualTo(mean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn"})
  void ratingsArePredictedAsGivenThoughWeightsFade(String name) {
    List<Event> old = new ArrayList<>();
    for (Event event : events(5, 30, 25)) {
      if (event instanceof Interaction i && i.type().name().equals("RATING")) {
        old.add(
            Interaction.rating(
                i.userId(), i.itemId(), i.value(), i.at().minusSeconds(86_400L * 300)));
      }
    }
    old.add(Interaction.view("u1", "i1", T.plusSeconds(86_400)));
    RecommenderModel model = fit(name, Options.none(), data(old));
    for (int u = 0; u < 30; u++) {
      for (int i = 0; i < 25; i++) {
        assertThat(model.predictRating("u" + u, "i" + i)).isBetween(1.0, 5.0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn"})
  void weightsStandForRatingsWhereThereAreNone(String name) {
    Dataset data =
        Dataset.builder()
            .add(Interaction.view("ann", "tea", T))
            .add(Interaction.purchase("bob", "tea", 1, 5, T))
            .add(Interaction.purchase("bob", "pot", 1, 5, T))
            .build();
    assertThat(fit(name, Options.none(), data).predictRating("ann", "pot")).isBetween(1.0, 5.0);
    Dataset none = Dataset.builder().build();
    assertThat(fit(name, Options.none(), none).predictRating("ann", "pot")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn"})
  void rankedByRatingTheScoreIsThePrediction(String name) {
    Dataset data = data(events(6, 30, 25));
    for (Normalization normalization : Normalization.values()) {
      RecommenderModel model =
          fit(name, AS_RATED.with("rankBy", "rating").with("normalization", normalization), data);
      for (String user : data.users().ids()) {
        for (Recommendation one :
            model
                .recommend(RecommendationQuery.forUser(user).explain(true).limit(100).build())
                .items()) {
          assertThat(Math.max(1, Math.min(5, one.score())))
              .isCloseTo(model.predictRating(user, one.itemId()), within(1e-4));
          assertThat(one.reasons().stream().mapToDouble(Reason::share).sum())
              .isCloseTo(1, within(1e-9));
        }
      }
    }
  }

  @Test
  void rankingByRatingsThatFadeIsRefused() {
    assertThatThrownBy(() -> ItemKnn.builder().rankBy(RankBy.RATING).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option rankBy is rating")
        .hasMessageContaining("set halfLifeDays to 0");
  }

  private static List<Options> configurations() {
    List<Options> all = new ArrayList<>();
    for (Similarity similarity : Similarity.values()) {
      all.add(Options.of("similarity", similarity, "neighbours", 4));
    }
    all.add(AS_RATED.with("similarity", "pearson").with("means", "baseline"));
    all.add(AS_RATED.with("similarity", "pearson").with("means", "co-rated"));
    all.add(AS_RATED.with("rankBy", "rating"));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn"})
  void anUpdateAnswersAsARefitDoes(String name) {
    List<Event> first = events(7, 60, 40);
    List<Event> more =
        List.of(
            Interaction.rating("u3", "i7", 5, T.plusSeconds(2_000_000)),
            Interaction.rating("u3", "brand new", 4, T.plusSeconds(2_000_001)),
            Interaction.view("somebody", "i1", T.plusSeconds(2_000_002)),
            Interaction.purchase("u9", "i2", 1, 5, T.plusSeconds(2_000_003)));
    List<Event> both = new ArrayList<>(first);
    both.addAll(more);
    for (Options options : configurations()) {
      RecommenderModel updated = fit(name, options, data(first)).update(more);
      RecommenderModel refitted = fit(name, options, data(both));
      for (String user : data(both).users().ids()) {
        RecommendationQuery query =
            RecommendationQuery.forUser(user).limit(100).excludeSeen(false).build();
        var expected = refitted.recommend(query);
        var found = updated.recommend(query);
        assertThat(found.basis()).isEqualTo(expected.basis());
        assertThat(found.items()).as("%s of %s", options, user).hasSameSizeAs(expected.items());
        for (int k = 0; k < found.items().size(); k++) {
          double score = expected.items().get(k).score();
          assertThat(found.items().get(k).score())
              .as("%s of %s, place %s", options, user, k)
              .isCloseTo(score, within(1e-5 * Math.abs(score)));
        }
        assertThat(updated.predictRating(user, "i7"))
            .isCloseTo(refitted.predictRating(user, "i7"), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item-knn", "user-knn"})
  void aLoadedModelPredictsAndUpdatesLikeTheSavedOne(String name) throws IOException {
    Path file = folder.resolve("model");
    for (Options options : configurations()) {
      RecommenderModel model = fit(name, options, data(events(8, 30, 25)));
      Models.save(model, file);
      RecommenderModel loaded = Models.loadRecommender(file, PLUGINS);
      List<Event> more = List.of(Interaction.rating("u1", "i2", 1, T.plusSeconds(9_000_000)));
      RecommenderModel after = model.update(more);
      RecommenderModel afterLoaded = loaded.update(more);
      for (int u = 0; u < 30; u++) {
        for (int i = 0; i < 25; i += 5) {
          assertThat(loaded.predictRating("u" + u, "i" + i))
              .isEqualTo(model.predictRating("u" + u, "i" + i));
          assertThat(afterLoaded.predictRating("u" + u, "i" + i))
              .isEqualTo(after.predictRating("u" + u, "i" + i));
        }
      }
    }
  }
}
