// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static dev.pushwright.cf.MadeUpRatings.ONE_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.eval.RatingMetrics;
import dev.pushwright.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BiasedMfTest {

  private static BiasedMfTrainer trainer(Ratings ratings, Options options) {
    return new BiasedMfTrainer(
        BiasedMf.NAME, ratings, MadeUpRatings.options(BiasedMf.OPTIONS, options), ONE_THREAD);
  }

  // Each number is touched by one rating only, so an epoch is one step down the gradient of the
  // whole objective, half of which is what the rate is multiplied by.
  @Test
  void stepIsTheGradientByFiniteDifferences() {
    Ratings ratings = MadeUpRatings.of(new double[][] {{5, 0}, {0, 2}});
    Options options =
        Options.of("factors", 11).with("regularization", 0.3).with("biasRegularization", 0.2);
    BiasedMfTrainer trainer = trainer(ratings, options);
    trainer.userBias[0] = 0.4f;
    trainer.itemBias[1] = -0.3f;
    double[] before = parameters(trainer);
    float rate = 0.01f;
    double loss = trainer.epoch(1, rate);
    double[] after = parameters(trainer);
    assertThat(loss).isCloseTo(objective(trainer, before, 0, 0), within(1e-4));
    for (int n = 0; n < before.length; n++) {
      double step = 1e-4;
      double[] up = before.clone();
      double[] down = before.clone();
      up[n] += step;
      down[n] -= step;
      double gradient =
          (objective(trainer, up, 0.3, 0.2) - objective(trainer, down, 0.3, 0.2)) / (2 * step);
      assertThat((before[n] - after[n]) / rate)
          .as("parameter %s", n)
          .isCloseTo(gradient / 2, within(1e-3 * Math.max(1, Math.abs(gradient))));
    }
  }

  private static double[] parameters(BiasedMfTrainer trainer) {
    List<Double> all = new ArrayList<>();
    for (float[][] tensor : trainer.learnedTensors()) {
      for (float[] row : tensor) {
        for (float value : row) {
          all.add((double) value);
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The twin, in double: users' vectors, items' vectors, users' biases, items' biases. */
  private static double objective(
      BiasedMfTrainer trainer, double[] x, double lambda, double biasLambda) {
    int k = trainer.factors;
    int users = trainer.userBias.length;
    int items = trainer.itemBias.length;
    double sum = 0;
    for (int s = 0; s < trainer.learned.size(); s++) {
      int u = trainer.learned.users()[s];
      int i = trainer.learned.items()[s];
      double userBias = x[(users + items) * k + u];
      double itemBias = x[(users + items) * k + users + i];
      double predicted = userBias + itemBias;
      double squares = 0;
      for (int f = 0; f < k; f++) {
        double p = x[u * k + f];
        double q = x[(users + i) * k + f];
        predicted += p * q;
        squares += p * p + q * q;
      }
      double error = trainer.learned.values()[s] - predicted;
      sum += error * error + lambda * squares;
      sum += biasLambda * (userBias * userBias + itemBias * itemBias);
    }
    return sum;
  }

  // r = 3 + 2·a·c with signs a and c: of rank one beside the mean. A third is never seen.
  @Test
  void matrixOfRankOneIsRecovered() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 40;
    double[][] whole = new double[n][n];
    Dataset.Builder seen = Dataset.builder();
    boolean[][] hidden = new boolean[n][n];
    int[] a = random.ints(n, 0, 2).toArray();
    int[] c = random.ints(n, 0, 2).toArray();
    for (int u = 0; u < n; u++) {
      for (int i = 0; i < n; i++) {
        whole[u][i] = a[u] == c[i] ? 5 : 1;
        hidden[u][i] = random.nextInt(3) == 0;
        if (!hidden[u][i]) {
          seen.add(MadeUpRatings.rating(u, i, whole[u][i]));
        }
      }
    }
    RecommenderModel model =
        BiasedMf.builder()
            .factors(1)
            .regularization(0.001)
            .learningRateDecay(0.99)
            .epochs(200)
            .build()
            .fit(seen.build());
    for (int u = 0; u < n; u++) {
      for (int i = 0; i < n; i++) {
        if (hidden[u][i]) {
          assertThat(model.predictRating(MadeUpRatings.user(u), MadeUpRatings.item(i)))
              .as("hidden rating of item %s by user %s", i, u)
              .isCloseTo(whole[u][i], within(0.02));
        }
      }
    }
  }

  @Test
  void lossGoesDownEpochByEpoch() {
    BiasedMfTrainer trainer =
        trainer(MadeUpRatings.of(MadeUpRatings.stars(200, 80, 0.3, 4)), Options.of("epochs", 12));
    trainer.train();
    List<Double> losses = trainer.losses();
    assertThat(losses).hasSize(12);
    for (int epoch = 1; epoch < 12; epoch++) {
      assertThat(losses.get(epoch)).isLessThan(losses.get(epoch - 1));
    }
  }

  @Test
  void blocksAreManyWhereRatingsAreAndTheirNumberIsTheDatas() {
    assertThat(BiasedMfTrainer.groups(0)).isEqualTo(1);
    assertThat(BiasedMfTrainer.groups(3_999)).isEqualTo(1);
    assertThat(BiasedMfTrainer.groups(4_000)).isEqualTo(2);
    assertThat(BiasedMfTrainer.groups(Integer.MAX_VALUE)).isEqualTo(16);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Ratings ratings = MadeUpRatings.of(MadeUpRatings.stars(300, 150, 0.4, 5));
    assertThat(BiasedMfTrainer.groups(ratings.byUser().size())).isGreaterThan(3);
    SgdOptions options =
        MadeUpRatings.options(BiasedMf.OPTIONS, Options.of("epochs", 4).with("factors", 13));
    RatingFactors one = new BiasedMfTrainer("x", ratings, options, ONE_THREAD).train();
    for (int threads : new int[] {2, 3, 8}) {
      RatingFactors other =
          new BiasedMfTrainer("x", ratings, options, FitContext.standard().withThreads(threads))
              .train();
      assertThat(other.userFactors()).isEqualTo(one.userFactors());
      assertThat(other.itemFactors()).isDeepEqualTo(one.itemFactors());
      assertThat(other.userBias()).isEqualTo(one.userBias());
      assertThat(other.itemBias()).isEqualTo(one.itemBias());
    }
  }

  @Test
  void seedChangesTheModelAndIsAllThatDoes() {
    Dataset data = MadeUpRatings.stars(30, 20, 0.4, 6);
    double one = predicted(data, 1);
    assertThat(predicted(data, 1)).isEqualTo(one);
    assertThat(predicted(data, 2)).isNotEqualTo(one);
  }

  private static double predicted(Dataset data, long seed) {
    return BiasedMf.builder()
        .seed(seed)
        .build()
        .fit(data)
        .predictRating(MadeUpRatings.user(0), MadeUpRatings.item(0));
  }

  @Test
  void trainingStopsWhereWatchedRatingsArePredictedNoBetterAndTheBestEpochIsKept() {
    Ratings ratings = MadeUpRatings.of(MadeUpRatings.stars(80, 60, 0.3, 7));
    // Many factors without regularization learn the noise.
    Options options =
        Options.of("validationShare", 0.2)
            .with("regularization", 0)
            .with("learningRateDecay", 1)
            .with("factors", 20)
            .with("epochs", 400);
    BiasedMfTrainer stopping = trainer(ratings, options.with("patience", 2));
    RatingFactors kept = stopping.train();
    int stopped = stopping.losses().size();
    assertThat(stopped).isBetween(3, 200);
    double[] errors = new double[stopped + 1];
    for (int epochs = 1; epochs <= stopped; epochs++) {
      BiasedMfTrainer upTo = trainer(ratings, options.with("epochs", epochs).with("patience", 999));
      errors[epochs] = watchedError(upTo, upTo.train());
    }
    // What is kept is the best but for less than counts as a gain.
    double best = errors[1];
    for (int epochs = 2; epochs <= stopped; epochs++) {
      best = Math.min(best, errors[epochs]);
    }
    assertThat(watchedError(stopping, kept)).isCloseTo(best, within(3e-4));
  }

  private static double watchedError(RatingSgd trainer, RatingFactors factors) {
    double[] actual = new double[trainer.watched.size()];
    double[] predicted = new double[actual.length];
    for (int s = 0; s < actual.length; s++) {
      int u = trainer.watched.users()[s];
      int i = trainer.watched.items()[s];
      actual[s] = trainer.watched.values()[s];
      predicted[s] = factors.userBias()[u] + factors.itemBias()[i];
      for (int f = 0; f < factors.factors(); f++) {
        predicted[s] +=
            factors.userFactors()[u * factors.factors() + f] * factors.itemFactors()[f][i];
      }
    }
    return RatingMetrics.rmse(actual, predicted);
  }

  @Test
  void everyRatingIsLearnedFromOrWatchedAndTheSeedSaysWhich() {
    Ratings ratings = MadeUpRatings.of(MadeUpRatings.stars(80, 60, 0.3, 8));
    int all = ratings.byUser().size();
    RatingSamples.Split split = RatingSamples.of(ratings, 0.25, 9);
    assertThat(split.learned().size() + split.watched().size()).isEqualTo(all);
    assertThat((double) split.watched().size() / all).isCloseTo(0.25, within(0.05));
    RatingSamples.Split again = RatingSamples.of(ratings, 0.25, 9);
    assertThat(again.watched().items()).isEqualTo(split.watched().items());
    assertThat(again.watched().users()).isEqualTo(split.watched().users());
    assertThat(RatingSamples.of(ratings, 0.25, 10).watched().items())
        .isNotEqualTo(split.watched().items());
    assertThat(RatingSamples.of(ratings, 0, 9).watched().size()).isZero();
  }

  @Test
  void scaleOfTheRatingsDoesNotMatter() {
    Dataset stars = MadeUpRatings.stars(60, 40, 0.4, 10);
    RecommenderModel model = BiasedMf.builder().factors(8).build().fit(stars);
    RecommenderModel percent =
        BiasedMf.builder().factors(8).build().fit(MadeUpRatings.rescaled(stars, 20, 1000));
    for (String user : stars.users().ids()) {
      for (String item : stars.items().ids()) {
        assertThat(percent.predictRating(user, item))
            .isCloseTo(20 * model.predictRating(user, item) + 1000, within(0.05));
      }
    }
  }

  @Test
  void divergenceIsLoud() {
    Dataset data = MadeUpRatings.stars(100, 80, 0.6, 11);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> BiasedMf.builder().learningRate(10).build().fit(data))
        .withMessageContaining("biased-mf diverged in epoch 1")
        .withMessageContaining("block 0 of 4")
        .withMessageContaining("learningRate 10.0")
        .withMessageContaining("choose a smaller learningRate");
  }

  @Test
  void epochsAreToldAsProgressWithTheirLoss() {
    List<Progress> heard = new ArrayList<>();
    BiasedMf.builder()
        .epochs(5)
        .build()
        .fit(MadeUpRatings.stars(30, 20, 0.4, 12), FitContext.standard().withListener(heard::add));
    assertThat(heard).extracting(Progress::done).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(heard).allMatch(step -> step.total() == 5 && step.phase().equals("epochs"));
    assertThat(heard.get(4).loss().orElseThrow()).isLessThan(heard.get(0).loss().orElseThrow());
  }

  @Test
  void badOptionsAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasedMf.builder().factors(0).build())
        .withMessageContaining("factors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasedMf.builder().validationShare(0.6).build())
        .withMessageContaining("validationShare");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasedMf.builder().learningRateDecay(1.1).build())
        .withMessageContaining("learningRateDecay");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BiasedMfProvider().create(Options.of("weights", "RATING:1*value@9")))
        .withMessageContaining("half-life");
  }
}
