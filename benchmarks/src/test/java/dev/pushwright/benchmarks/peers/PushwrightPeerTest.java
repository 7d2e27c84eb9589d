// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.neural.NeuMf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own side of the table, against what the definitions give. */
class PushwrightPeerTest {

  private static final int USERS = 130;
  private static final int ITEMS = 150;

  private final Pairs pairs = random();

  private static Pairs random() {
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> rows = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      for (int item = 0; item < ITEMS; item++) {
        if (random.nextDouble() < 0.15) {
          rows.add(new int[] {user, item, 1 + random.nextInt(5)});
        }
      }
    }
    float[] ratings = new float[rows.size()];
    for (int p = 0; p < ratings.length; p++) {
      ratings[p] = rows.get(p)[2];
    }
    return new Pairs(
        USERS,
        ITEMS,
        rows.stream().mapToInt(row -> row[0]).toArray(),
        rows.stream().mapToInt(row -> row[1]).toArray(),
        ratings);
  }

  private Answer answer(Work work) throws Exception {
    Optional<Peer.Task> task = new PushwrightPeer().prepare(work, pairs, 2);
    Assumptions.assumeTrue(task.isPresent(), "not in the library");
    return task.orElseThrow().run().answer();
  }

  @ParameterizedTest
  @EnumSource(names = {"ITEM_COSINE", "USER_COSINE"})
  void neighboursAreThoseOfTheDefinition(Work work) throws Exception {
    boolean items = work == Work.ITEM_COSINE;
    int size = items ? ITEMS : USERS;
    boolean[][] has = new boolean[size][items ? USERS : ITEMS];
    for (int p = 0; p < pairs.size(); p++) {
      has[items ? pairs.item()[p] : pairs.user()[p]][items ? pairs.user()[p] : pairs.item()[p]] =
          true;
    }
    int[][] numbers = new int[size][];
    double[][] values = new double[size][];
    for (int a = 0; a < size; a++) {
      List<double[]> near = new ArrayList<>();
      for (int b = 0; b < size; b++) {
        double cosine = cosine(has[a], has[b]);
        if (a != b && cosine > 0) {
          near.add(new double[] {b, cosine});
        }
      }
      near.sort((one, other) -> Double.compare(other[1], one[1]));
      List<double[]> best =
          near.subList(
              0, Math.min(near.size(), items ? Work.ITEM_NEIGHBOURS : Work.USER_NEIGHBOURS));
      numbers[a] = best.stream().mapToInt(n -> (int) n[0]).toArray();
      values[a] = best.stream().mapToDouble(n -> n[1]).toArray();
    }
    assertThat(Agreement.same(new Answer(numbers, values), answer(work))).isEqualTo(1);
  }

  private static double cosine(boolean[] a, boolean[] b) {
    double common = 0;
    double ofA = 0;
    double ofB = 0;
    for (int p = 0; p < a.length; p++) {
      common += a[p] && b[p] ? 1 : 0;
      ofA += a[p] ? 1 : 0;
      ofB += b[p] ? 1 : 0;
    }
    return common == 0 ? 0 : common / Math.sqrt(ofA * ofB);
  }

  @ParameterizedTest
  @EnumSource(names = "TOP_N")
  void listsHoldUnseenItemsByFallingSumsOfSimilarities(Work work) throws Exception {
    Answer neighbours = answer(Work.ITEM_COSINE);
    Answer lists = answer(work);
    int[][] numbers = new int[USERS][];
    double[][] values = new double[USERS][];
    int[] starts = pairs.starts();
    for (int user = 0; user < USERS; user++) {
      boolean[] seen = new boolean[ITEMS];
      for (int p = starts[user]; p < starts[user + 1]; p++) {
        seen[pairs.item()[p]] = true;
      }
      List<double[]> scored = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        double sum = 0;
        for (int p = 0; p < neighbours.numbers()[i].length; p++) {
          sum += seen[neighbours.numbers()[i][p]] ? neighbours.values()[i][p] : 0;
        }
        if (!seen[i] && sum > 0) {
          scored.add(new double[] {i, sum});
        }
      }
      scored.sort((one, other) -> Double.compare(other[1], one[1]));
      List<double[]> best = scored.subList(0, Math.min(Work.LIST, scored.size()));
      numbers[user] = best.stream().mapToInt(n -> (int) n[0]).toArray();
      values[user] = best.stream().mapToDouble(n -> n[1]).toArray();
    }
    assertThat(Agreement.same(new Answer(numbers, values), lists)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ALS", "BIASED_MF"})
  void factorsTellWhatWasLearned(Work work) throws Exception {
    Answer answer = answer(work);
    if (work == Work.ALS) {
      assertThat(Agreement.auc(answer)).isGreaterThan(0.9);
    } else {
      double[] means = new double[Probe.of(pairs).rating().length];
      Arrays.fill(means, 3);
      float[] ratings = Probe.of(pairs).rating();
      assertThat(Agreement.rmse(answer, ratings))
          .isLessThan(Agreement.rmse(Answer.ofValues(new double[][] {means}), ratings));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NEU_MF")
  void theNetworkIsThatOfTheSizesInTheTitle(Work work) throws Exception {
    Dataset.Builder views = Dataset.builder();
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    for (int p = 0; p < pairs.size(); p++) {
      views.add(Interaction.view("" + pairs.user()[p], "" + pairs.item()[p], at));
    }
    RecommenderModel model =
        NeuMf.builder()
            .factors(8)
            .layers(64, 32, 16, 8)
            .negatives(4)
            .batchSize(4096)
            .epochs(3)
            .learningRate(0.001)
            .learningRateFloor(1)
            .regularization(0)
            .build()
            .fit(views.build(), FitContext.standard());
    Probe probe = Probe.of(pairs);
    double[] scores = answer(work).values()[0];
    for (int p = 0; p < scores.length; p += 97) {
      RecommendationQuery query =
          RecommendationQuery.forUser("" + probe.user()[p])
              .candidates(List.of("" + probe.item()[p]))
              .excludeSeen(false)
              .limit(1)
              .build();
      assertThat(model.recommend(query).items().get(0).score()).isEqualTo(scores[p]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void languageModelsComeNearTheEntropyOfWhatTheyNeverRead(boolean gated) throws Exception {
    Language language = new Language(20, 5);
    Peer.Task task = PushwrightPeer.languageModel(gated, language, 12, 24, 400, 2);
    Answer answer = task.run().answer();
    assertThat(answer.values()).hasDimensions(1, Work.LM_HELD_OUT);
    assertThat(Agreement.mean(answer))
        .isBetween(language.entropy() - 0.05, language.entropy() + 0.1);
    Answer again = PushwrightPeer.languageModel(gated, language, 12, 24, 400, 1).run().answer();
    assertThat(again.values()).isDeepEqualTo(answer.values());
  }

  @ParameterizedTest
  @EnumSource(names = {"LSTM_LM", "GRU_LM"})
  void languageModelsAreThere(Work work) throws Exception {
    assertThat(work.usesPairs()).isFalse();
    assertThat(new PushwrightPeer().prepare(work, pairs, 1)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = "K_MEANS")
  void centresLieAmongThePoints(Work work) throws Exception {
    Answer answer = answer(work);
    assertThat(answer.values()).hasDimensions(Work.CLUSTERS, Points.DIMENSIONS);
    // A point is 64 away from its cloud's own centre, squared, and 80 from that of all.
    double[][] points = Points.of(2000);
    assertThat(Agreement.inertia(answer, points)).isBetween(60.0, 66.0);
  }
}
