// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MathTest {

  @Test
  void theExponentialIsExactToTwentyTwoBits() {
    for (float x = -87; x <= 88; x += 0.00371f) {
      double expected = Math.exp(x);
      assertThat((double) FloatMath.exp(x)).isCloseTo(expected, within(expected * 0x1p-22));
    }
    assertThat(FloatMath.exp(0)).isEqualTo(1);
    assertThat(FloatMath.exp(1e30f)).isFinite();
    assertThat(FloatMath.exp(-1e30f)).isGreaterThan(0);
  }

  @Test
  void theHyperbolicTangentIsExactToFiveDigitsNearZeroToo() {
    for (float x = -12; x <= 12; x += 0.00113f) {
      double expected = Math.tanh(x);
      assertThat((double) FloatMath.tanh(x))
          .isCloseTo(expected, within(2e-6 * Math.abs(expected) + 1e-12));
    }
  }

  @Test
  void randomNumbersAreThoseOfTheirKeyAndPosition() {
    assertThat(CounterRandom.bits(7, 1)).isEqualTo(CounterRandom.bits(7, 1));
    assertThat(CounterRandom.bits(7, 1)).isNotEqualTo(CounterRandom.bits(7, 2));
    assertThat(CounterRandom.bits(7, 1)).isNotEqualTo(CounterRandom.bits(8, 1));
    // As SplittableRandom(0) draws: the two have the mixing function in common.
    assertThat(CounterRandom.bits(0, 0)).isEqualTo(new java.util.SplittableRandom(0).nextLong());
  }

  // Five standard deviations of the count of each of the six.
  @Test
  void everyOrderIsAsLikelyAsTheOthers() {
    int n = 60_000;
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < n; i++) {
      counts.merge(Arrays.toString(CounterRandom.permutation(i, 3)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(6);
    double sigma = Math.sqrt(n * 5 / 36.0);
    counts.forEach(
        (order, count) ->
            assertThat((double) count).as(order).isCloseTo(n / 6.0, within(5 * sigma)));
    assertThat(CounterRandom.permutation(7, 40)).isEqualTo(CounterRandom.permutation(7, 40));
    assertThat(CounterRandom.permutation(7, 0)).isEmpty();
  }

  // Five standard deviations of each statistic over so many draws.
  @Test
  void randomNumbersHaveTheirDistribution() {
    int n = 200_000;
    int[] counts = new int[7];
    double sum = 0;
    double squares = 0;
    double uniform = 0;
    for (int i = 0; i < n; i++) {
      counts[CounterRandom.below(3, i, 7)]++;
      double g = CounterRandom.gaussian(4, i);
      sum += g;
      squares += g * g;
      uniform += CounterRandom.uniform(5, i);
    }
    for (int count : counts) {
      assertThat(count / (double) n).isCloseTo(1 / 7.0, within(5 * Math.sqrt(6 / 49.0 / n)));
    }
    assertThat(sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    assertThat(uniform / n).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / n)));
  }
}
