// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InferenceTest {

  @Test
  void holmsCorrectionIsThatWorkedByHand() {
    // Ascending: .005·4, .01·3, .03·2, .04·1 raised to the one before.
    assertThat(Inference.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(Inference.holm(new double[] {0.6, 0.9})).containsExactly(1, 1);
    assertThat(Inference.holm(new double[0])).isEmpty();
  }

  @Test
  void quantilesLieBetweenTheNearestValues() {
    double[] values = {4, 1, 3, 2};
    assertThat(Inference.quantile(values, 0)).isEqualTo(1);
    assertThat(Inference.quantile(values, 1)).isEqualTo(4);
    assertThat(Inference.quantile(values, 0.5)).isEqualTo(2.5);
    assertThat(Inference.quantile(values, 0.9)).isCloseTo(3.7, within(1e-12));
    assertThat(Inference.quantile(new double[] {7}, 0.95)).isEqualTo(7);
  }

  @Test
  void testsOfNoDifferenceSayOneAndNotNan() {
    double[] none = new double[20];
    assertThat(Inference.pairedT(none)).isEqualTo(1);
    assertThat(Inference.wilcoxon(none)).isEqualTo(1);
    assertThat(Inference.pairedT(new double[] {0.3})).isEqualTo(1);
    assertThat(Inference.wilcoxon(new double[] {0.3})).isBetween(0.99, 1.0);
    // The same difference for everybody is no chance.
    double[] always = new double[20];
    Arrays.fill(always, 0.1);
    assertThat(Inference.pairedT(always)).isZero();
    assertThat(Inference.wilcoxon(always)).isLessThan(0.001);
  }

  @Test
  void theTTestIsThatOfATextbook() {
    // Student 1908: extra sleep of ten patients under two drugs, t = −4.0621, p = 0.002833.
    double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    double[] differences = new double[10];
    Arrays.setAll(differences, i -> first[i] - second[i]);
    assertThat(Inference.pairedT(differences)).isCloseTo(0.002833, within(1e-6));
    assertThat(Inference.wilcoxon(differences)).isBetween(0.003, 0.012);
  }

  @Test
  void bootstrapIntervalsHoldTheTruthAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(5);
    int runs = 400;
    int held = 0;
    for (int run = 0; run < runs; run++) {
      double[] values = random.doubles(100).toArray();
      double[] means = Inference.bootstrap(new double[][] {values}, 300, run, () -> {})[0];
      boolean inside =
          Inference.quantile(means, 0.025) <= 0.5 && 0.5 <= Inference.quantile(means, 0.975);
      held += inside ? 1 : 0;
    }
    // 380 expected, standard error 4.4; the percentile interval is known to be a little narrow.
    assertThat(held).isBetween(357, 394);
  }

  @Test
  void allSeriesShareEachDraw() {
    double[] values = new SplittableRandom(1).doubles(50).toArray();
    double[] shifted = Arrays.stream(values).map(v -> v + 1).toArray();
    double[][] means = Inference.bootstrap(new double[][] {values, shifted}, 100, 3, () -> {});
    for (int r = 0; r < 100; r++) {
      assertThat(means[1][r] - means[0][r]).isCloseTo(1, within(1e-12));
    }
    assertThat(means[0]).doesNotHaveDuplicates();
    assertThat(Inference.bootstrap(new double[][] {values}, 100, 3, () -> {})[0])
        .isEqualTo(means[0]);
    assertThat(Inference.bootstrap(new double[][] {values}, 100, 4, () -> {})[0])
        .isNotEqualTo(means[0]);
  }
}
