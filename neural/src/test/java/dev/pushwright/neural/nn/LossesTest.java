// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static dev.pushwright.testkit.GradientCheck.check;
import static dev.pushwright.testkit.GradientCheck.doubles;
import static dev.pushwright.testkit.GradientCheck.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Each loss beside its definition in double, and its gradient against central differences. */
class LossesTest {

  private static final int N = 2500;

  private static float[] wide(int n, long seed) {
    float[] x = random(n, seed);
    for (int i = 0; i < n; i++) {
      x[i] *= i % 7;
    }
    return x;
  }

  private static double logistic(double[] x, float[] t, float[] w) {
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      double p = 1 / (1 + Math.exp(-x[i]));
      loss -= w[i] * (t[i] * Math.log(p) + (1 - t[i]) * Math.log(1 - p));
    }
    return loss;
  }

  @Test
  void theLogisticLossIsItsDefinition() {
    float[] x = wide(N, 1);
    float[] t = new float[N];
    float[] w = new float[N];
    for (int i = 0; i < N; i++) {
      t[i] = i % 3 == 0 ? 1 : i % 3 == 1 ? 0 : 0.3f;
      w[i] = 0.5f + i % 4;
    }
    float[] ones = new float[N];
    Arrays.fill(ones, 1);
    BinaryCrossEntropy loss = new BinaryCrossEntropy();
    assertThat(loss.forward(x, t, N)).isCloseTo(logistic(doubles(x), t, ones), within(1e-4));
    assertThat(loss.forward(x, t, w, N)).isCloseTo(logistic(doubles(x), t, w), within(1e-3));
    // A term depends on its own logit alone, so its slope does not need the sum of all.
    float[] found = loss.backward(0.5f);
    for (int i = 0; i < N; i += 50) {
      float[] ti = {t[i]};
      float[] wi = {w[i]};
      check("dx", p -> 0.5 * logistic(p, ti, wi), new float[] {x[i]}, new float[] {found[i]});
    }
  }

  @Test
  void theLogisticLossOfLargeLogitsIsFinite() {
    BinaryCrossEntropy loss = new BinaryCrossEntropy();
    float[] x = {1e6f, -1e6f, 1e6f, -1e6f};
    assertThat(loss.forward(x, new float[] {1, 0, 0, 1}, 4)).isCloseTo(2e6, within(1.0));
    assertThat(loss.backward(1)).containsExactly(new float[] {0, 0, 1, -1}, within(1e-30f));
  }

  private static double softmax(double[] x, int[] labels, int classes) {
    double loss = 0;
    for (int r = 0; r < labels.length; r++) {
      if (labels[r] >= 0) {
        double sum = 0;
        for (int v = 0; v < classes; v++) {
          sum += Math.exp(x[r * classes + v]);
        }
        loss += Math.log(sum) - x[r * classes + labels[r]];
      }
    }
    return loss;
  }

  @Test
  void theSoftmaxLossIsItsDefinitionAndSkipsWhatIsIgnored() {
    int[] labels = {2, 0, SoftmaxCrossEntropy.IGNORED, 4};
    float[] x = wide(20, 2);
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(5);
    assertThat(loss.forward(x, labels, 4)).isCloseTo(softmax(doubles(x), labels, 5), within(1e-5));
    check("dx", t -> 0.25 * softmax(t, labels, 5), x, loss.backward(0.25f));
    assertThatThrownBy(() -> loss.forward(x, new int[] {5}, 1))
        .hasMessage("label 5 of row 0; 0 to 4 are possible");
  }

  @Test
  void theBprLossIsItsDefinition() {
    float[] x = wide(30, 3);
    float[] y = wide(30, 4);
    BprLoss loss = new BprLoss();
    double expected = 0;
    for (int i = 0; i < 30; i++) {
      expected -= Math.log(1 / (1 + Math.exp((double) y[i] - x[i])));
    }
    assertThat(loss.forward(x, y, 30)).isCloseTo(expected, within(1e-4));
    loss.backward(2);
    for (int i = 0; i < 30; i++) {
      float other = y[i];
      float own = x[i];
      check(
          "dx",
          t -> 2 * Math.log1p(Math.exp(other - t[0])),
          new float[] {x[i]},
          new float[] {loss.dPositive()[i]});
      check(
          "dy",
          t -> 2 * Math.log1p(Math.exp(t[0] - own)),
          new float[] {y[i]},
          new float[] {loss.dNegative()[i]});
    }
  }

  @Test
  void theSquaredErrorIsItsDefinition() {
    float[] x = random(20, 5);
    float[] y = random(20, 6);
    SquaredError loss = new SquaredError();
    double found = loss.forward(x, y, 20);
    java.util.function.ToDoubleFunction<double[]> twin =
        t -> {
          double sum = 0;
          for (int i = 0; i < 20; i++) {
            sum += (t[i] - y[i]) * (t[i] - y[i]);
          }
          return sum;
        };
    assertThat(found).isCloseTo(twin.applyAsDouble(doubles(x)), within(1e-5));
    check("dx", twin, x, loss.backward(1));
  }

  @Test
  void theDivergenceOfGaussiansIsItsDefinition() {
    float[] mean = random(20, 7);
    float[] logVariance = wide(20, 8);
    GaussianKl loss = new GaussianKl();
    assertThat(loss.forward(mean, logVariance, 20))
        .isCloseTo(kl(doubles(mean), doubles(logVariance)), within(1e-4));
    loss.backward(1);
    check("dMean", t -> kl(t, doubles(logVariance)), mean, loss.dMean());
    check("dLogVariance", t -> kl(doubles(mean), t), logVariance, loss.dLogVariance());
    assertThat(loss.forward(new float[3], new float[3], 3)).isZero();
  }

  private static double kl(double[] mean, double[] logVariance) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += (mean[i] * mean[i] + Math.exp(logVariance[i]) - 1 - logVariance[i]) / 2;
    }
    return sum;
  }
}
