// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgreementTest {

  private static Answer row(int[] numbers, double... values) {
    return new Answer(new int[][] {numbers}, new double[][] {values});
  }

  @Test
  void theSameListInAnotherOrderIsTheSame() {
    Answer ours = row(new int[] {4, 2, 7}, 0.9, 0.8, 0.7);
    Answer theirs = row(new int[] {7, 4, 2}, 0.7, 0.9, 0.8);
    assertThat(Agreement.same(ours, theirs)).isEqualTo(1);
  }

  @Test
  void whatTiesWithTheLastOfOursIsTheSame() {
    Answer ours = row(new int[] {4, 2, 7}, 0.9, 0.8, 0.7);
    assertThat(Agreement.same(ours, row(new int[] {4, 2, 5}, 0.9, 0.8, 0.700001))).isEqualTo(1);
    assertThat(Agreement.same(ours, row(new int[] {4, 2, 5}, 0.9, 0.8, 0.6))).isEqualTo(2 / 3.0);
  }

  @Test
  void aShorterListIsNotTheSame() {
    Answer longer = row(new int[] {4, 2, 7, 9}, 0.9, 0.8, 0.7, 0.6);
    Answer shorter = row(new int[] {4}, 0.9);
    assertThat(Agreement.same(longer, shorter)).isEqualTo(0.25);
    assertThat(Agreement.same(shorter, longer)).isEqualTo(0.25);
  }

  @Test
  void answersToDifferentQuestionsAreNotCompared() {
    Answer none = Answer.ofValues(new double[0][]);
    assertThatThrownBy(() -> Agreement.same(row(new int[] {1}, 1), none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ours has 1 rows, theirs 0");
  }

  @Test
  void aucIsTheShareOfPairsInTheRightOrder() {
    SplittableRandom random = new SplittableRandom(4);
    double[] scores = new double[60];
    for (int p = 0; p < scores.length; p++) {
      scores[p] = random.nextInt(12) + (p < 30 ? 3 : 0);
    }
    double wins = 0;
    for (int p = 0; p < 30; p++) {
      for (int n = 30; n < 60; n++) {
        wins += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
      }
    }
    assertThat(Agreement.auc(Answer.ofValues(new double[][] {scores})))
        .isCloseTo(wins / 900, within(1e-12));
  }

  @Test
  void rmseLooksAtTheRatedPairsOnly() {
    Answer answer = Answer.ofValues(new double[][] {{1, 5, 100, 100}});
    // Errors 3 and 4: the root of 25 / 2.
    assertThat(Agreement.rmse(answer, new float[] {4, 1}))
        .isCloseTo(Math.sqrt(12.5), within(1e-12));
  }

  @Test
  void inertiaIsTheMeanSquaredDistanceToTheNearestCentre() {
    Answer centres = Answer.ofValues(new double[][] {{0, 0}, {10, 0}});
    // Distances 5, 2 and 0.
    double[][] points = {{3, 4}, {10, 2}, {0, 0}};
    assertThat(Agreement.inertia(centres, points)).isCloseTo(29 / 3.0, within(1e-12));
  }

  @Test
  void lossesStandBesideTheEntropyOfTheLanguage() {
    Pairs none = new Pairs(0, 0, new int[0], new int[0], new float[0]);
    Answer ours = Answer.ofValues(new double[][] {{3, 2.5}});
    Answer theirs = Answer.ofValues(new double[][] {{3.5, 2}});
    // -0.75005 ln 0.75005 - 4999 · 0.00005 ln 0.00005
    assertThat(Agreement.of(Work.LSTM_LM, none, Optional.of(ours), theirs))
        .isEqualTo("loss 2.750 / 2.750 nats, entropy 2.691");
    assertThat(Agreement.of(Work.GRU_LM, none, Optional.empty(), theirs))
        .isEqualTo("loss – / 2.750 nats, entropy 2.691");
  }

  @Test
  void withoutOursOnlyTheirFigureIsGiven() {
    Pairs pairs = new Pairs(1, 2, new int[] {0}, new int[] {1}, new float[] {3});
    Answer theirs = Answer.ofValues(new double[][] {{3.5, 1}});
    assertThat(Agreement.of(Work.BIASED_MF, pairs, Optional.empty(), theirs))
        .isEqualTo("RMSE – / 0.500");
    assertThat(Agreement.of(Work.BIASED_MF, pairs, Optional.of(theirs), theirs))
        .isEqualTo("RMSE 0.500 / 0.500");
    assertThat(Agreement.of(Work.ALS, pairs, Optional.empty(), theirs)).isEqualTo("AUC – / 1.000");
    assertThat(Agreement.of(Work.ITEM_COSINE, pairs, Optional.empty(), theirs)).isEqualTo("–");
  }
}
