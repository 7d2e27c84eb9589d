// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.io.ModelFormatException;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.testkit.DamagedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every recommender of this module beyond the contract. */
class NeuralRecommendersTest {

  @TempDir Path folder;

  private static PairRecommender recommender(String name, Options more) {
    Options options = Options.of("epochs", 12).with("batchSize", 128);
    if (!name.endsWith("mlp")) {
      options = options.with("factors", 6);
    }
    if (name.endsWith("mlp") || name.equals("neumf")) {
      options = options.with("layers", "12, 8, 4");
    }
    options = options.with("learningRate", name.equals("mf-logloss") ? 0.05 : 0.01);
    for (var entry : more.values().entrySet()) {
      options = options.with(entry.getKey(), entry.getValue());
    }
    return (PairRecommender) Plugins.load().recommender(name, options);
  }

  private static PairRecommender recommender(String name) {
    return recommender(name, Options.none());
  }

  private static float[][] values(RecommenderModel model) {
    return ((PairModel) model).parameters().copyValues();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf-logloss", "feature-mlp"})
  void anyNumberOfThreadsGivesTheSameBits(String name) {
    Dataset data = Tastes.data(60, 80, 12, 3);
    PairRecommender recommender = recommender(name, Options.of("validationShare", 0.1));
    float[][] one = values(recommender.fit(data, FitContext.standard().withThreads(1)));
    for (int threads : new int[] {2, 8}) {
      assertThat(values(recommender.fit(data, FitContext.standard().withThreads(threads))))
          .isDeepEqualTo(one);
    }
  }

  /**
   * Each of 60 users has 24 of 30 items, and 8 negatives are drawn for a pair. Rejected, an own
   * item is never a negative; else it is one 8 · 24/30 = 6.4 times for each time it is a pair, and
   * what fits best is a probability of 1 / 7.4 for it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf-logloss", "feature-mlp"})
  void whatIsDrawnForNegativesDecidesHowSureAModelIsOfOwnItems(String name) {
    Dataset.Builder data = Dataset.builder();
    for (int u = 0; u < 60; u++) {
      for (int i = 0; i < 30; i++) {
        if ((u + i) % 5 != 0) {
          data.add(Interaction.view("u" + u, "i" + i, Tastes.T));
        }
      }
    }
    Options options =
        Options.of("regularization", 0)
            .with("negatives", 8)
            .with("epochs", 30)
            .with("learningRateFloor", 0);
    assertThat(sureness(recommender(name, options.with("rejectPositives", false)), data.build()))
        .isBetween(1 / 7.4 - 0.03, 1 / 7.4 + 0.03);
    assertThat(sureness(recommender(name, options.with("rejectPositives", true)), data.build()))
        .isGreaterThan(0.5);
  }

  // The mean probability of the items that users have.
  private static double sureness(PairRecommender recommender, Dataset data) {
    RecommenderModel model = recommender.fit(data);
    double sum = 0;
    int n = 0;
    for (int u = 0; u < 60; u++) {
      Set<String> own = new HashSet<>();
      data.eventsOf("u" + u).forEach(event -> own.add(((Interaction) event).itemId()));
      var query = RecommendationQuery.forUser("u" + u).excludeSeen(false).limit(30).build();
      for (var item : model.recommend(query).items()) {
        if (own.contains(item.itemId())) {
          sum += 1 / (1 + Math.exp(-item.score()));
          n++;
        }
      }
    }
    assertThat(n).isEqualTo(60 * 24);
    return sum / n;
  }

  @Test
  void aSeedReproducesAndAnotherDiffers() {
    Dataset data = Tastes.data(50, 80, 10, 5);
    float[][] one = values(recommender("neumf").fit(data));
    assertThat(values(recommender("neumf").fit(data))).isDeepEqualTo(one);
    float[][] other = values(recommender("neumf", Options.of("seed", 2)).fit(data));
    assertThat(other[0]).isNotEqualTo(one[0]);
  }

  /** Interrupts a fit when five epochs are done. */
  static FitContext stoppingAfterFive() {
    return FitContext.standard()
        .withListener(
            progress -> {
              if (progress.done() == 5) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf-logloss", "feature-mlp"})
  void aFitThatGoesOnFromACheckpointEndsWithTheBitsOfAnUninterruptedOne(String name) {
    Dataset data = Tastes.data(60, 80, 12, 3);
    PairRecommender recommender = recommender(name, Options.of("validationShare", 0.1));
    float[][] whole = values(recommender.fit(data));
    Path file = folder.resolve("checkpoint.safetensors");
    assertThatThrownBy(() -> recommender.fit(data, stoppingAfterFive(), file))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    List<Progress> heard = new ArrayList<>();
    RecommenderModel resumed =
        recommender.fit(data, FitContext.standard().withListener(heard::add), file);
    assertThat(heard.get(0).done()).isEqualTo(6);
    assertThat(values(resumed)).isDeepEqualTo(whole);
    assertThat(values(recommender.fit(data, FitContext.standard(), file))).isDeepEqualTo(whole);
  }

  // Stopped after the second of the nine epochs that are averaged.
  @ParameterizedTest
  @ValueSource(strings = {"mlp", "mf-logloss"})
  void aMeanOfEpochsGoesOnFromACheckpoint(String name) {
    Dataset data = Tastes.data(60, 80, 12, 3);
    PairRecommender recommender = recommender(name, Options.of("averagedEpochs", 9));
    float[][] whole = values(recommender.fit(data));
    assertThat(values(recommender(name, Options.of("averagedEpochs", 0)).fit(data)))
        .isNotEqualTo(whole);
    Path file = folder.resolve("mean.safetensors");
    assertThatThrownBy(() -> recommender.fit(data, stoppingAfterFive(), file))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(values(recommender.fit(data, FitContext.standard(), file))).isDeepEqualTo(whole);
    assertThat(values(recommender.fit(data, FitContext.standard(), file))).isDeepEqualTo(whole);
  }

  @Test
  void aCheckpointOfAnotherTrainingOrADamagedOneIsRefused() throws IOException {
    Dataset data = Tastes.data(30, 40, 5, 3);
    Path file = folder.resolve("checkpoint.safetensors");
    recommender("gmf").fit(data, FitContext.standard(), file);
    assertThatThrownBy(
            () -> recommender("gmf", Options.of("seed", 9)).fit(data, FitContext.standard(), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + " is a checkpoint of gmf")
        .hasMessageContaining("delete it or name another file");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 9));
    assertThatThrownBy(() -> recommender("gmf").fit(data, FitContext.standard(), file))
        .isInstanceOf(ModelFormatException.class);
  }

  @Test
  void progressTellsLossMetricAndSpeed() {
    List<Progress> heard = new ArrayList<>();
    recommender("neumf", Options.of("validationShare", 0.2).with("patience", 100))
        .fit(Tastes.data(60, 80, 12, 3), FitContext.standard().withListener(heard::add));
    assertThat(heard).hasSize(12);
    for (Progress progress : heard) {
      assertThat(progress.total()).isEqualTo(12);
      assertThat(progress.figures()).containsOnlyKeys("ndcg@10", "samples/s");
      assertThat(ndcg(progress)).isBetween(0.0, 1.0);
      assertThat(progress.figures())
          .hasEntrySatisfying("samples/s", s -> assertThat(s).isPositive());
      assertThat(progress.remaining()).isPresent();
    }
    assertThat(heard.get(11).loss().orElseThrow()).isLessThan(heard.get(0).loss().orElseThrow());
  }

  private static double ndcg(Progress progress) {
    return progress.figures().getOrDefault("ndcg@10", Double.NaN);
  }

  // A rate so high that it soon overfits: the metric of the kept epoch is the best heard.
  @Test
  void trainingStopsWhenTheWatchedPairsRankNoBetterAndKeepsTheBestEpoch() {
    Dataset data = Tastes.data(60, 80, 12, 3);
    List<Progress> heard = new ArrayList<>();
    Options options =
        Options.of("validationShare", 0.2)
            .with("patience", 3)
            .with("epochs", 200)
            // Otherwise the rate would fall sooner in a training that is cut.
            .with("learningRateFloor", 1);
    RecommenderModel model =
        recommender("gmf", options.with("learningRate", 0.1))
            .fit(data, FitContext.standard().withListener(heard::add));
    assertThat(heard.size()).isLessThan(200);
    int best = 0;
    for (int e = 0; e < heard.size(); e++) {
      if (ndcg(heard.get(e)) > ndcg(heard.get(best))) {
        best = e;
      }
    }
    assertThat(heard.size() - 1 - best).isEqualTo(3);
    // The same training, cut at that epoch, is what was kept.
    RecommenderModel cut =
        recommender("gmf", options.with("learningRate", 0.1).with("epochs", best + 1)).fit(data);
    assertThat(values(model)).isDeepEqualTo(values(cut));
  }

  @Test
  void divergenceIsToldWithEpochBatchAndRate() {
    assertThatThrownBy(
            () ->
                recommender(
                        "mf-logloss", Options.of("learningRate", 10).with("initialDeviation", 10))
                    .fit(Tastes.data(60, 80, 12, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mf-logloss diverged")
        .hasMessageContaining("in epoch 1 of 12")
        .hasMessageContaining("at learningRate 10.0")
        .hasMessageContaining("lower learningRate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf-logloss", "feature-mlp"})
  void aHistoryOfTrainingGetsNearlyTheAnswerOfTraining(String name) {
    Dataset data = Tastes.data(120, 200, 30, 8);
    RecommenderModel model = recommender(name, Options.of("epochs", 30)).fit(data);
    double shared = 0;
    for (int u = 0; u < 120; u++) {
      List<String> trained =
          model.recommend(RecommendationQuery.forUser("u" + u).build()).itemIds();
      Set<String> folded =
          new HashSet<>(
              model
                  .recommend(RecommendationQuery.forHistory(data.eventsOf("u" + u)).build())
                  .itemIds());
      folded.retainAll(trained);
      shared += folded.size() / 10.0 / 120;
    }
    assertThat(shared).isGreaterThan(0.6);
  }

  @Test
  void aUserWhoHasEverythingIsNoTrouble() {
    Dataset.Builder data = Tastes.data(20, 40, 10, 6).toBuilder();
    for (int i = 0; i < 40; i++) {
      data.add(Interaction.view("glutton", "i" + i, Tastes.T));
    }
    RecommenderModel model = recommender("neumf").fit(data.build());
    assertThat(model.recommend(RecommendationQuery.forUser("glutton").build()).items()).isEmpty();
    assertThat(
            model
                .recommend(
                    RecommendationQuery.forHistory(data.build().eventsOf("glutton"))
                        .excludeSeen(false)
                        .limit(100)
                        .build())
                .items())
        .hasSize(40);
  }

  @Test
  void neuMfBeginsWithTheParametersOfSavedModels() {
    Dataset data = Tastes.data(60, 80, 12, 3);
    Path gmf = folder.resolve("gmf.safetensors");
    Path mlp = folder.resolve("mlp.safetensors");
    RecommenderModel first = recommender("gmf").fit(data);
    RecommenderModel second = recommender("mlp").fit(data);
    Models.save(first, gmf);
    Models.save(second, mlp);
    Options files = Options.of("gmfFile", gmf.toString()).with("mlpFile", mlp.toString());
    // Steps too short to move anything: what comes out is what went in.
    Options still = files.with("learningRate", 1e-9).with("optimizer", "sgd").with("epochs", 1);
    var query = RecommendationQuery.forUser("u1").excludeSeen(false).limit(80).build();
    var one = first.recommend(query).items();
    var two = second.recommend(query).items();
    for (double share : new double[] {0, 0.3, 1}) {
      RecommenderModel fused = recommender("neumf", still.with("gmfShare", share)).fit(data);
      for (var item : fused.recommend(query).items()) {
        double expected = 0;
        for (var part : List.of(one, two)) {
          expected +=
              part.stream()
                      .filter(i -> i.itemId().equals(item.itemId()))
                      .findAny()
                      .orElseThrow()
                      .score()
                  * (part == one ? share : 1 - share);
        }
        assertThat(item.score()).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-3));
      }
    }
    assertThatThrownBy(() -> recommender("neumf", still.with("gmfShare", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option gmfShare is 1.5; allowed: 0.0 to 1.0");
    assertThatThrownBy(() -> recommender("neumf", Options.of("gmfFile", gmf.toString())))
        .hasMessageContaining("give both or neither");
    assertThatThrownBy(() -> recommender("neumf", files).fit(Tastes.data(61, 80, 12, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has other users or items than the data");
    assertThatThrownBy(() -> recommender("neumf", files.with("factors", 7)).fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gmfFile")
        .hasMessageContaining("widths as those of this neumf are needed");
  }

  @Test
  void widthsThatMakeNoTowerAreRefused() {
    for (String bad : List.of("", "7, 3", "8, 0", "8, x", "9000")) {
      assertThatThrownBy(() -> recommender("mlp", Options.of("layers", bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option layers is " + bad);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf-logloss", "feature-mlp"})
  void damagedNumbersAreRefusedOrDoNoHarm(String name) throws IOException {
    Dataset data = DamagedFiles.data();
    RecommenderModel model = recommender(name, Options.of("segmentBy", "region")).fit(data);
    Path file = folder.resolve("model.safetensors");
    DamagedFiles.areRefusedOrDoNoHarm(model, data, file, Plugins.load(), 200).hasBoth(0.1);
  }

  @Test
  void nothingToLearnFromGivesAModelThatFallsBack() {
    Dataset empty = Dataset.builder().add(dev.pushwright.data.Item.of("a")).build();
    RecommenderModel model = recommender("neumf").fit(empty);
    assertThat(model.recommend(RecommendationQuery.forUser("x").build()).basis().isFallback())
        .isTrue();
  }
}
