// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The learned weights against those that choices were drawn by, and the conditions of a minimum.
 */
class SoftmaxWeightsTest {

  private static final FitContext CONTEXT = FitContext.standard().withThreads(2);

  /** Contests of 40 candidates, of which one is chosen with the probability of the model. */
  private static List<float[][]> drawn(int contests, double... weights) {
    SplittableRandom random = new SplittableRandom(7);
    List<float[][]> all = new ArrayList<>();
    for (int c = 0; c < contests; c++) {
      float[][] scores = new float[weights.length][40];
      int chosen = 0;
      double best = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < 40; j++) {
        // The largest of sums with Gumbel noise is chosen with the probability of a softmax.
        double sum = -Math.log(-Math.log(random.nextDouble()));
        float common = (float) random.nextGaussian();
        for (int k = 0; k < weights.length; k++) {
          scores[k][j] = (float) (0.6 * common + 0.8 * random.nextGaussian());
          sum += weights[k] * scores[k][j];
        }
        if (sum > best) {
          best = sum;
          chosen = j;
        }
      }
      for (float[] part : scores) {
        float swap = part[0];
        part[0] = part[chosen];
        part[chosen] = swap;
      }
      all.add(scores);
    }
    return all;
  }

  private static double loss(List<float[][]> contests, double[] weights) {
    double loss = 0;
    for (float[][] contest : contests) {
      double total = 0;
      double chosen = 0;
      for (int j = 0; j < 40; j++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += contest[k].length == 0 ? 0 : weights[k] * contest[k][j];
        }
        chosen = j == 0 ? sum : chosen;
        total += Math.exp(sum);
      }
      loss += Math.log(total) - chosen;
    }
    return loss / contests.size();
  }

  @Test
  void theWeightsThatChoicesWereDrawnByAreFoundAgain() {
    double[] found = SoftmaxWeights.fit(drawn(4000, 0.5, 0, 1.5, 0.1), 4, CONTEXT);
    assertThat(found).containsExactly(new double[] {0.5, 0, 1.5, 0.1}, within(0.06));
  }

  @Test
  void whatIsFoundIsAMinimumOverWeightsNotBelowZero() {
    // The second part speaks against what is chosen: its weight is 0, and would go on falling.
    List<float[][]> contests = drawn(500, 1, -0.7, 0.4);
    // And of some contests a part says nothing.
    for (int c = 0; c < 100; c++) {
      contests.get(c)[2] = new float[0];
    }
    double[] found = SoftmaxWeights.fit(contests, 3, CONTEXT);
    assertThat(found[1]).isZero();
    for (int k = 0; k < 3; k++) {
      double[] up = found.clone();
      double[] down = found.clone();
      up[k] += 1e-4;
      down[k] -= 1e-4;
      double slope = (loss(contests, up) - loss(contests, down)) / 2e-4;
      if (k == 1) {
        assertThat(slope).isPositive();
      } else {
        assertThat(found[k]).isPositive();
        assertThat(slope).isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    List<float[][]> contests = drawn(300, 0.4, 0.8);
    assertThat(SoftmaxWeights.fit(contests, 2, FitContext.standard().withThreads(8)))
        .isEqualTo(SoftmaxWeights.fit(contests, 2, FitContext.standard().withThreads(1)));
  }

  @Test
  void whatTellsNothingWeighsNothingAndWhatTellsAllStaysFinite() {
    assertThat(SoftmaxWeights.fit(List.of(), 2, CONTEXT)).containsOnly(0);
    assertThat(SoftmaxWeights.fit(List.<float[][]>of(new float[][] {{1, 1}, {}}), 2, CONTEXT))
        .containsOnly(0);
    // The chosen one is always the first of all: the larger the weight the better.
    double[] found = SoftmaxWeights.fit(List.<float[][]>of(new float[][] {{2, 1, 0}}), 1, CONTEXT);
    assertThat(found[0]).isPositive().isFinite();
  }
}
