// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Reason;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemKnnTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private static Dataset random(long seed, int users, int items, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    for (int e = 0; e < events; e++) {
      // Squaring makes some items popular and some rare.
      double skew = random.nextDouble();
      String item = "i" + (int) (skew * skew * items);
      EventType type = random.nextBoolean() ? EventType.VIEW : EventType.PURCHASE;
      data.add(
          new Interaction(
              "u" + random.nextInt(users), item, type, 1, 0, T.plusSeconds(random.nextInt(1000))));
    }
    return data.build();
  }

  /** The definition, over dense rows, in double. */
  private static double similarity(InteractionMatrix matrix, int i, int j, double shrinkage) {
    double dot = 0;
    double squaresI = 0;
    double squaresJ = 0;
    int shared = 0;
    for (int u = 0; u < matrix.users().size(); u++) {
      double a = matrix.byUser().get(u, i);
      double b = matrix.byUser().get(u, j);
      dot += a * b;
      squaresI += a * a;
      squaresJ += b * b;
      shared += a > 0 && b > 0 ? 1 : 0;
    }
    return dot == 0 ? 0 : dot / Math.sqrt(squaresI * squaresJ) * shared / (shared + shrinkage);
  }

  private static SparseRows neighbours(
      InteractionMatrix matrix, int neighbours, double shrinkage, int threads) {
    Measure measure = new Measure(Similarity.COSINE, Means.ALL, 0.5, 1, shrinkage, 1);
    return new Neighbours(matrix.byItem(), matrix.byUser(), measure, neighbours)
        .all(FitContext.standard().withThreads(threads));
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 0", "2, 20, 0", "3, 1, 10", "4, 1000, 3.5"})
  void neighboursAreThoseOfTheBruteForceDefinition(long seed, int neighbours, double shrinkage) {
    Dataset data = random(seed, 60, 80, 1500);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    SparseRows found = neighbours(matrix, neighbours, shrinkage, 2);
    int n = data.items().size();
    for (int i = 0; i < n; i++) {
      int item = i;
      double[] expected =
          IntStream.range(0, n)
              .mapToDouble(j -> j == item ? 0 : similarity(matrix, item, j, shrinkage))
              .toArray();
      // Ties in double may fall either way in float: compare the sorted similarities, then each
      // pair.
      double[] best =
          IntStream.range(0, n)
              .mapToObj(j -> expected[j])
              .filter(s -> s > 0)
              .sorted(Comparator.reverseOrder())
              .limit(neighbours)
              .mapToDouble(s -> s)
              .sorted()
              .toArray();
      float[] values = found.rowValues(i);
      Arrays.sort(values);
      assertThat(values).hasSize(best.length);
      for (int k = 0; k < best.length; k++) {
        assertThat((double) values[k]).isCloseTo(best[k], within(1e-6));
      }
      for (int p = found.start(i); p < found.end(i); p++) {
        assertThat((double) found.value(p)).isCloseTo(expected[found.column(p)], within(1e-6));
        assertThat(found.value(p)).isPositive().isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void aHandWorkedScore() {
    // tea: ann 1, bob 1; pot: ann 1, bob 1, cid 1; cup: cid 1.
    Dataset data =
        Dataset.builder()
            .add(Interaction.view("ann", "tea", T))
            .add(Interaction.view("ann", "pot", T))
            .add(Interaction.view("bob", "tea", T))
            .add(Interaction.view("bob", "pot", T))
            .add(Interaction.view("cid", "pot", T))
            .add(Interaction.view("cid", "cup", T))
            .build();
    RecommenderModel model = ItemKnn.builder().shrinkage(0).build().fit(data);
    Recommendations forCid = model.recommend(RecommendationQuery.forUser("cid").build());
    // sim(tea, pot) = 2 / (sqrt 2 · sqrt 3); cup shares nobody with tea.
    assertThat(forCid.itemIds()).containsExactly("tea");
    assertThat(forCid.items().get(0).score()).isCloseTo(2 / Math.sqrt(6), within(1e-6));
    assertThat(forCid.shortfall())
        .hasValueSatisfying(
            shortfall -> assertThat(shortfall.left()).containsEntry(Recommendations.Cause.SEEN, 2));
  }

  @Test
  void scoresAreTheSumOverTheUsersNeighbouringItems() {
    Dataset data = random(9, 40, 50, 700);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    SparseRows neighbours = neighbours(matrix, 7, 2, 2);
    RecommenderModel model =
        ItemKnn.builder()
            .neighbours(7)
            .shrinkage(2)
            .combine(Weighting.Combine.SUM)
            .halfLifeDays(0)
            .build()
            .fit(data);
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
        for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
          expected[i] +=
              (double) neighbours.value(p) * matrix.byUser().get(u, neighbours.column(p));
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
  void reasonsNameTheUsersItemsByTheirContribution() {
    Dataset data = random(11, 40, 50, 700);
    InteractionMatrix matrix = data.interactions(Weighting.standard());
    SparseRows neighbours = neighbours(matrix, 100, 10, 2);
    RecommenderModel model =
        ItemKnn.builder()
            .shrinkage(10)
            .combine(Weighting.Combine.SUM)
            .halfLifeDays(0)
            .build()
            .fit(data);
    int user = data.users().find("u3").orElseThrow();
    Recommendation best =
        model.recommend(RecommendationQuery.forUser("u3").explain(true).build()).items().get(0);
    int item = data.items().find(best.itemId()).orElseThrow();
    double sum = 0;
    double last = 1;
    for (Reason reason : best.reasons()) {
      Reason.OwnItem own = (Reason.OwnItem) reason;
      int mine = data.items().find(own.itemId()).orElseThrow();
      double contribution = (double) neighbours.get(item, mine) * matrix.byUser().get(user, mine);
      assertThat(own.share()).isCloseTo(contribution / best.score(), within(1e-5));
      assertThat(own.share()).isLessThanOrEqualTo(last);
      assertThat(data.eventsOf("u3"))
          .anySatisfy(event -> assertThat(event.type()).isEqualTo(own.type()));
      last = own.share();
      sum += own.share();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Test
  void theReasonCarriesTheTypeThatWeighedMost() {
    List<Event> ann =
        List.of(
            Interaction.view("ann", "tea", T),
            Interaction.purchase("ann", "tea", 1, 3, T.plusSeconds(1)),
            Interaction.view("ann", "pot", T));
    Dataset data =
        Dataset.builder()
            .addAll(ann)
            .add(Interaction.view("bob", "tea", T))
            .add(Interaction.view("bob", "cup", T))
            .build();
    RecommenderModel model = ItemKnn.builder().build().fit(data);
    assertThat(
            model
                .recommend(RecommendationQuery.forUser("ann").explain(true).build())
                .items()
                .get(0)
                .reasons())
        .containsExactly(new Reason.OwnItem("tea", EventType.PURCHASE, 1));
  }

  @Test
  void aFoldedInHistoryScoresToTheBitLikeTraining() {
    Dataset data = random(5, 40, 50, 700);
    RecommenderModel model = ItemKnn.builder().halfLifeDays(0.01).build().fit(data);
    for (String user : data.users().ids()) {
      Recommendations trained = model.recommend(RecommendationQuery.forUser(user).build());
      Recommendations folded =
          model.recommend(RecommendationQuery.forHistory(data.eventsOf(user)).build());
      assertThat(folded.items()).isEqualTo(trained.items());
      assertThat(folded.basis()).isEqualTo(Basis.HISTORY);
    }
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    InteractionMatrix matrix = random(6, 100, 300, 5000).interactions(Weighting.standard());
    SparseRows one = neighbours(matrix, 10, 1, 1);
    SparseRows eight = neighbours(matrix, 10, 1, 8);
    assertThat(eight).isEqualTo(one);
  }

  @Test
  void progressEndsAtTheTotal() {
    List<Progress> heard = new ArrayList<>();
    ItemKnn.builder()
        .build()
        .fit(random(6, 100, 300, 5000), FitContext.standard().withListener(heard::add));
    assertThat(heard).isNotEmpty();
    assertThat(heard).isSortedAccordingTo(Comparator.comparingLong(Progress::done));
    Progress last = heard.get(heard.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.phase()).isEqualTo("neighbours");
  }

  @Test
  void aListenerThatThrowsStopsTheFit() {
    FitContext context =
        FitContext.standard()
            .withListener(
                progress -> {
                  throw new IllegalStateException("enough");
                });
    Dataset data = random(6, 100, 300, 5000);
    assertThatThrownBy(() -> ItemKnn.builder().build().fit(data, context)).hasMessage("enough");
  }

  @Test
  void weightsFromDenormalToHugeGiveSimilaritiesInRange() {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 20; u++) {
      double value = Math.pow(10, u - 8);
      data.add(new Interaction("u" + u, "a", EventType.RATING, value, 0, T));
      data.add(new Interaction("u" + u, "b", EventType.RATING, 1 / value, 0, T));
      // 100 years with a half-life of a day: far beyond the smallest float.
      data.add(Interaction.view("u" + u, "c", T.minusSeconds(100L * 365 * 86_400)));
    }
    RecommenderModel model = ItemKnn.builder().halfLifeDays(1).build().fit(data.build());
    for (int u = 0; u < 20; u++) {
      Recommendations all =
          model.recommend(
              RecommendationQuery.forUser("u" + u).excludeSeen(false).explain(true).build());
      assertThat(all.itemIds()).isNotEmpty().doesNotContain("c");
      assertThat(all.items()).allSatisfy(r -> assertThat(r.score()).isFinite().isPositive());
    }
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = random(3, 20, 20, 100);
    Options options = Options.of("neighbours", "17", "shrinkage", 2.5).with("weights", "VIEW:1@3");
    RecommenderModel byName = Plugins.load().recommender("item-knn", options).fit(data);
    RecommenderModel byType =
        ItemKnn.builder()
            .neighbours(17)
            .shrinkage(2.5)
            .weighting(Weighting.parse("VIEW:1@3"))
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options())
        .containsEntry("neighbours", "17")
        .containsEntry("weights", "VIEW:1@3")
        .containsEntry("halfLifeDays", "30.0")
        .containsEntry("combine", "max");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> ItemKnn.builder().neighbours(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option neighbours is 0; allowed: 1 to 100000");
    assertThatThrownBy(() -> ItemKnn.builder().shrinkage(Double.NaN).build())
        .hasMessageContaining("option shrinkage is NaN");
    assertThatThrownBy(() -> Plugins.load().recommender("item-knn", Options.of("neighbors", 5)))
        .hasMessageContaining("there is no option \"neighbors\"; did you mean \"neighbours\"?");
    assertThatThrownBy(() -> Plugins.load().recommender("item-knn", Options.of("weights", "BUY:1")))
        .hasMessageContaining("\"BUY\" is no event type");
  }
}
