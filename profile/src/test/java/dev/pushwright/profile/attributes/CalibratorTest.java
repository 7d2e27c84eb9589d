// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibratorTest {

  /**
   * Scores of users, of whom one of score s is of the class with probability 1 / (1 + e^(a·s+b)).
   */
  private static boolean[] draw(double[] scores, double a, double b, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] is = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextDouble() * 6 - 3;
      is[i] = random.nextDouble() < 1 / (1 + Math.exp(a * scores[i] + b));
    }
    return is;
  }

  @Test
  void plattFindsTheCurveThatTheDataWereDrawnFrom() {
    double[] scores = new double[50_000];
    Calibrator platt = Calibrator.platt(scores, draw(scores, -1.5, 0.5, 1));
    for (double s = -3; s <= 3; s += 0.5) {
      assertThat(platt.probability(s)).isEqualTo(1 / (1 + Math.exp(-1.5 * s + 0.5)), within(0.015));
    }
  }

  /** At the optimum of Platt's loss both sums of the gradient are zero: a closed condition. */
  @Test
  void plattIsAtTheOptimumOfItsLoss() {
    double[] scores = new double[300];
    boolean[] is = draw(scores, -0.8, 1, 2);
    Calibrator platt = Calibrator.platt(scores, is);
    int positive = 0;
    for (boolean b : is) {
      positive += b ? 1 : 0;
    }
    double ga = 0;
    double gb = 0;
    for (int i = 0; i < scores.length; i++) {
      double target =
          is[i] ? (positive + 1.0) / (positive + 2.0) : 1 / (scores.length - positive + 2.0);
      double residual = target - platt.probability(scores[i]);
      ga += residual * scores[i];
      gb += residual;
    }
    assertThat(ga).isEqualTo(0, within(1e-5));
    assertThat(gb).isEqualTo(0, within(1e-5));
  }

  @Test
  void plattStaysFiniteWhereScoresSeparateOrMislead() {
    double[] scores = {-2, -1, 1, 2};
    boolean[] is = {false, false, true, true};
    Calibrator platt = Calibrator.platt(scores, is);
    // Targets 3/4 and 1/4 keep it from certainty.
    assertThat(platt.probability(2)).isBetween(0.7, 0.95);
    assertThat(platt.probability(1e300)).isEqualTo(1);
    assertThat(platt.probability(-1e300)).isEqualTo(0);
    Calibrator turned = Calibrator.platt(scores, new boolean[] {true, true, false, false});
    assertThat(turned.probability(-5)).as("no score turns round").isEqualTo(turned.probability(5));
    assertThat(turned.probability(0)).isEqualTo(0.5, within(1e-12));
    assertThat(Calibrator.platt(new double[] {1, 1}, new boolean[] {true, false}).probability(1))
        .isEqualTo(0.5, within(1e-6));
  }

  /**
   * Pools by hand: of 1 0 | 1 1 0 | 1 the first two and the next three violate the order; between
   * the pools' ends the line of scikit-learn's {@code IsotonicRegression}.
   */
  @Test
  void isotonicPoolsAdjacentViolators() {
    double[] scores = {1, 2, 3, 4, 5, 6};
    boolean[] is = {true, false, true, true, false, true};
    Calibrator isotonic = Calibrator.isotonic(scores, is);
    assertThat(isotonic.probability(1)).isEqualTo(0.5);
    assertThat(isotonic.probability(2)).isEqualTo(0.5);
    assertThat(isotonic.probability(3)).isEqualTo(2.0 / 3, within(1e-12));
    assertThat(isotonic.probability(4.5)).isEqualTo(2.0 / 3, within(1e-12));
    assertThat(isotonic.probability(2.5)).isEqualTo((0.5 + 2.0 / 3) / 2, within(1e-12));
    assertThat(isotonic.probability(99)).as("never certain").isEqualTo(1 - 1 / 8.0);
    assertThat(isotonic.probability(-99)).isEqualTo(0.5);
    Calibrator ties =
        Calibrator.isotonic(new double[] {0, 0, 0, 1}, new boolean[] {true, false, false, true});
    assertThat(ties.probability(0)).isEqualTo(1.0 / 3, within(1e-12));
  }

  @Test
  void isotonicNeverFalls() {
    double[] scores = new double[2000];
    Calibrator isotonic = Calibrator.isotonic(scores, draw(scores, -1, 0, 3));
    double last = 0;
    double distance = 0;
    for (double s = -4; s < 4; s += 0.01) {
      double p = isotonic.probability(s);
      assertThat(p).isBetween(last, 1.0);
      distance += Math.abs(p - 1 / (1 + Math.exp(-Math.max(-3, Math.min(3, s))))) / 800;
      last = p;
    }
    assertThat(distance).as("from the curve the data were drawn from").isLessThan(0.04);
  }

  @Test
  void probabilitiesOfManyClassesAddUpToOne() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] scores = new double[600][3];
    int[] classOf = new int[600];
    int[] users = new int[600];
    for (int u = 0; u < 600; u++) {
      users[u] = u;
      classOf[u] = random.nextInt(3);
      for (int c = 0; c < 3; c++) {
        scores[u][c] = (c == classOf[u] ? 1 : 0) + random.nextDouble() * 2;
      }
    }
    for (AttributeInference.Calibration way : AttributeInference.Calibration.values()) {
      Calibrators calibrators = Calibrators.of(way, scores, classOf, users);
      int[] inBand = new int[3];
      double[] sure = new double[2];
      for (int u = 0; u < 600; u++) {
        double[] p = calibrators.probabilities(scores[u]);
        assertThat(p[0] + p[1] + p[2]).isEqualTo(1, within(1e-12));
        int best = Validation.best(p);
        sure[0] += p[best];
        sure[1] += best == classOf[u] ? 1 : 0;
        inBand[best]++;
      }
      assertThat(sure[0] / 600).as("as sure as right").isEqualTo(sure[1] / 600, within(0.05));
      assertThat(inBand).doesNotContain(0);
      double[] extreme = calibrators.probabilities(new double[] {-1e300, -1e300, -1e300});
      assertThat(extreme[0] + extreme[1] + extreme[2]).isEqualTo(1, within(1e-12));
    }
  }
}
