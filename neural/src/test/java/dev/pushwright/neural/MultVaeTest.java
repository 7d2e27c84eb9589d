// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.MultinomialCrossEntropy;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultVaeTest {

  private static final int I = 6;
  private static final VaeNet.Shape SHAPE = new VaeNet.Shape(4, 3);
  private static final int B = 3;
  private static final float BETA = 0.3f;
  private static final int[] STARTS = {0, 2, 3, 6};
  private static final int[] IDS = {1, 4, 5, 0, 2, 4};
  private static final float[] X = {0.6f, 0.8f, 1, 0.5f, 0.5f, 0.7f};
  private static final int[] TARGET_STARTS = {0, 3, 4, 7};
  private static final int[] TARGETS = {1, 3, 4, 5, 0, 2, 4};
  private static final float[] COUNTS = {1, 1, 1, 2, 0.5f, 1, 1};

  @TempDir Path folder;

  private static float[] noise() {
    float[] noise = new float[B * SHAPE.latent()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) CounterRandom.gaussian(4, i);
    }
    return noise;
  }

  private static double loss(VaeNet net, MultinomialCrossEntropy likelihood) {
    float[] logits = net.learn(STARTS, IDS, X, noise(), B);
    return likelihood.forward(logits, TARGET_STARTS, TARGETS, COUNTS, B) + BETA * net.divergence();
  }

  @Test
  void theGradientOfTheWholeModelIsTheSlopeOfItsLoss() {
    Parameters parameters = new Parameters(3);
    VaeNet net = new VaeNet(parameters, I, SHAPE);
    NetGradients.scatter(parameters, 0.5);
    MultinomialCrossEntropy likelihood = new MultinomialCrossEntropy(I);
    NetGradients.check(
        parameters,
        () -> loss(net, likelihood),
        () -> {
          loss(net, likelihood);
          net.backward(likelihood.backward(1), BETA);
        },
        Double.POSITIVE_INFINITY);
  }

  private static double[] values(Parameters parameters, String name) {
    float[] values = parameters.get(name).values();
    double[] doubles = new double[values.length];
    java.util.Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  private static double[] dense(Parameters parameters, String name, double[] x) {
    double[] w = values(parameters, name + ".weight");
    double[] y = values(parameters, name + ".bias");
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += x[i] * w[i * y.length + o];
      }
    }
    return y;
  }

  private static double[] tanh(double[] x) {
    return java.util.Arrays.stream(x).map(Math::tanh).toArray();
  }

  // The equations of the class comment, user by user and with every zero of the input.
  @Test
  void theLossIsThatOfTheEquations() {
    Parameters parameters = new Parameters(3);
    VaeNet net = new VaeNet(parameters, I, SHAPE);
    NetGradients.scatter(parameters, 0.5);
    double expected = 0;
    for (int u = 0; u < B; u++) {
      double[] h = values(parameters, VaeNet.ENCODER_BIAS);
      double[] table = values(parameters, VaeNet.ENCODER);
      for (int k = STARTS[u]; k < STARTS[u + 1]; k++) {
        for (int o = 0; o < h.length; o++) {
          h[o] += X[k] * table[IDS[k] * h.length + o];
        }
      }
      double[] mu = dense(parameters, VaeNet.MEAN, tanh(h));
      double[] s = dense(parameters, VaeNet.LOG_VARIANCE, tanh(h));
      double[] z = new double[mu.length];
      for (int k = 0; k < z.length; k++) {
        z[k] = mu[k] + noise()[u * z.length + k] * Math.exp(s[k] / 2);
        expected += BETA * 0.5 * (mu[k] * mu[k] + Math.exp(s[k]) - 1 - s[k]);
      }
      double[] logits = dense(parameters, VaeNet.OUT, tanh(dense(parameters, VaeNet.DECODER, z)));
      double sum = java.util.Arrays.stream(logits).map(Math::exp).sum();
      for (int k = TARGET_STARTS[u]; k < TARGET_STARTS[u + 1]; k++) {
        expected -= COUNTS[k] * Math.log(Math.exp(logits[TARGETS[k]]) / sum);
      }
    }
    assertThat(loss(net, new MultinomialCrossEntropy(I))).isCloseTo(expected, within(1e-4));
  }

  @Test
  void scoringIsTheNetworkUnderTheSoftmax() {
    int items = 50;
    VaeNet.Shape shape = new VaeNet.Shape(13, 7);
    Parameters parameters = new Parameters(3);
    VaeNet net = new VaeNet(parameters, items, shape);
    NetGradients.scatter(parameters, 0.5);
    float[] scores = new float[items];
    new VaeScorer(parameters, shape).score(new int[] {3, 40}, new float[] {0.6f, 0.8f}, 2, scores);
    float[] logits = net.forward(new int[] {0, 2}, new int[] {3, 40}, new float[] {0.6f, 0.8f}, 1);
    double sum = 0;
    double all = 0;
    for (int i = 0; i < items; i++) {
      sum += Math.exp(logits[i]);
      all += Math.exp(scores[i]);
    }
    assertThat(all).isCloseTo(1, within(1e-5));
    for (int i = 0; i < items; i++) {
      assertThat((double) scores[i]).isCloseTo(logits[i] - Math.log(sum), within(1e-4));
    }
  }

  @Test
  void theWeightOfTheDivergenceRisesInAStraightLineToItsHeight() {
    VaePlan plan = new VaePlan(0.01, 9, 8, 0.5, 0.2, 4, 0, 5, 1);
    assertThat(plan.beta(0, 10)).isZero();
    assertThat(plan.beta(10, 10)).isCloseTo(0.05, within(1e-12));
    assertThat(plan.beta(39, 10)).isCloseTo(0.195, within(1e-12));
    assertThat(plan.beta(40, 10)).isEqualTo(0.2);
    assertThat(plan.beta(4000, 10)).isEqualTo(0.2);
    assertThat(new VaePlan(0.01, 9, 8, 0.5, 0.2, 0, 0, 5, 1).beta(0, 10)).isEqualTo(0.2);
  }

  private static MultVae recommender(Options more) {
    Options options =
        Options.of("hidden", 12)
            .with("latent", 6)
            .with("epochs", 12)
            .with("annealEpochs", 4)
            .with("learningRate", 0.01);
    for (var entry : more.values().entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    return (MultVae) Plugins.load().recommender("mult-vae", options);
  }

  private static float[][] values(RecommenderModel model) {
    return ((VaeModel) model).parameters().copyValues();
  }

  // More users than a chunk has, more chunks than a batch.
  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    Dataset data = Tastes.data(300, 80, 12, 3);
    MultVae recommender = recommender(Options.of("validationShare", 0.1));
    float[][] one = values(recommender.fit(data, FitContext.standard().withThreads(1)));
    assertThat(values(recommender.fit(data, FitContext.standard().withThreads(8))))
        .isDeepEqualTo(one);
    assertThat(values(recommender(Options.of("validationShare", 0.1).with("seed", 2)).fit(data)))
        .isNotEqualTo(one);
  }

  @Test
  void aFitThatGoesOnFromACheckpointEndsWithTheBitsOfAnUninterruptedOne() {
    Dataset data = Tastes.data(150, 80, 12, 3);
    MultVae recommender = recommender(Options.of("validationShare", 0.1));
    float[][] whole = values(recommender.fit(data));
    Path file = folder.resolve("checkpoint.safetensors");
    assertThatThrownBy(
            () -> recommender.fit(data, NeuralRecommendersTest.stoppingAfterFive(), file))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    List<Progress> heard = new ArrayList<>();
    RecommenderModel resumed =
        recommender.fit(data, FitContext.standard().withListener(heard::add), file);
    assertThat(heard.get(0).done()).isEqualTo(6);
    assertThat(values(resumed)).isDeepEqualTo(whole);
  }

  @Test
  void progressTellsLossMetricAndSpeedAndTheBestEpochIsKept() {
    Dataset data = Tastes.data(120, 80, 15, 3);
    List<Progress> heard = new ArrayList<>();
    Options options = Options.of("validationShare", 0.2).with("patience", 3).with("epochs", 200);
    RecommenderModel model =
        recommender(options).fit(data, FitContext.standard().withListener(heard::add));
    assertThat(heard.size()).isLessThan(200);
    int best = 0;
    for (int e = 0; e < heard.size(); e++) {
      assertThat(heard.get(e).figures()).containsOnlyKeys("ndcg@10", "samples/s");
      best = ndcg(heard.get(e)) > ndcg(heard.get(best)) ? e : best;
    }
    assertThat(ndcg(heard.get(best))).isGreaterThan(ndcg(heard.get(0)) + 0.05);
    assertThat(heard.size() - 1 - best).isEqualTo(3);
    assertThat(values(model))
        .isDeepEqualTo(values(recommender(options.with("epochs", best + 1)).fit(data)));
  }

  private static double ndcg(Progress progress) {
    return Objects.requireNonNull(progress.figures().get("ndcg@10"));
  }

  @Test
  void aHistoryOfTrainingGetsTheAnswerOfTrainingToTheBit() {
    Dataset data = Tastes.data(100, 80, 12, 3);
    RecommenderModel model = recommender(Options.none()).fit(data);
    for (String user : data.users().ids()) {
      List<Recommendation> trained =
          model.recommend(RecommendationQuery.forUser(user).limit(20).build()).items();
      assertThat(
              model
                  .recommend(RecommendationQuery.forHistory(data.eventsOf(user)).limit(20).build())
                  .items())
          .isEqualTo(trained);
    }
  }

  @Test
  void divergenceIsToldWithEpochBatchAndRate() {
    assertThatThrownBy(
            () ->
                recommender(Options.of("learningRate", 10).with("klWeight", 10).with("epochs", 99))
                    .fit(Tastes.data(60, 80, 12, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mult-vae diverged")
        .hasMessageContaining("at learningRate 10.0; lower learningRate");
  }

  @Test
  void damagedNumbersAreRefusedOrDoNoHarm() throws IOException {
    Dataset data = DamagedFiles.data();
    RecommenderModel model = recommender(Options.of("segmentBy", "region")).fit(data);
    Path file = folder.resolve("model.safetensors");
    DamagedFiles.areRefusedOrDoNoHarm(model, data, file, Plugins.load(), 200).hasBoth(0.1);
  }

  @Test
  void aSavedModelAnswersTheSame() {
    Dataset data = Tastes.data(60, 80, 12, 3);
    RecommenderModel model = recommender(Options.none()).fit(data);
    Path file = folder.resolve("model.safetensors");
    Models.save(model, file);
    RecommendationQuery query = RecommendationQuery.forUser("u7").limit(80).build();
    assertThat(Models.loadRecommender(file, Plugins.load()).recommend(query))
        .isEqualTo(model.recommend(query));
  }

  @Test
  void nothingToLearnFromGivesAModelThatFallsBack() {
    RecommenderModel model =
        recommender(Options.none())
            .fit(Dataset.builder().add(dev.pushwright.data.Item.of("a")).build());
    assertThat(model.recommend(RecommendationQuery.forUser("x").build()).basis().isFallback())
        .isTrue();
  }
}
