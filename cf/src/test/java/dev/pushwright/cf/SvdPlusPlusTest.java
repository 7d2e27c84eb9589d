// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static dev.pushwright.cf.MadeUpRatings.ONE_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.spi.Options;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SvdPlusPlusTest {

  private static SvdPlusPlusTrainer trainer(Ratings ratings, Options options) {
    return new SvdPlusPlusTrainer(
        SvdPlusPlus.NAME, ratings, MadeUpRatings.options(SvdPlusPlus.OPTIONS, options), ONE_THREAD);
  }

  // The two users share no item. Within a user's ratings each sees what the one before moved, so
  // the step is the gradient up to the rate, which is small.
  @Test
  void stepIsTheGradientByFiniteDifferences() {
    Ratings ratings = MadeUpRatings.of(new double[][] {{5, 2, 4, 0, 0}, {0, 0, 0, 1, 3}});
    Options options =
        Options.of("factors", 9).with("regularization", 0.3).with("biasRegularization", 0.2);
    SvdPlusPlusTrainer trainer = trainer(ratings, options);
    trainer.userBias[0] = 0.4f;
    trainer.itemBias[4] = -0.3f;
    double[] before = parameters(trainer);
    float rate = 1e-3f;
    double loss = trainer.epoch(1, rate);
    double[] after = parameters(trainer);
    assertThat(loss).isCloseTo(objective(trainer, before, 0, 0), within(0.05));
    for (int n = 0; n < before.length; n++) {
      double step = 1e-4;
      double[] up = before.clone();
      double[] down = before.clone();
      up[n] += step;
      down[n] -= step;
      double gradient =
          (objective(trainer, up, 0.3, 0.2) - objective(trainer, down, 0.3, 0.2)) / (2 * step);
      assertThat((before[n] - after[n]) / rate)
          .as("parameter %s of %s", n, before.length)
          .isCloseTo(gradient / 2, within(5e-3 * Math.max(1, Math.abs(gradient))));
    }
  }

  private static double[] parameters(SvdPlusPlusTrainer trainer) {
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

  /** The twin, in double, equation by equation: p, q, y, users' biases, items' biases. */
  private static double objective(
      SvdPlusPlusTrainer trainer, double[] x, double lambda, double biasLambda) {
    int k = trainer.factors;
    int users = trainer.userBias.length;
    int items = trainer.itemBias.length;
    double sum = 0;
    RatingSamples samples = trainer.learned;
    for (int s = 0; s < samples.size(); s++) {
      int u = samples.users()[s];
      int i = samples.items()[s];
      double userBias = x[(users + 2 * items) * k + u];
      double itemBias = x[(users + 2 * items) * k + users + i];
      double predicted = userBias + itemBias;
      double squares = 0;
      for (int f = 0; f < k; f++) {
        double implicit = 0;
        int n = 0;
        for (int t = 0; t < samples.size(); t++) {
          if (samples.users()[t] == u) {
            implicit += x[(users + items + samples.items()[t]) * k + f];
            n++;
          }
        }
        double p = x[u * k + f];
        double q = x[(users + i) * k + f];
        double y = x[(users + items + i) * k + f];
        predicted += (p + implicit / Math.sqrt(n)) * q;
        squares += p * p + q * q + y * y;
      }
      double error = samples.values()[s] - predicted;
      sum += error * error + lambda * squares;
      sum += biasLambda * (userBias * userBias + itemBias * itemBias);
    }
    return sum;
  }

  // Ratings carry no information but the choice of what is rated does: lovers of the even items
  // rate many of them, and rate the one item "test" 5; lovers of the odd ones rate it 1.
  @Test
  void whatWasRatedAtAllTellsWhateverTheRatings() {
    SplittableRandom random = new SplittableRandom(1);
    Dataset.Builder data = Dataset.builder();
    List<String> asked = new ArrayList<>();
    for (int u = 0; u < 200; u++) {
      for (int i = 0; i < 60; i++) {
        if (i % 2 == u % 2 && random.nextInt(3) == 0) {
          data.add(MadeUpRatings.rating(u, i, 3));
        }
      }
      if (u < 160) {
        double value = u % 2 == 0 ? 5 : 1;
        data.add(Interaction.rating(MadeUpRatings.user(u), "test", value, Instant.EPOCH));
      } else {
        asked.add(MadeUpRatings.user(u));
      }
    }
    Dataset ratings = data.build();
    RecommenderModel model =
        SvdPlusPlus.builder().factors(8).regularization(0.02).epochs(60).build().fit(ratings);
    RecommenderModel deaf =
        BiasedMf.builder().factors(8).regularization(0.02).epochs(60).build().fit(ratings);
    double told = 0;
    double untold = 0;
    for (int n = 0; n < asked.size(); n++) {
      int sign = n % 2 == 0 ? 1 : -1;
      told += sign * model.predictRating(asked.get(n), "test") / asked.size();
      untold += sign * deaf.predictRating(asked.get(n), "test") / asked.size();
    }
    assertThat(told).as("how much higher those of even taste are predicted").isGreaterThan(1);
    assertThat(untold).as("the same by a model of the ratings alone").isLessThan(told / 2);
  }

  @Test
  void lossGoesDownEpochByEpoch() {
    SvdPlusPlusTrainer trainer =
        trainer(MadeUpRatings.of(MadeUpRatings.stars(200, 80, 0.3, 4)), Options.of("epochs", 12));
    trainer.train();
    List<Double> losses = trainer.losses();
    assertThat(losses).hasSize(12);
    for (int epoch = 1; epoch < 12; epoch++) {
      assertThat(losses.get(epoch)).isLessThan(losses.get(epoch - 1));
    }
  }

  @Test
  void earlyStoppingKeepsTheSumsThatBelongToTheKeptEpoch() {
    Ratings ratings = MadeUpRatings.of(MadeUpRatings.stars(80, 60, 0.3, 7));
    Options options =
        Options.of("validationShare", 0.2)
            .with("regularization", 0)
            .with("learningRateDecay", 1)
            .with("factors", 12)
            .with("epochs", 300)
            .with("patience", 2);
    SvdPlusPlusTrainer stopping = trainer(ratings, options);
    RatingFactors kept = stopping.train();
    int stopped = stopping.losses().size();
    assertThat(stopped).isBetween(3, 299);
    SvdPlusPlusTrainer upTo =
        trainer(ratings, options.with("epochs", stopped - 2).with("patience", 999));
    assertThat(upTo.train().userFactors()).isEqualTo(kept.userFactors());
  }

  @Test
  void divergenceIsLoud() {
    Dataset data = MadeUpRatings.stars(100, 80, 0.6, 11);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> SvdPlusPlus.builder().learningRate(10).build().fit(data))
        .withMessageContaining("svd++ diverged in epoch 1")
        .withMessageMatching("(?s).*user \\d+ of 100.*")
        .withMessageContaining("learningRate 10.0");
  }

  @Test
  void orderOfTheEventsDoesNotMatter() {
    Dataset data = MadeUpRatings.stars(30, 20, 0.4, 12);
    List<Event> backwards = new ArrayList<>(data.events());
    Collections.reverse(backwards);
    Dataset other = Dataset.builder().addAll(backwards).build();
    assertThat(
            SvdPlusPlus.builder().build().fit(other).predictRating(MadeUpRatings.user(3), "i1004"))
        .isEqualTo(
            SvdPlusPlus.builder().build().fit(data).predictRating(MadeUpRatings.user(3), "i1004"));
  }
}
