// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.Basis;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Item;
import dev.pushwright.data.User;
import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.BinaryCrossEntropy;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.Models;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What features add to a deep network: users and items without events. */
class FeatureMlpTest {

  private static final int USERS = 80;
  private static final int ITEMS = 120;

  private static Dataset data;
  private static RecommenderModel model;

  /** Tastes, told by an attribute of the users and a tag of the items; some of both have none. */
  private static Dataset described() {
    Dataset.Builder all = Dataset.builder();
    Dataset tastes = Tastes.data(USERS, ITEMS, 12, 3);
    for (Event event : tastes.events()) {
      all.add(event);
    }
    for (int u = 0; u < USERS; u++) {
      all.add(User.of("u" + u).with("taste", "t" + u % 4));
    }
    for (int i = 0; i < ITEMS; i++) {
      all.add(Item.builder("i" + i).tags("k" + i % 4).build());
    }
    for (int t = 0; t < 4; t++) {
      all.add(User.of("cold" + t).with("taste", "t" + t));
      for (int n = 0; n < 5; n++) {
        all.add(Item.builder("fresh" + t + n).tags("k" + t).build());
      }
    }
    return all.add(User.of("nobody")).add(Item.of("nothing")).build();
  }

  @BeforeAll
  static void fit() {
    data = described();
    model =
        FeatureMlp.builder()
            .layers(16, 16, 8)
            .epochs(30)
            .batchSize(128)
            .learningRate(0.01)
            .build()
            .fit(data);
  }

  /** How many of the items that somebody has had are of a taste. */
  private static double share(List<String> items, int taste) {
    List<String> known = items.stream().filter(id -> id.startsWith("i")).toList();
    return known.stream().filter(id -> Integer.parseInt(id.substring(1)) % 4 == taste).count()
        / (double) known.size();
  }

  @Test
  void aUserWithoutEventsGetsWhatTheFeaturesTell() {
    for (int t = 0; t < 4; t++) {
      Recommendations answer =
          model.recommend(RecommendationQuery.forUser("cold" + t).limit(10).build());
      assertThat(answer.basis()).isEqualTo(Basis.TRAINED);
      assertThat(share(answer.itemIds(), t)).as("of taste %s", t).isGreaterThan(0.6);
    }
    assertThat(model.recommend(RecommendationQuery.forUser("nobody").build()).basis())
        .isEqualTo(Basis.EVERYBODY);
    assertThat(model.recommend(RecommendationQuery.forUser("stranger").build()).basis())
        .isEqualTo(Basis.EVERYBODY);
  }

  @Test
  void itemsWithoutEventsRankByTheirFeatures() {
    List<String> fresh = data.items().ids().stream().filter(id -> id.startsWith("fresh")).toList();
    for (int u = 0; u < USERS; u++) {
      List<String> best =
          model
              .recommend(
                  RecommendationQuery.forUser("u" + u)
                      .candidates(new java.util.HashSet<>(fresh))
                      .limit(5)
                      .build())
              .itemIds();
      String taste = "fresh" + u % 4;
      assertThat(best).as("for u%s", u).allMatch(id -> id.startsWith(taste));
    }
    Recommendations all =
        model.recommend(RecommendationQuery.forUser("u0").limit(1000).excludeSeen(false).build());
    assertThat(all.itemIds()).contains("fresh00").doesNotContain("nothing");
  }

  @Test
  void aHistoryBringsTheFeaturesOfAKnownUserAlong() {
    List<Interaction> history = List.of(Interaction.view("cold1", "i1", Tastes.T));
    Recommendations known =
        model.recommend(RecommendationQuery.forUser("cold1").history(history).build());
    Recommendations unknown = model.recommend(RecommendationQuery.forHistory(history).build());
    assertThat(known.basis()).isEqualTo(Basis.HISTORY);
    assertThat(known.items()).isNotEqualTo(unknown.items());
    assertThat(share(known.itemIds(), 1)).isGreaterThan(0.6);
    // Of an item with no events nothing but the record of the user can be told.
    List<Interaction> fresh = List.of(Interaction.view("cold1", "fresh00", Tastes.T));
    assertThat(
            model.recommend(RecommendationQuery.forUser("cold1").history(fresh).build()).itemIds())
        .isEqualTo(model.recommend(RecommendationQuery.forUser("cold1").build()).itemIds());
    assertThat(model.recommend(RecommendationQuery.forHistory(fresh).build()).basis())
        .isEqualTo(Basis.EVERYBODY);
  }

