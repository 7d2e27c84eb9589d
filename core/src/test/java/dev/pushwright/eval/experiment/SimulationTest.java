// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.eval.experiment.TwoSampleTest.Proportion;
import dev.pushwright.eval.experiment.TwoSampleTest.Sample;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@link TwoSampleTest}, {@link SampleSize} and {@link SequentialTest}: by hand, and by simulated
 * experiments whose truth is known. Bands are four binomial standard errors wide to each side.
 */
class SimulationTest {

  private static Proportion draw(SplittableRandom random, int n, double rate) {
    int successes = 0;
    for (int i = 0; i < n; i++) {
      successes += random.nextDouble() < rate ? 1 : 0;
    }
    return new Proportion(successes, n);
  }

  private static Sample drawNormal(SplittableRandom random, int n, double mean, double deviation) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = mean + deviation * random.nextGaussian();
    }
    return Sample.of(values);
  }

  private static double fourErrors(double share, int runs) {
    return 4 * Math.sqrt(share * (1 - share) / runs);
  }

  @Test
  void theProportionTestIsThatWorkedByHand() {
    TwoSampleTest test =
        TwoSampleTest.proportions(new Proportion(40, 200), new Proportion(60, 200), 0.95);
    assertThat(test.difference()).isCloseTo(0.1, within(1e-15));
    // 0.1 / √(0.25 · 0.75 · 2/200).
    assertThat(test.statistic()).isCloseTo(2.3094010768, within(1e-9));
    assertThat(test.pValue()).isCloseTo(0.020921335, within(1e-8));
    // ± 1.959964 · √(0.16/200 + 0.21/200).
    assertThat(test.low()).isCloseTo(0.1 - 0.0843007, within(1e-6));
    assertThat(test.high()).isCloseTo(0.1 + 0.0843007, within(1e-6));
  }

  @Test
  void welchsTestIsThatWorkedByHand() {
    TwoSampleTest test =
        TwoSampleTest.welch(Sample.of(1, 2, 3, 4, 5), Sample.of(3, 5, 7, 9, 11, 13), 0.95);
    // Means 3 and 8, variances 2.5 and 14: 5 / √(2.5/5 + 14/6).
    assertThat(test.difference()).isEqualTo(5);
    assertThat(test.statistic()).isCloseTo(5 / Math.sqrt(0.5 + 14 / 6.0), within(1e-12));
    assertThat(test.pValue()).isBetween(0.01, 0.05);
    assertThat(test.low()).isPositive();
    assertThat((test.low() + test.high()) / 2).isCloseTo(5, within(1e-12));
  }

  @Test
  void groupsWithoutVarianceGiveNumbersAndNotNan() {
    assertThat(TwoSampleTest.proportions(new Proportion(0, 10), new Proportion(0, 20), 0.9))
        .isEqualTo(new TwoSampleTest(0, 0, 1, 0, 0));
    assertThat(TwoSampleTest.welch(Sample.of(2, 2), Sample.of(2, 2), 0.9))
        .isEqualTo(new TwoSampleTest(0, 0, 1, 0, 0));
    assertThat(TwoSampleTest.welch(Sample.of(2, 2), Sample.of(1, 1), 0.9))
        .isEqualTo(new TwoSampleTest(-1, -Double.MAX_VALUE, 0, -1, -1));
    assertThat(SequentialTest.start(1).look(Sample.of(2, 2), Sample.of(1, 1)).pValue())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 1000, 1000", "0.5, 200, 400", "0.02, 3000, 6000"})
  void theProportionTestErrsAsOftenAsItSays(double rate, int control, int variant) {
    SplittableRandom random = new SplittableRandom(31);
    int runs = 3_000;
    int found = 0;
    int inside = 0;
    for (int run = 0; run < runs; run++) {
      TwoSampleTest test =
          TwoSampleTest.proportions(draw(random, control, rate), draw(random, variant, rate), 0.95);
      found += test.pValue() < 0.05 ? 1 : 0;
      inside += test.low() <= 0 && 0 <= test.high() ? 1 : 0;
    }
    assertThat(found / (double) runs).isCloseTo(0.05, within(fourErrors(0.05, runs)));
    assertThat(inside / (double) runs).isCloseTo(0.95, within(fourErrors(0.05, runs)));
  }

  @Test
  void welchsTestErrsAsOftenAsItSaysWhateverTheVariances() {
    SplittableRandom random = new SplittableRandom(32);
    int runs = 4_000;
    int found = 0;
    int inside = 0;
    for (int run = 0; run < runs; run++) {
      TwoSampleTest test =
          TwoSampleTest.welch(drawNormal(random, 80, 1, 1), drawNormal(random, 20, 1.5, 4), 0.9);
      found += test.pValue() < 0.05 ? 1 : 0;
      inside += test.low() <= 0.5 && 0.5 <= test.high() ? 1 : 0;
      TwoSampleTest same =
          TwoSampleTest.welch(drawNormal(random, 80, 1, 1), drawNormal(random, 20, 1, 4), 0.9);
      found += (same.pValue() < 0.05 ? 1 : 0) - (test.pValue() < 0.05 ? 1 : 0);
    }
    assertThat(found / (double) runs).isCloseTo(0.05, within(fourErrors(0.05, runs)));
    assertThat(inside / (double) runs).isCloseTo(0.9, within(fourErrors(0.1, runs)));
  }

  @Test
  void theSampleSizeIsThatOfTheTables() {
    // p = 0.10, q = 0.12: (1.959964·√(0.22·0.89) + 0.841621·√(0.09 + 0.1056))² / 0.02².
    assertThat(SampleSize.perArm(0.1, 0.2, 0.05, 0.8)).isEqualTo(3841);
    assertThat(SampleSize.power(0.1, 0.2, 0.05, 3841)).isCloseTo(0.8, within(1e-4));
    assertThat(SampleSize.power(0.1, 0.2, 0.05, 3840)).isLessThan(0.8);
    // A smaller lift takes more, about four times as many for half of it.
    assertThat(SampleSize.perArm(0.1, 0.1, 0.05, 0.8) / 3841.0).isBetween(3.7, 4.1);
    assertThat(SampleSize.perArm(0.1, -0.2, 0.05, 0.8)).isBetween(3000L, 3841L);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.2, 0.05, 0.8", "0.3, -0.15, 0.01, 0.9", "0.05, 0.5, 0.1, 0.6"})
  void powerIsAsComputed(double rate, double lift, double alpha, double power) {
    SplittableRandom random = new SplittableRandom(33);
    int n = (int) SampleSize.perArm(rate, lift, alpha, power);
    int runs = 2_000;
    int found = 0;
    for (int run = 0; run < runs; run++) {
      Proportion control = draw(random, n, rate);
      Proportion variant = draw(random, n, rate * (1 + lift));
      found += TwoSampleTest.proportions(control, variant, 0.95).pValue() < alpha ? 1 : 0;
    }
    assertThat(found / (double) runs).isCloseTo(power, within(fourErrors(power, runs)));
  }

  /** The share of experiments that end with a find, looked at every {@code step} users an arm. */
  private static double[] peek(
      long seed, int runs, double rate, double changed, int step, int looks, double tau) {
    SplittableRandom random = new SplittableRandom(seed);
    int always = 0;
    int naive = 0;
    for (int run = 0; run < runs; run++) {
      SequentialTest test = SequentialTest.start(tau);
      boolean naiveFound = false;
      long c = 0;
      long v = 0;
      for (int look = 1; look <= looks; look++) {
        c += draw(random, step, rate).successes();
        v += draw(random, step, changed).successes();
        Proportion control = new Proportion(c, (long) look * step);
        Proportion variant = new Proportion(v, (long) look * step);
        test = test.look(control, variant);
        naiveFound |= TwoSampleTest.proportions(control, variant, 0.95).pValue() < 0.05;
      }
      always += test.pValue() < 0.05 ? 1 : 0;
      naive += naiveFound ? 1 : 0;
    }
    return new double[] {always / (double) runs, naive / (double) runs};
  }

  @ParameterizedTest
  @CsvSource({"0.1, 20, 0.02", "0.5, 10, 0.1", "0.02, 50, 0.01", "0.1, 20, 0.5"})
  void lookingAllTheTimeFindsNoMoreThanItMay(double rate, int step, double tau) {
    int runs = 1_000;
    double[] found = peek(34, runs, rate, rate, step, 200, tau);
    assertThat(found[0]).isLessThan(0.05 + fourErrors(0.05, runs));
    // The test meant for one look, looked at 200 times, finds what is not there.
    assertThat(found[1]).isGreaterThan(0.2);
  }

  @Test
  void theSequentialTestFindsWhatIsThere() {
    // Twice the users that one look would take for a power of 0.8.
    int n = 2 * (int) SampleSize.perArm(0.1, 0.2, 0.05, 0.8);
    double[] found = peek(35, 500, 0.1, 0.12, n / 50, 50, 0.02);
    assertThat(found[0]).isGreaterThan(0.8);
  }

  @Test
  void theSequentialPValueIsThatWorkedByHandAndNeverRises() {
    SequentialTest start = SequentialTest.start(0.1);
    // Rates 0.2 and 0.3; smoothed 41/202 and 61/202.
    double v = (41 / 202.0 * 161 / 202.0 + 61 / 202.0 * 141 / 202.0) / 200;
    double ratio = Math.sqrt(v / (v + 0.01)) * Math.exp(0.01 * 0.01 / (2 * v * (v + 0.01)));
    SequentialTest first = start.look(new Proportion(40, 200), new Proportion(60, 200));
    assertThat(start.pValue()).isEqualTo(1);
    assertThat(first.pValue()).isCloseTo(1 / ratio, within(1e-12)).isBetween(0.1, 0.5);
    assertThat(first.look(new Proportion(80, 400), new Proportion(80, 400))).isEqualTo(first);
    assertThat(
            first.look(new Proportion(1, 1_000_000), new Proportion(999_999, 1_000_000)).pValue())
        .isZero();
  }

  @Test
  void theSequentialTestOfMeansErrsNoMoreThanItMay() {
    SplittableRandom random = new SplittableRandom(36);
    int runs = 400;
    int found = 0;
    for (int run = 0; run < runs; run++) {
      double[][] values = new double[2][2000];
      SequentialTest test = SequentialTest.start(0.2);
      for (int i = 0; i < 2000; i++) {
        values[0][i] = Math.exp(random.nextGaussian() / 2);
        values[1][i] = Math.exp(random.nextGaussian() / 2);
        if (i >= 99 && i % 50 == 49) {
          test =
              test.look(
                  Sample.of(java.util.Arrays.copyOf(values[0], i + 1)),
                  Sample.of(java.util.Arrays.copyOf(values[1], i + 1)));
        }
      }
      found += test.pValue() < 0.05 ? 1 : 0;
    }
    assertThat(found / (double) runs).isLessThan(0.05 + fourErrors(0.05, runs));
  }

  @Test
  void whatCannotBeTestedIsRefusedWithItsNumbers() {
    assertThatThrownBy(() -> new Proportion(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 of 2");
    assertThatThrownBy(() -> Sample.of(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size 1");
    assertThatThrownBy(() -> Sample.of(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> SequentialTest.start(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tau is 0");
    assertThatThrownBy(() -> SampleSize.perArm(0.5, 1.5, 0.05, 0.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.25");
    assertThatThrownBy(() -> SampleSize.perArm(0.5, 0, 0.05, 0.8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lift of 0.0");
    assertThatThrownBy(() -> SampleSize.perArm(0.5, 0.1, 0.05, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power is 1.0");
    assertThatThrownBy(() -> SampleSize.power(0.5, 0.1, 0, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha is 0.0");
    assertThatThrownBy(
            () -> TwoSampleTest.proportions(new Proportion(1, 2), new Proportion(1, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("confidence is 1.0");
  }
}
