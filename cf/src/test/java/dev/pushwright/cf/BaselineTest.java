// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Options;
import java.time.Instant;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class BaselineTest {

  private static final Dataset STARS = MadeUpRatings.stars(30, 20, 0.4, 1);

  // By symmetry the item has no bias; each user has a residual of 1 and 1 / (1 + λ) of it is kept.
  @Test
  void handWorkedBiases() {
    Dataset data =
        Dataset.builder()
            .add(MadeUpRatings.rating(0, 0, 5))
            .add(MadeUpRatings.rating(1, 0, 3))
            .build();
    RecommenderModel model =
        Baseline.builder().userRegularization(1).itemRegularization(1).build().fit(data);
    String item = MadeUpRatings.item(0);
    assertThat(model.predictRating(MadeUpRatings.user(0), item)).isCloseTo(4.5, within(1e-12));
    assertThat(model.predictRating(MadeUpRatings.user(1), item)).isCloseTo(3.5, within(1e-12));
    assertThat(model.predictRating("nobody", item)).isCloseTo(4, within(1e-12));
    assertThat(model.predictRating(MadeUpRatings.user(0), "nothing")).isCloseTo(4.5, within(1e-12));
    assertThat(model.predictRating("nobody", "nothing")).isCloseTo(4, within(1e-12));
  }

  // The oracle: the normal equations of the whole objective, solved at once.
  @Test
  void takingTurnsComesToTheSolutionOfTheNormalEquations() {
    double lambdaU = 3;
    double lambdaI = 2;
    Ratings ratings = MadeUpRatings.of(STARS);
    int users = ratings.byUser().rows();
    int items = ratings.byUser().columns();
    SimpleMatrix a = new SimpleMatrix(users + items, users + items);
    SimpleMatrix y = new SimpleMatrix(users + items, 1);
    for (int d = 0; d < users + items; d++) {
      a.set(d, d, d < users ? lambdaU : lambdaI);
    }
    for (int u = 0; u < users; u++) {
      for (int p = ratings.byUser().start(u); p < ratings.byUser().end(u); p++) {
        int i = users + ratings.byUser().column(p);
        double centred = ratings.byUser().value(p) - ratings.mean();
        a.set(u, u, a.get(u, u) + 1);
        a.set(i, i, a.get(i, i) + 1);
        a.set(u, i, 1);
        a.set(i, u, 1);
        y.set(u, y.get(u) + centred);
        y.set(i, y.get(i) + centred);
      }
    }
    SimpleMatrix solved = a.solve(y);
    RatingModel model =
        (RatingModel)
            Baseline.builder()
                .userRegularization(lambdaU)
                .itemRegularization(lambdaI)
                .iterations(200)
                .build()
                .fit(STARS);
    for (int u = 0; u < users; u++) {
      assertThat(model.factors().userBias()[u]).isCloseTo(solved.get(u), within(1e-9));
    }
    for (int i = 0; i < items; i++) {
      assertThat(model.factors().itemBias()[i]).isCloseTo(solved.get(users + i), within(1e-9));
    }
  }

  @Test
  void historyOfTrainingGetsTheScoresOfTrainingToTheBit() {
    RecommenderModel model = Baseline.builder().build().fit(STARS);
    for (String user : STARS.users().ids()) {
      assertThat(
              model
                  .recommend(
                      RecommendationQuery.forHistory(STARS.eventsOf(user)).limit(100).build())
                  .items())
          .isEqualTo(model.recommend(RecommendationQuery.forUser(user).limit(100).build()).items());
    }
  }

  @Test
  void updateIsAFitToOldAndNewToTheBit() {
    List<Event> events = STARS.events();
    List<Event> later = events.subList(150, events.size());
    Dataset before = Dataset.builder().addAll(events.subList(0, 150)).build();
    RecommenderModel updated = Baseline.builder().build().fit(before).update(later);
    RecommenderModel fitted = Baseline.builder().build().fit(STARS);
    for (String user : STARS.users().ids()) {
      for (String item : STARS.items().ids()) {
        assertThat(updated.predictRating(user, item)).isEqualTo(fitted.predictRating(user, item));
      }
    }
  }

  @Test
  void whatIsRatedBestComesFirstForEverybody() {
    RecommenderModel model = Baseline.builder().build().fit(STARS);
    RecommendationQuery.Builder all =
        RecommendationQuery.forUser(MadeUpRatings.user(0)).excludeSeen(false).limit(20);
    assertThat(model.recommend(all.build()).itemIds())
        .isEqualTo(model.recommend(all.user(MadeUpRatings.user(1)).build()).itemIds());
  }

  @Test
  void itemThatNobodyRatedIsNotRecommended() {
    Dataset data =
        STARS.toBuilder()
            .add(Interaction.view(MadeUpRatings.user(0), "only viewed", Instant.EPOCH))
            .build();
    assertThat(
            Baseline.builder()
                .build()
                .fit(data)
                .recommend(RecommendationQuery.forUser(MadeUpRatings.user(1)).limit(100).build())
                .itemIds())
        .doesNotContain("only viewed");
  }

  @Test
  void ratingsThatFadeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BaselineProvider().create(Options.of("weights", "RATING:1*value@30")))
        .withMessageContaining("RATING:1*value@30")
        .withMessageContaining("leave out the half-life");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.builder().halfLifeDays(30).build())
        .withMessageContaining("halfLifeDays");
  }

  @Test
  void contradictoryWaysToCombineAreRefusedWithBoth() {
    Weighting max = Ratings.WEIGHTS.defaultValue().withCombine(Weighting.Combine.MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BaselineProvider().create(Options.of("weights", max)))
        .withMessageContaining("MAX")
        .withMessageContaining("LAST");
    assertThat(Baseline.builder().weighting(max).build()).isNotNull();
  }

  @Test
  void noRegularizationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.builder().userRegularization(0).build())
        .withMessageContaining("userRegularization");
  }
}
