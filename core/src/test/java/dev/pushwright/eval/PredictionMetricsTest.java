// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RatingMetrics} and {@link BinaryMetrics}. */
class PredictionMetricsTest {

  private static final boolean[] CLICKED = {true, false, true, false, false};
  private static final double[] PREDICTED = {0.9, 0.8, 0.5, 0.5, 0.1};

  @Test
  void ratingErrorsAreThoseWorkedByHand() {
    double[] actual = {4, 3, 5};
    double[] predicted = {3, 3, 3};
    assertThat(RatingMetrics.rmse(actual, predicted)).isCloseTo(Math.sqrt(5 / 3.0), within(1e-15));
    assertThat(RatingMetrics.mae(actual, predicted)).isEqualTo(1);
    assertThat(RatingMetrics.rmse(actual, actual)).isZero();
  }

  @Test
  void ratingsThatCannotBeComparedAreRefused() {
    assertThatThrownBy(() -> RatingMetrics.rmse(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> RatingMetrics.mae(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 actual and 3 predicted");
    assertThatThrownBy(() -> RatingMetrics.mae(new double[1], new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ratingErrorsAreThoseOfTheTwin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] actual = random.doubles(400, 1, 5).toArray();
    double[] predicted = random.doubles(400, 1, 5).toArray();
    double mae =
        IntStream.range(0, 400)
            .mapToDouble(i -> Math.max(actual[i], predicted[i]) - Math.min(actual[i], predicted[i]))
            .average()
            .orElseThrow();
    double mse =
        IntStream.range(0, 400)
            .mapToDouble(i -> Math.pow(actual[i] - predicted[i], 2))
            .average()
            .orElseThrow();
    assertThat(RatingMetrics.mae(actual, predicted)).isCloseTo(mae, within(1e-12));
    assertThat(Math.pow(RatingMetrics.rmse(actual, predicted), 2)).isCloseTo(mse, within(1e-12));
    assertThat(RatingMetrics.rmse(actual, predicted)).isGreaterThanOrEqualTo(mae);
  }

  @Test
  void clickPredictionsAreCountedAsWorkedByHand() {
    BinaryMetrics.Confusion counts = BinaryMetrics.confusion(CLICKED, PREDICTED, 0.5);
    assertThat(counts).isEqualTo(new BinaryMetrics.Confusion(2, 2, 1, 0));
    assertThat(counts.accuracy()).isEqualTo(0.6);
    assertThat(counts.precision()).isEqualTo(0.5);
    assertThat(counts.recall()).isEqualTo(1);
    assertThat(counts.f1()).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void sharesOfNothingAreZero() {
    BinaryMetrics.Confusion never =
        BinaryMetrics.confusion(new boolean[] {false, false}, new double[] {0.1, 0.2}, 0.5);
    assertThat(never.accuracy()).isEqualTo(1);
    assertThat(never.precision()).isZero();
    assertThat(never.recall()).isZero();
    assertThat(never.f1()).isZero();
  }

  @Test
  void logLossIsThatWorkedByHandAndFiniteForWhatWasWrongBeyondDoubt() {
    double byHand =
        -(Math.log(0.9) + Math.log(0.2) + Math.log(0.5) + Math.log(0.5) + Math.log(0.9)) / 5;
    assertThat(BinaryMetrics.logLoss(CLICKED, PREDICTED)).isCloseTo(byHand, within(1e-12));
    assertThat(BinaryMetrics.logLoss(new boolean[] {true}, new double[] {0}))
        .isCloseTo(34.54, within(0.01));
    assertThat(BinaryMetrics.logLoss(new boolean[] {false}, new double[] {1}))
        .isCloseTo(34.54, within(0.01));
    assertThat(BinaryMetrics.logLoss(new boolean[] {true}, new double[] {1}))
        .isCloseTo(0, within(1e-14));
  }

  @Test
  void aucIsThatWorkedByHand() {
    // 0.9 beats three; 0.5 loses to 0.8, ties with 0.5 and beats 0.1: (3 + 1.5) / 6.
    assertThat(BinaryMetrics.auc(CLICKED, PREDICTED)).hasValue(0.75);
    assertThat(BinaryMetrics.auc(new boolean[] {true}, new double[] {0.5})).isEmpty();
    assertThat(BinaryMetrics.auc(new boolean[] {false}, new double[] {0.5})).isEmpty();
    // Any scores, for the order alone counts.
    double[] scores = new double[PREDICTED.length];
    Arrays.setAll(scores, i -> 1000 * PREDICTED[i] - 700);
    assertThat(BinaryMetrics.auc(CLICKED, scores)).hasValue(0.75);
    scores[1] = Double.NaN;
    assertThatThrownBy(() -> BinaryMetrics.auc(CLICKED, scores))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("score 1 is NaN");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void binaryMetricsAreThoseOfTheTwin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 300;
    boolean[] clicked = new boolean[n];
    double[] p = new double[n];
    for (int i = 0; i < n; i++) {
      p[i] = random.nextInt(11) / 10.0;
      clicked[i] = random.nextDouble() < p[i];
    }
    double right = 0;
    double pairs = 0;
    double loss = 0;
    int[][] table = new int[2][2];
    for (int i = 0; i < n; i++) {
      table[p[i] >= 0.4 ? 1 : 0][clicked[i] ? 1 : 0]++;
      loss += Math.log(1 / Math.max(1e-15, clicked[i] ? p[i] : 1 - p[i])) / n;
      for (int j = 0; j < n; j++) {
        if (clicked[i] && !clicked[j]) {
          pairs++;
          right += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(BinaryMetrics.auc(clicked, p).orElseThrow()).isCloseTo(right / pairs, within(1e-12));
    assertThat(BinaryMetrics.logLoss(clicked, p)).isCloseTo(loss, within(1e-9));
    BinaryMetrics.Confusion counts = BinaryMetrics.confusion(clicked, p, 0.4);
    assertThat(counts.accuracy())
        .isCloseTo((table[0][0] + table[1][1]) / (double) n, within(1e-15));
    double precision = table[1][1] / (double) (table[1][0] + table[1][1]);
    double recall = table[1][1] / (double) (table[0][1] + table[1][1]);
    assertThat(counts.precision()).isCloseTo(precision, within(1e-15));
    assertThat(counts.recall()).isCloseTo(recall, within(1e-15));
    assertThat(counts.f1()).isCloseTo(2 * precision * recall / (precision + recall), within(1e-12));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> BinaryMetrics.logLoss(new boolean[1], new double[] {p}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(p));
    }
    assertThatThrownBy(() -> BinaryMetrics.auc(new boolean[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> BinaryMetrics.confusion(CLICKED, PREDICTED, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threshold");
  }
}
