// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static dev.pushwright.spi.ScoringModel.NO_EVIDENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.UserItems;
import dev.pushwright.data.Weighting;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The ways to join scores, on numbers worked by hand. */
class BlendTest {

  private static UserItems own(String... items) {
    return UserItems.of(
        Arrays.stream(items).map(item -> Interaction.view("u", item, Instant.EPOCH)).toList(),
        IdIndex.of(List.of("a", "b", "c", "d")),
        Weighting.standard(),
        Instant.EPOCH);
  }

  @Test
  void standardScoresHaveMeanZeroAndDeviationOne() {
    float[] scores = {1, 3, 5, 7};
    Blend.standardize(scores);
    // Mean 4, deviation √5.
    float unit = (float) (1 / Math.sqrt(5));
    assertThat(scores)
        .containsExactly(new float[] {-3 * unit, -unit, unit, 3 * unit}, within(1e-6f));
  }

  @Test
  void anItemWithoutEvidenceCountsAsTheLowest() {
    float[] scores = {NO_EVIDENCE, 2, 6, NO_EVIDENCE};
    float[] same = {2, 2, 6, 2};
    Blend.standardize(scores);
    Blend.standardize(same);
    assertThat(scores).isEqualTo(same);
  }

  @Test
  void equalScoresBecomeZeroWhateverTheirSize() {
    for (float value : new float[] {0, 1e-30f, 0.1f, -7, 1e30f}) {
      float[] scores = {value, value, value};
      Blend.standardize(scores);
      assertThat(scores).containsOnly(0);
    }
  }

  @Test
  void ranksDoNotCountTheUsersOwnItems() {
    float[] scores = {9, 8, 7, NO_EVIDENCE};
    Blend.reciprocalRanks(scores, own("a"));
    // The own item a is ranked before b, and b is the first of the others all the same.
    assertThat(scores).containsExactly(new float[] {1 / 61f, 1 / 61f, 1 / 62f, 0}, within(1e-9f));
  }

  @Test
  void equalScoresShareARank() {
    float[] scores = {-1, 4, 4, -3};
    Blend.reciprocalRanks(scores, own());
    assertThat(scores)
        .containsExactly(new float[] {1 / 63f, 1 / 61f, 1 / 61f, 1 / 64f}, within(1e-9f));
  }

  @Test
  void aCascadeRanksWhatTheFirstPartLeavesBelowWhatItRanks() {
    float[][] parts = {{NO_EVIDENCE, 10, -10, NO_EVIDENCE}, {5, 99, 99, 4}};
    float[] out = new float[4];
    Blend.cascade(parts, out);
    assertThat(out[1]).isEqualTo(2);
    assertThat(out[2]).isBetween(1.0001f, 1.01f);
    assertThat(out[0]).isBetween(0.001f, out[2] - 0.5f);
    assertThat(out[3]).isBetween(0.0001f, out[0]);
  }

  @Test
  void theWeightsFoundAreTheBestOnAGrid() {
    // Quality falls with the distance from weights 0.5, 0, 2.5.
    double[] found =
        BlendWeights.search(
            new double[] {1, 1, 1},
            w -> -(Math.abs(w[0] - 0.5) + Math.abs(w[1]) + Math.abs(w[2] - 2.5)));
    assertThat(found).containsExactly(new double[] {0.5, 0, 2.5}, within(0.1));
  }

  @Test
  void aRidgeBetweenTwoPartsThatStandInForEachOtherIsFollowed() {
    // Steps in one weight at a time end where the first two are equal.
    double[] found =
        BlendWeights.search(
            new double[] {1, 1, 1, 1},
            w -> -(1e4 * square(w[0] + w[1] - 2) + square(w[0] - 1.7) + square(w[2] - w[3])));
    assertThat(found).containsExactly(new double[] {1.7, 0.3, 1, 1}, within(0.05));
  }

  private static double square(double x) {
    return x * x;
  }

  @Test
  void ofSeveralSummitsTheHighestThatAStartLeadsToIsTaken() {
    // One at equal weights, a higher one where the last part is nearly alone.
    double[] found =
        BlendWeights.search(
            new double[] {1, 1, 1},
            w ->
                Math.max(
                    1 - square(w[0] - 1) - square(w[1] - 1),
                    2 - 3 * (Math.abs(w[0] - 0.3) + Math.abs(w[1]))));
    assertThat(found).containsExactly(new double[] {0.3, 0, 2.7}, within(0.05));
  }

  @Test
  void noWeightsOnAFineGridDoMuchBetter() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] centre =
          BlendWeights.normalized(random.doubles(3).map(x -> Math.max(0, x - 0.2)).toArray());
      double[] bend = random.doubles(3, 0.5, 20).toArray();
      ToDoubleFunction<double[]> quality =
          w -> {
            double loss = bend[0] * (w[0] - centre[0]) * (w[1] - centre[1]) / 2;
            for (int k = 0; k < 3; k++) {
              loss += bend[k] * square(w[k] - centre[k]) + 0.05 * Math.abs(w[k] - centre[k]);
            }
            return -loss;
          };
      double best = Double.NEGATIVE_INFINITY;
      for (int a = 0; a <= 300; a++) {
        for (int b = 0; a + b <= 300; b++) {
          best =
              Math.max(
                  best,
                  quality.applyAsDouble(new double[] {a / 100.0, b / 100.0, 3 - (a + b) / 100.0}));
        }
      }
      double[] found = BlendWeights.search(new double[] {1, 2, 3}, quality);
      assertThat(quality.applyAsDouble(found)).as("seed %d", seed).isGreaterThan(best - 0.05);
      assertThat(found[0] + found[1] + found[2]).isCloseTo(3, within(1e-9));
    }
  }

  @Test
  void equalQualityKeepsTheGivenWeights() {
    assertThat(BlendWeights.search(new double[] {3, 1}, weights -> 7))
        .containsExactly(new double[] {1.5, 0.5}, within(1e-12));
  }

  @Test
  void emptyCatalogueIsNoTrouble() {
    Blend.standardize(new float[0]);
    Blend.reciprocalRanks(
        new float[0],
        UserItems.of(
            List.of(), Dataset.builder().build().items(), Weighting.standard(), Instant.EPOCH));
  }
}