  @Test
  void aSavedModelAnswersTheSame(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    Models.save(model, file);
    RecommenderModel loaded = Models.loadRecommender(file, Plugins.load());
    for (String user : List.of("u1", "cold2", "nobody")) {
      RecommendationQuery query = RecommendationQuery.forUser(user).limit(200).build();
      assertThat(loaded.recommend(query)).isEqualTo(model.recommend(query));
    }
  }

  @Test
  void oneWidthIsNoTower() {
    assertThatThrownBy(() -> Plugins.load().recommender("feature-mlp", Options.of("layers", "64")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("option layers is 64; feature-mlp needs a second width");
  }

  private static FeatureRows rows(int entities, int columns) {
    SparseRows.Builder rows = SparseRows.builder(columns);
    for (int e = 0; e < entities; e++) {
      for (int c = 0; c < columns; c++) {
        if ((e + c) % 3 != 0 && e != 2) {
          rows.add(c, 1 + c / 2f - e / 4f);
        }
      }
      rows.endRow();
    }
    return new FeatureRows(rows.build(), java.util.Collections.nCopies(columns, "x"));
  }

  private static FeatureNet.Shape shape(int items) {
    FeatureFields all = FeatureFields.parse("*");
    return new FeatureNet.Shape(
        List.of(6, 5, 3), 0.4, new FeatureOptions(all, all, 9, 0), rows(4, 3), rows(items, 4));
  }

  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    Parameters parameters = new Parameters(3);
    PairNet net = shape(5).make(parameters, 4, 5);
    int[] users = {0, 1, 1, 2, 3, 0};
    int[] items = {4, 3, 0, 2, 1, 4};
    long[] samples = {7, 1, 3, 9, 11, 4};
    float[] labels = {1, 0, 1, 1, 0, 0};
    NetGradients.scatter(parameters, 0.7);
    BinaryCrossEntropy loss = new BinaryCrossEntropy();
    NetGradients.check(
        parameters,
        () -> loss.forward(net.learn(users, items, samples, 5, 6), labels, 6),
        () -> {
          loss.forward(net.learn(users, items, samples, 5, 6), labels, 6);
          net.backward(loss.backward(1), 0);
        },
        0.006);
  }

  @Test
  void whatIsHeldBackInTrainingIsTheIdAlone() {
    Parameters parameters = new Parameters(3);
    FeatureNet.Shape shape = shape(5);
    PairNet net = shape.make(parameters, 4, 5);
    NetGradients.scatter(parameters, 0.7);
    int n = 4000;
    int[] users = new int[n];
    int[] items = new int[n];
    long[] samples = new long[n];
    Arrays.fill(users, 1);
    Arrays.fill(items, 3);
    Arrays.setAll(samples, k -> k);
    float full = net.forward(users, items, 1)[0];
    float[] found = Arrays.copyOf(net.learn(users, items, samples, 5, n), n);
    // Both ids, one of them, none: four numbers, as often as chance wants it.
    java.util.Map<Float, Long> counts = new java.util.TreeMap<>();
    for (float x : found) {
      counts.merge(x, 1L, Long::sum);
    }
    assertThat(counts).hasSize(4).containsKey(full);
    assertThat(counts.getOrDefault(full, 0L) / (double) n)
        .isCloseTo(0.36, within(5 * Math.sqrt(0.36 * 0.64 / n)));
  }

  @Test
  void scoringAllItemsIsTheNetworkItemByItem() {
    int items = 700;
    FeatureNet.Shape shape = shape(items);
    Parameters parameters = new Parameters(4);
    PairNet net = shape.make(parameters, 4, items);
    NetGradients.scatter(parameters, 0.5);
    PairScorer scorer = shape.scorer(parameters, items);
    int[] all = new int[items];
    Arrays.setAll(all, i -> i);
    for (int u = 0; u < 4; u++) {
      float[] scores = new float[items];
      scorer.forUser(OptionalInt.of(u)).score(parameters, u, scores);
      int[] users = new int[items];
      Arrays.fill(users, u);
      float[] expected = Arrays.copyOf(net.forward(users, all, items), items);
      for (int i = 0; i < items; i++) {
        assertThat(scores[i])
            .isCloseTo(expected[i], within(2e-4f * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }
}
