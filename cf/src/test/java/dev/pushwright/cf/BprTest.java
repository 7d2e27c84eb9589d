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
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Item;
import dev.pushwright.data.Weighting;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BprTest {

  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  /** Users of four tastes, who mostly keep to a quarter of the items; some items are popular. */
  private static Dataset tastes(int users, int items, int eventsEach, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset.Builder data = Dataset.builder();
    int ofOneTaste = items / 4;
    for (int u = 0; u < users; u++) {
      for (int e = 0; e < eventsEach; e++) {
        double skew = random.nextDouble();
        int inTaste = (int) (skew * skew * ofOneTaste);
        int taste = random.nextInt(10) == 0 ? random.nextInt(4) : u % 4;
        data.add(Interaction.view("u" + u, "i" + (inTaste * 4 + taste), T.plusSeconds(e)));
      }
    }
    return data.build();
  }

  private static InteractionMatrix matrix(Dataset data) {
    return data.interactions(Weighting.standard().withCombine(Weighting.Combine.BINARY));
  }

  private static Bpr.Plan plan(int factors, int epochs, Bpr.Sampling sampling) {
    return new Bpr.Plan(factors, 0.01, 0.05, epochs, 2, sampling, 7);
  }

  private static BprTrainer trained(Dataset data, Bpr.Plan plan, int threads) {
    BprTrainer trainer = new BprTrainer(matrix(data).byUser(), matrix(data).byItem(), plan);
    trainer.run(FitContext.standard().withThreads(threads));
    return trainer;
  }

  /** BPR-Opt of one triple, in double, as the class comment of {@link Bpr} has it. */
  private static double objective(double[] theta, int factors, double c, double lambda) {
    // p, q_i, q_j, b_i, b_j
    double x = theta[3 * factors] - theta[3 * factors + 1];
    for (int f = 0; f < factors; f++) {
      x += theta[f] * (theta[factors + f] - theta[2 * factors + f]);
    }
    double squares = 0;
    for (double t : theta) {
      squares += t * t;
    }
    return -c * Math.log1p(Math.exp(-x)) - lambda / 2 * squares;
  }

  // The odd number of factors leaves a rest after the eight sums of the dot product.
  @Test
  void aStepGoesAlongTheGradientByFiniteDifferences() {
    int factors = 11;
    double lambda = 0.3;
    float rate = 0.01f;
    SplittableRandom random = new SplittableRandom(1);
    for (float c : new float[] {0.25f, 1, 1.9f}) {
      float[][] rows = new float[3][factors];
      double[] theta = new double[3 * factors + 2];
      float[] biases = new float[2];
      for (int k = 0; k < theta.length; k++) {
        float value = (float) random.nextDouble(-1, 1);
        theta[k] = value;
        if (k < 3 * factors) {
          rows[k / factors][k % factors] = value;
        } else {
          biases[k - 3 * factors] = value;
        }
      }
      double loss = -objective(theta, factors, 1, 0);
      BprSteps steps = new BprSteps(rate, (float) lambda);
      steps.step(rows[0], rows[1], rows[2], biases, 0, 1, c);
      assertThat(steps.loss()).isCloseTo(loss, within(1e-6));
      assertThat(steps.count()).isEqualTo(1);
      for (int k = 0; k < theta.length; k++) {
        double h = 1e-6;
        double[] up = theta.clone();
        double[] down = theta.clone();
        up[k] += h;
        down[k] -= h;
        double slope =
            (objective(up, factors, c, lambda) - objective(down, factors, c, lambda)) / (2 * h);
        float after = k < 3 * factors ? rows[k / factors][k % factors] : biases[k - 3 * factors];
        // float32 keeps 7 digits of values near 1; a step is a hundredth of its slope.
        assertThat((after - theta[k]) / rate).as("parameter %s", k).isCloseTo(slope, within(3e-5));
      }
    }
  }

  @Test
  void aStepOfTheUserAloneIsThatPartOfTheWholeStep() {
    float[][] rows = {{0.3f, -0.2f, 0.9f}, {0.1f, 0.5f, -0.4f}, {-0.7f, 0.2f, 0.6f}};
    float[] user = rows[0].clone();
    float[] biases = {0.4f, -0.1f};
    new BprSteps(0.1f, 0.2f).stepOfUser(user, rows[1], rows[2], biases[0] - biases[1], 1.5f);
    new BprSteps(0.1f, 0.2f).step(rows[0], rows[1], rows[2], biases, 0, 1, 1.5f);
    assertThat(user).containsExactly(rows[0], within(1e-6f));
  }

  @Test
  void scoresFarApartGiveNeitherOverflowNorLoss() {
    float[] biases = {500, -500};
    BprSteps steps = new BprSteps(0.1f, 0);
    steps.step(new float[1], new float[1], new float[1], biases, 0, 1, 1);
    assertThat(steps.loss()).isZero();
    steps.step(new float[1], new float[1], new float[1], biases, 1, 0, 1);
    assertThat(steps.loss()).isCloseTo(1000, within(1e-3));
    assertThat(biases).containsExactly(new float[] {499.9f, -499.9f}, within(1e-3f));
  }

  @Test
  void theLossOfManyStepsIsTheSumOfTheirLogarithms() {
    SplittableRandom random = new SplittableRandom(3);
    BprSteps steps = new BprSteps(0, 0);
    double expected = 0;
    for (int s = 0; s < 2000; s++) {
      float[] biases = {(float) random.nextDouble(-30, 30), 0};
      expected += Math.log1p(Math.exp(-biases[0]));
      steps.step(new float[2], new float[2], new float[2], biases, 0, 1, 1);
    }
    assertThat(steps.loss()).isCloseTo(expected, within(1e-9 * expected));
  }

  /** The share of pairs of an item the user has and one the user has not, in the right order. */
  private static double areaUnderTheCurve(Dataset data, BprTrainer trainer) {
    InteractionMatrix matrix = matrix(data);
    double right = 0;
    double all = 0;
    for (int u = 0; u < matrix.users().size(); u++) {
      float[] scores = new float[matrix.items().size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = trainer.biases()[i];
        for (int f = 0; f < trainer.userRows()[u].length; f++) {
          scores[i] += trainer.userRows()[u][f] * trainer.itemRows()[i][f];
        }
      }
      for (int i = 0; i < scores.length; i++) {
        for (int j = 0; j < scores.length; j++) {
          if (matrix.byUser().get(u, i) > 0 && matrix.byUser().get(u, j) == 0) {
            right += scores[i] > scores[j] ? 1 : 0;
            all++;
          }
        }
      }
    }
    return right / all;
  }

  @ParameterizedTest
  @EnumSource
  void theAreaUnderTheCurveGrowsWithTheEpochs(Bpr.Sampling sampling) {
    Dataset data = tastes(100, 300, 15, 2);
    double first = areaUnderTheCurve(data, trained(data, plan(8, 1, sampling), 2));
    double more = areaUnderTheCurve(data, trained(data, plan(8, 30, sampling), 2));
    double last = areaUnderTheCurve(data, trained(data, plan(8, 100, sampling), 2));
    assertThat(more).isGreaterThan(first + 0.03);
    assertThat(last).isGreaterThan(more + 0.03).isGreaterThan(0.9);
  }

  @Test
  void theLossIsToldAfterEveryEpochAndFalls() {
    List<Progress> heard = new ArrayList<>();
    Bpr.builder()
        .epochs(30)
        .factors(8)
        .build()
        .fit(tastes(100, 300, 15, 2), FitContext.standard().withListener(heard::add));
    assertThat(heard).hasSize(30).extracting(Progress::phase).containsOnly("epochs");
    assertThat(heard.get(29).done()).isEqualTo(30);
    double first = heard.get(0).loss().orElseThrow();
    // Factors near 0 tell nothing, which is ln 2; the biases begin to learn at once.
    assertThat(first).isBetween(0.9 * Math.log(2), Math.log(2));
    assertThat(heard.get(9).loss().orElseThrow()).isLessThan(first - 0.05);
    assertThat(heard.get(29).loss().orElseThrow())
        .isLessThan(heard.get(9).loss().orElseThrow() - 0.05);
  }

  // 1200 items make nine blocks: more than there are threads.
  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsGivesTheSameBits(Bpr.Sampling sampling) {
    Dataset data = tastes(300, 1200, 20, 4);
    BprTrainer one = trained(data, plan(8, 5, sampling), 1);
    for (int threads : new int[] {2, 3, 8}) {
      BprTrainer more = trained(data, plan(8, 5, sampling), threads);
      assertThat(more.userRows()).isDeepEqualTo(one.userRows());
      assertThat(more.itemRows()).isDeepEqualTo(one.itemRows());
      assertThat(more.biases()).isEqualTo(one.biases());
    }
  }

  @Test
  void aSeedReproducesAndAnotherDiffers() {
    Dataset data = tastes(50, 100, 10, 5);
    RecommendationQuery query = RecommendationQuery.forUser("u3").build();
    List<Recommendation> first = Bpr.builder().seed(11).build().fit(data).recommend(query).items();
    assertThat(Bpr.builder().seed(11).build().fit(data).recommend(query).items()).isEqualTo(first);
    assertThat(Bpr.builder().seed(12).build().fit(data).recommend(query).items())
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void aUserWhoHasEverythingIsNoTrouble(Bpr.Sampling sampling) {
    Dataset.Builder data = tastes(20, 40, 10, 6).toBuilder();
    for (int i = 0; i < 40; i++) {
      data.add(Interaction.view("glutton", "i" + i, T));
      if (i != 17) {
        data.add(Interaction.view("nearly", "i" + i, T));
      }
    }
    RecommenderModel model = Bpr.builder().sampling(sampling).factors(4).build().fit(data.build());
    assertThat(model.recommend(RecommendationQuery.forUser("glutton").build()).items()).isEmpty();
    assertThat(model.recommend(RecommendationQuery.forUser("nearly").build()).itemIds())
        .containsExactly("i17");
    // The same as histories.
    for (String user : List.of("glutton", "nearly")) {
      assertThat(
              model
                  .recommend(
                      RecommendationQuery.forHistory(data.build().eventsOf(user))
                          .excludeSeen(false)
                          .limit(100)
                          .build())
                  .items())
          .hasSize(40);
    }
    Dataset everybody =
        Dataset.builder()
            .add(Interaction.view("a", "x", T))
            .add(Interaction.view("b", "x", T))
            .build();
    assertThat(
            Bpr.builder()
                .build()
                .fit(everybody)
                .recommend(RecommendationQuery.forUser("a").excludeSeen(false).build())
                .itemIds())
        .containsExactly("x");
  }

  // A user's own vector still moves when training ends, so the first ten are alike, not equal.
  @Test
  void aHistoryOfTrainingGetsNearlyTheAnswerOfTraining() {
    Dataset data = tastes(200, 400, 30, 8);
    RecommenderModel model = Bpr.builder().factors(16).epochs(60).build().fit(data);
    double shared = 0;
    for (int u = 0; u < 200; u++) {
      List<String> trained =
          model.recommend(RecommendationQuery.forUser("u" + u).build()).itemIds();
      Set<String> folded =
          new HashSet<>(
              model
                  .recommend(RecommendationQuery.forHistory(data.eventsOf("u" + u)).build())
                  .itemIds());
      folded.retainAll(trained);
      shared += folded.size() / 10.0 / 200;
    }
    assertThat(shared).isGreaterThan(0.8);
  }

  @Test
  void aHistoryIsAnsweredAlikeWhateverWasAskedBefore() {
    Dataset data = tastes(60, 100, 10, 9);
    RecommenderModel model = Bpr.builder().factors(8).build().fit(data);
    RecommendationQuery one =
        RecommendationQuery.forHistory(data.eventsOf("u1")).explain(true).build();
    RecommendationQuery other =
        RecommendationQuery.forHistory(data.eventsOf("u2")).explain(true).build();
    List<Recommendation> first = model.recommend(one).items();
    List<Recommendation> second = model.recommend(other).items();
    assertThat(second).isNotEqualTo(first);
    assertThat(model.recommend(one).items()).isEqualTo(first);
    assertThat(model.recommend(other).items()).isEqualTo(second);
  }

  @Test
  void reasonsAreTheOwnItemsOfTheSameTaste() {
    Dataset data =
        Dataset.builder()
            .addAll(tastes(200, 80, 8, 10).events())
            // Of taste 0 and of taste 1.
            .add(Interaction.view("both", "i0", T))
            .add(Interaction.view("both", "i1", T))
            .build();
    RecommenderModel model = Bpr.builder().factors(8).epochs(100).build().fit(data);
    List<Recommendation> items =
        model
            .recommend(RecommendationQuery.forUser("both").limit(10).explain(true).build())
            .items();
    assertThat(items).hasSize(10);
    int checked = 0;
    for (Recommendation item : items) {
      int taste = Integer.parseInt(item.itemId().substring(1)) % 4;
      if (taste < 2 && item.reasons().get(0) instanceof Reason.OwnItem own) {
        assertThat(own.itemId()).as("why %s", item.itemId()).isEqualTo("i" + taste);
        assertThat(own.share()).isGreaterThan(0.6);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(5);
  }

  @Test
  void anItemNobodyHasIsNotRecommendedAndAHistoryOfNothingElseFallsBack() {
    Dataset data = tastes(20, 40, 10, 6).toBuilder().add(Item.of("new")).build();
    RecommenderModel model = Bpr.builder().factors(4).build().fit(data);
    assertThat(
            model
                .recommend(RecommendationQuery.forUser("u1").excludeSeen(false).limit(100).build())
                .itemIds())
        .doesNotContain("new")
        .hasSizeGreaterThan(20);
    assertThat(
            model
                .recommend(
                    RecommendationQuery.forHistory(List.of(Interaction.view("x", "new", T)))
                        .build())
                .basis())
        .isEqualTo(Basis.EVERYBODY);
  }

  @Test
  void whatWeighsMoreIsLearnedMore() {
    assertThat(new Confidence(3).of(3)).isEqualTo(1);
    assertThat(new Confidence(3).of(9)).isEqualTo(1.5f);
    assertThat(new Confidence(3).of(1)).isEqualTo(0.5f);
    assertThat(new Confidence(1e-30f).of(1e30f)).isEqualTo(2);
    assertThat(new Confidence(1e30f).of(Float.MIN_VALUE)).isBetween(0f, 1e-30f);
    // One purchase outweighs one view.
    Dataset data =
        Dataset.builder()
            .addAll(tastes(200, 80, 8, 10).events())
            .add(Interaction.view("both", "i0", T))
            .add(Interaction.purchase("both", "i1", 1, 5, T))
            .build();
    List<String> items =
        Bpr.builder()
            .factors(8)
            .epochs(100)
            .weighting(Weighting.parse("VIEW:1, PURCHASE:20"))
            .build()
            .fit(data)
            .recommend(RecommendationQuery.forUser("both").limit(10).build())
            .itemIds();
    assertThat(items.stream().filter(id -> Integer.parseInt(id.substring(1)) % 4 == 1).count())
        .isGreaterThan(
            items.stream().filter(id -> Integer.parseInt(id.substring(1)) % 4 == 0).count());
  }

  @Test
  void divergenceNamesEpochPlaceAndRate() {
    assertThatThrownBy(
            () ->
                Bpr.builder()
                    .learningRate(10)
                    .regularization(10)
                    .build()
                    .fit(tastes(50, 100, 10, 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "bpr diverged: .* in epoch \\d+ of \\d+, .* at learningRate 10.0 and regularization"
                + " 10.0; lower learningRate");
  }

  @Test
  void builderAndNameEndInTheSameSettings() {
    Dataset data = tastes(20, 30, 5, 3);
    RecommenderModel byName =
        Plugins.load()
            .recommender(
                "bpr",
                Options.of("factors", "5", "regularization", 0.02)
                    .with("learningRate", 0.1)
                    .with("epochs", 3)
                    .with("negatives", 2)
                    .with("sampling", "popularity")
                    .with("seed", 9))
            .fit(data);
    RecommenderModel byType =
        Bpr.builder()
            .factors(5)
            .regularization(0.02)
            .learningRate(0.1)
            .epochs(3)
            .negatives(2)
            .sampling(Bpr.Sampling.POPULARITY)
            .seed(9)
            .build()
            .fit(data);
    assertThat(byName.provenance()).isEqualTo(byType.provenance());
    assertThat(byName.provenance().options()).containsEntry("sampling", "popularity");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    assertThatThrownBy(() -> Bpr.builder().factors(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option factors is 0; allowed: 1 to 2048");
    assertThatThrownBy(() -> Bpr.builder().learningRate(0).build())
        .hasMessageContaining("option learningRate is 0");
    assertThatThrownBy(() -> Plugins.load().recommender("bpr", Options.of("sampling", "magic")))
        .hasMessageContaining("uniform, popularity");
  }
}
