// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UserKnnTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Dataset random(long seed, int users, int items, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int e = 0; e < events; e++) {
      double skew = random.nextDouble();
      EventType type = random.nextBoolean() ? EventType.VIEW : EventType.PURCHASE;
      data.add(
          new Interaction(
              "u" + random.nextInt(users), "i" + (int) (skew * skew * items), type, 1, 0, T));
    }
    return data.build();
  }

  private static UserKnn.Builder sums(int neighbours, double shrinkage) {
    return UserKnn.builder()
        .neighbours(neighbours)
        .shrinkage(shrinkage)
        .similarity(Similarity.COSINE)
        .amplification(1)
        .popularityDamping(0)
        .reverseNeighbours(false)
        .combine(Weighting.Combine.SUM)
        .halfLifeDays(0);
  }

  private static SparseRows neighbours(InteractionMatrix matrix, int kept, double shrinkage) {
    Measure measure = new Measure(Similarity.COSINE, Means.ALL, 0.5, 1, shrinkage, 1);
    return new Neighbours(matrix.byUser(), matrix.byItem(), measure, kept)
        .all(FitContext.standard());
  }

  @Test
  void aHandWorkedScore() {
    Dataset data =
        Dataset.builder()
            .add(Interaction.view("ann", "tea", T))
            .add(Interaction.view("ann", "pot", T))
            .add(Interaction.view("bob", "tea", T))
            .add(Interaction.view("bob", "pot", T))
            .add(Interaction.view("bob", "cup", T))
            .add(Interaction.view("cid", "pot", T))
            .add(Interaction.view("cid", "cup", T))
            .build();
    Recommendations forAnn =
        sums(10, 0).build().fit(data).recommend(RecommendationQuery.forUser("ann").build());
    // Bob shares 2 of 2 and 3, Cid 1 of 2 and 2; both have the cup.
    assertThat(forAnn.itemIds()).containsExactly("cup");
    assertThat(forAnn.items().get(0).score()).isCloseTo(2 / Math.sqrt(6) + 0.5, within(1e-6));
    Recommendations nearest =
        sums(1, 0).build().fit(data).recommend(RecommendationQuery.forUser("ann").build());
    assertThat(nearest.items().get(0).score()).isCloseTo(2 / Math.sqrt(6), within(1e-6));
  }

  @Test
  void scoresAreTheSumOverTheNeighboursWeights() {
    Dataset data = random(9, 40, 50, 700);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    SparseRows neighbours = neighbours(matrix, 7, 2);
    RecommenderModel model = sums(7, 2).build().fit(data);
    for (int u = 0; u < data.users().size(); u++) {
      Recommendations all =
          model.recommend(
              RecommendationQuery.forUser(data.users().id(u))
                  .limit(1000)
                  .excludeSeen(false)
                  .build());
      assertThat(all.basis()).isEqualTo(Basis.TRAINED);
      double[] expected = new double[data.items().size()];
      for (int i = 0; i < expected.length; i++) {
        for (int p = neighbours.start(u); p < neighbours.end(u); p++) {
          expected[i] +=
              (double) neighbours.value(p) * matrix.byUser().get(neighbours.column(p), i);
        }
      }
      assertThat(all.items()).hasSize((int) Arrays.stream(expected).filter(s -> s > 0).count());
      for (Recommendation r : all.items()) {
        double score = expected[data.items().find(r.itemId()).orElseThrow()];
        assertThat(r.score()).isCloseTo(score, within(1e-5 * (1 + score)));
      }
    }
  }

  @Test
  void reversedScoresAreTheSumOverThoseWhoHaveTheUserAmongTheirNearestIfAnybodyHas() {
    Dataset data = random(10, 40, 50, 700);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    SparseRows neighbours = neighbours(matrix, 7, 2);
    RecommenderModel model = sums(7, 2).reverseNeighbours(true).build().fit(data);
    int differ = 0;
    int alone = 0;
    SparseRows reversed = neighbours.transpose();
    for (int u = 0; u < data.users().size(); u++) {
      boolean wanted = reversed.rowColumns(u).length > 0;
      alone += wanted ? 0 : 1;
      double[] expected = new double[data.items().size()];
      for (int v = 0; v < data.users().size(); v++) {
        double similarity = wanted ? neighbours.get(v, u) : neighbours.get(u, v);
        for (int i = 0; i < expected.length; i++) {
          expected[i] += similarity * matrix.byUser().get(v, i);
        }
        differ += (neighbours.get(v, u) > 0) == (neighbours.get(u, v) > 0) ? 0 : 1;
      }
      Recommendations all =
          model.recommend(
              RecommendationQuery.forUser(data.users().id(u))
                  .limit(1000)
                  .excludeSeen(false)
                  .explain(true)
                  .build());
      int scored = (int) Arrays.stream(expected).filter(s -> s > 0).count();
      assertThat(all.basis()).isEqualTo(Basis.TRAINED);
      assertThat(all.items()).hasSize(scored);
      for (Recommendation r : all.items()) {
        double score = expected[data.items().find(r.itemId()).orElseThrow()];
        assertThat(r.score()).isCloseTo(score, within(1e-5 * (1 + score)));
        assertThat(r.reasons().stream().mapToDouble(Reason::share).sum())
            .isCloseTo(1, within(1e-9));
      }
    }
    assertThat(differ).as("pairs of which only one is near to the other").isGreaterThan(40);
    assertThat(alone).as("users near to nobody, who go by their own nearest").isPositive();
  }

  @Test
  void aHistoryIsToldByThoseWhoWouldHaveItAmongTheirNearest() {
    Dataset data = random(12, 40, 50, 700);
    for (Similarity similarity : Similarity.values()) {
      RecommenderModel model =
          sums(8, 3).similarity(similarity).reverseNeighbours(true).build().fit(data);
      RecommenderModel byOwn =
          sums(8, 3).similarity(similarity).reverseNeighbours(false).build().fit(data);
      int compared = 0;
      for (String user : data.users().ids()) {
        RecommendationQuery known = RecommendationQuery.forUser(user).limit(50).build();
        Recommendations expected = model.recommend(known);
        if (expected.items().equals(byOwn.recommend(known).items())) {
          continue;
        }
        compared++;
        // They find themselves too, and add nothing to what is new.
        Recommendations folded =
            model.recommend(RecommendationQuery.forHistory(data.eventsOf(user)).limit(50).build());
        assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
        var byId =
            folded.items().stream()
                .collect(Collectors.toMap(Recommendation::itemId, Recommendation::score));
        for (Recommendation one : expected.items()) {
          // Counts are often equal, and whoever equals the last of a full list is let in.
          double more = similarity.ofSets() ? Double.MAX_VALUE : 1e-4 * one.score();
          assertThat(byId.get(one.itemId()))
              .as("%s of %s by %s", one.itemId(), user, similarity)
              .isBetween(one.score() * (1 - 1e-4), one.score() + more);
        }
      }
      assertThat(compared).as("users told by others than their own, of 40").isGreaterThan(30);
    }
  }

  @Test
  void whomNobodyHasAmongTheirNearestGoesByTheirOwn() {
    Dataset.Builder events = Dataset.builder();
    for (String user : List.of("ann", "bob", "cid")) {
      for (String item : List.of("a", "b", "c", "d")) {
        events.add(Interaction.view(user, item, T));
      }
    }
    events.add(Interaction.view("dot", "a", T)).add(Interaction.view("dot", "y", T));
    RecommenderModel model =
        UserKnn.builder().neighbours(2).reverseNeighbours(true).build().fit(events.build());

    Recommendations known = model.recommend(RecommendationQuery.forUser("dot").build());
    Recommendations given =
        model.recommend(
            RecommendationQuery.forHistory(List.of(Interaction.view("eva", "b", T))).build());

    assertThat(known.basis()).isEqualTo(Basis.TRAINED);
    assertThat(known.items())
        .extracting(Recommendation::itemId)
        .containsExactlyInAnyOrder("b", "c", "d");
    assertThat(given.basis()).isEqualTo(Basis.HISTORY);
    assertThat(given.items())
        .extracting(Recommendation::itemId)
        .containsExactlyInAnyOrder("a", "c", "d");
  }

  @Test
  void reasonsShareOutWhatNeighboursAddOverTheItemsInCommon() {
    Dataset data = random(11, 40, 50, 700);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    SparseRows neighbours = neighbours(matrix, 12, 10);
    RecommenderModel model = sums(12, 10).build().fit(data);
    int u = data.users().find("u3").orElseThrow();
    Recommendation best =
        model.recommend(RecommendationQuery.forUser("u3").explain(true).build()).items().get(0);
    int item = data.items().find(best.itemId()).orElseThrow();
    double sum = 0;
    for (Reason reason : best.reasons()) {
      Reason.OwnItem own = (Reason.OwnItem) reason;
      int mine = data.items().find(own.itemId()).orElseThrow();
      double part = 0;
      for (int p = neighbours.start(u); p < neighbours.end(u); p++) {
        int v = neighbours.column(p);
        double dot = 0;
        for (int j = 0; j < data.items().size(); j++) {
          dot += (double) matrix.byUser().get(u, j) * matrix.byUser().get(v, j);
        }
        part +=
            (double) neighbours.value(p)
                * matrix.byUser().get(v, item)
                * matrix.byUser().get(u, mine)
                * matrix.byUser().get(v, mine)
                / dot;
      }
      assertThat(own.share()).isCloseTo(part / best.score(), within(1e-5));
      sum += own.share();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Test
  void whoFoldsInTheirOwnTrainingFindsThemselvesAndThenTheSameNeighbours() {
    Dataset data = random(5, 40, 50, 700);
    RecommenderModel trained = sums(8, 3).build().fit(data);
    RecommenderModel oneMore = sums(9, 3).build().fit(data);
    for (String user : data.users().ids()) {
      Recommendations expected =
          trained.recommend(RecommendationQuery.forUser(user).limit(50).build());
      Recommendations folded =
          oneMore.recommend(RecommendationQuery.forHistory(data.eventsOf(user)).limit(50).build());
      assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
      var byId =
          folded.items().stream()
              .collect(Collectors.toMap(Recommendation::itemId, Recommendation::score));
      assertThat(byId.keySet()).containsExactlyInAnyOrderElementsOf(expected.itemIds());
      for (Recommendation one : expected.items()) {
        assertThat(byId.get(one.itemId())).isCloseTo(one.score(), within(1e-5 * one.score()));
      }
    }
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    Dataset data = random(6, 100, 60, 2000);
    UserKnn knn = UserKnn.builder().build();
    RecommenderModel one = knn.fit(data, FitContext.standard().withThreads(1));
    RecommenderModel eight = knn.fit(data, FitContext.standard().withThreads(8));
    for (String user : data.users().ids()) {
      RecommendationQuery query = RecommendationQuery.forUser(user).build();
      assertThat(eight.recommend(query)).isEqualTo(one.recommend(query));
    }
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = random(3, 20, 20, 100);
    Options options =
        Options.of("neighbours", "17", "similarity", "asymmetric-cosine").with("alpha", 0.3);
    RecommenderModel byName = Plugins.load().recommender("user-knn", options).fit(data);
    RecommenderModel byType =
        UserKnn.builder()
            .neighbours(17)
            .similarity(Similarity.ASYMMETRIC_COSINE)
            .alpha(0.3)
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> UserKnn.builder().minOverlap(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option minOverlap is 0; allowed: 1 to 1000000");
    assertThatThrownBy(() -> UserKnn.builder().alpha(1.5).build())
        .hasMessageContaining("option alpha is 1.5; allowed: 0.0 to 1.0");
    assertThatThrownBy(
            () -> Plugins.load().recommender("user-knn", Options.of("similarity", "dice")))
        .hasMessageContaining("option similarity is dice; allowed: cosine, adjusted-cosine")
        .hasMessageContaining("log-likelihood");
  }
}
