// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.neural.nn.CounterRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {

  private static final int DRAWS = 40_000;

  /** The truncated distribution by its definition: sort, cut, normalise. */
  private static double[] expected(float[] logits, Sampling sampling) {
    int n = logits.length;
    double[] p = new double[n];
    double sum = 0;
    for (int w = 0; w < n; w++) {
      p[w] = Math.exp(logits[w] / sampling.temperature());
      sum += p[w];
    }
    List<Integer> order = new ArrayList<>();
    for (int w = 0; w < n; w++) {
      p[w] /= sum;
      order.add(w);
    }
    order.sort(Comparator.<Integer>comparingDouble(w -> -p[w]).thenComparingInt(w -> w));
    int k = sampling.topK() == 0 ? n : Math.min(n, sampling.topK());
    double ofTop = 0;
    for (int i = 0; i < k; i++) {
      ofTop += p[order.get(i)];
    }
    double[] kept = new double[n];
    double reached = 0;
    for (int i = 0; i < k && reached < sampling.topP() * ofTop - 1e-9; i++) {
      kept[order.get(i)] = p[order.get(i)];
      reached += p[order.get(i)];
    }
    for (int w = 0; w < n; w++) {
      kept[w] /= reached;
    }
    return kept;
  }

  // Chi-square of draws against the closed form, over words that are expected five times or more;
  // the bound is the quantile of 1 − 1e-6 for up to 11 degrees of freedom, 48.
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "0.5, 0, 1",
    "2, 0, 1",
    "1, 4, 1",
    "1, 0, 0.9",
    "1, 0, 0.5",
    "0.7, 5, 0.8",
    "3, 100, 0.95",
    "1, 1, 1",
    "1, 0, 1e-9"
  })
  void drawsFollowTheTruncatedDistribution(double temperature, int topK, double topP) {
    float[] logits = {0.3f, -1, 2.1f, 0, 0.3f, -2.5f, 1.2f, 0.9f, -0.2f, 1.7f, -4, 0.1f};
    Sampling sampling = new Sampling(temperature, topK, topP);
    double[] p = expected(logits, sampling);
    Sampler sampler = new Sampler(sampling);
    int[] counts = new int[12];
    for (int d = 0; d < DRAWS; d++) {
      counts[sampler.draw(logits, 0, 12, CounterRandom.uniform(5, d))]++;
    }
    double chiSquare = 0;
    for (int w = 0; w < 12; w++) {
      if (p[w] == 0) {
        assertThat(counts[w]).as("draws of word %s, which is cut off", w).isZero();
      } else if (p[w] * DRAWS >= 5) {
        chiSquare += Math.pow(counts[w] - p[w] * DRAWS, 2) / (p[w] * DRAWS);
      }
    }
    assertThat(chiSquare).isLessThan(48);
  }

  @Test
  void ofTheLastWordOnlyWhatTheShareNeedsIsDrawnExactly() {
    float[] logits = {
      Float.NEGATIVE_INFINITY, (float) Math.log(2), (float) Math.log(5), (float) Math.log(3)
    };
    Sampler sampler = new Sampler(new Sampling(1, 0, 0.75));
    int[] counts = new int[4];
    for (int i = 0; i < 750; i++) {
      counts[sampler.drawExactly(logits, 0, 4, (i + 0.5) / 750)]++;
    }
    assertThat(counts).containsExactly(0, 0, 500, 250);
    Sampler all = new Sampler(Sampling.PLAIN);
    assertThat(all.drawExactly(logits, 0, 4, 0.75)).isEqualTo(3);
    assertThat(all.drawExactly(logits, 0, 4, 0.85)).isEqualTo(1);
    assertThat(all.drawExactly(logits, 0, 4, 1 - 0x1p-53)).isEqualTo(1);
    assertThat(all.drawExactly(new float[] {9, 2, 1, 2}, 1, 1, 0.9)).isZero();
  }

  @Test
  void temperatureZeroTakesTheLargestAndOfEqualsTheFirst() {
    Sampler sampler = new Sampler(new Sampling(0, 0, 1));
    assertThat(sampler.draw(new float[] {9, 1, 3, 3}, 1, 3, 0.999)).isEqualTo(1);
    assertThat(sampler.drawExactly(new float[] {9, 1, 3, 3}, 1, 3, 0.999)).isEqualTo(1);
  }

  @Test
  void logProbabilityIsThatOfTheWholeModelWhateverIsCutOff() {
    float[] logits = {0, (float) Math.log(3), Float.NEGATIVE_INFINITY};
    for (Sampling sampling :
        List.of(Sampling.PLAIN, new Sampling(0, 0, 1), new Sampling(0.2, 1, 0.5))) {
      Sampler sampler = new Sampler(sampling);
      int word = sampler.draw(logits, 0, 3, 0.9);
      assertThat(word).isEqualTo(1);
      assertThat(sampler.logProbability()).isCloseTo(Math.log(0.75), within(1e-6));
    }
  }

  @Test
  void whatIsForbiddenIsNeverDrawn() {
    float[] logits = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
    for (Sampling sampling :
        List.of(Sampling.PLAIN, new Sampling(100, 3, 1), new Sampling(1, 0, 0.999))) {
      Sampler sampler = new Sampler(sampling);
      for (double uniform : new double[] {0, 0.5, 1 - 0x1p-24}) {
        assertThat(sampler.draw(logits, 0, 3, uniform)).isEqualTo(1);
      }
    }
  }

  @Test
  void settingsAndLogitsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Sampling(-1, 0, 1)).hasMessageContaining("temperature is -1.0");
    assertThatThrownBy(() -> new Sampling(Double.NaN, 0, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Sampling(1, -1, 1)).hasMessageContaining("topK is -1");
    assertThatThrownBy(() -> new Sampling(1, 0, 0)).hasMessageContaining("topP is 0.0");
    Sampler sampler = new Sampler(Sampling.PLAIN);
    assertThatThrownBy(() -> sampler.draw(new float[] {Float.NaN}, 0, 1, 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
