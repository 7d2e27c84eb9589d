// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static dev.pushwright.testkit.GradientCheck.check;
import static dev.pushwright.testkit.GradientCheck.doubles;
import static dev.pushwright.testkit.GradientCheck.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MultinomialCrossEntropyTest {

  private static final int B = 3;
  private static final int V = 7;

  // The second row counts nothing.
  private static final int[] STARTS = {0, 3, 3, 5};
  private static final int[] IDS = {1, 4, 6, 0, 4};
  private static final float[] COUNTS = {1, 0.5f, 2, 1.25f, 0};

  /** By the definition: softmax, then its logarithm. */
  private static double twin(double[] x) {
    double loss = 0;
    for (int r = 0; r < B; r++) {
      double sum = 0;
      for (int v = 0; v < V; v++) {
        sum += Math.exp(x[r * V + v]);
      }
      for (int k = STARTS[r]; k < STARTS[r + 1]; k++) {
        loss -= COUNTS[k] * Math.log(Math.exp(x[r * V + IDS[k]]) / sum);
      }
    }
    return loss;
  }

  @Test
  void lossAndGradientAreThoseOfTheDefinition() {
    float[] x = random(B * V, 3);
    MultinomialCrossEntropy loss = new MultinomialCrossEntropy(V);
    assertThat(loss.forward(x, STARTS, IDS, COUNTS, B)).isCloseTo(twin(doubles(x)), within(1e-5));
    check("dx", MultinomialCrossEntropyTest::twin, x, loss.backward(1));
    loss.forward(x, STARTS, IDS, COUNTS, B);
    check("dx", t -> 0.25 * twin(t), x, loss.backward(0.25f));
  }

  // exp(900) is no float.
  @Test
  void largeLogitsDoNotOverflow() {
    float[] x = {900, 0, -900};
    MultinomialCrossEntropy loss = new MultinomialCrossEntropy(3);
    assertThat(loss.forward(x, new int[] {0, 2}, new int[] {0, 1}, new float[] {3, 1}, 1))
        .isCloseTo(900, within(1e-3));
    assertThat(loss.backward(1)).containsExactly(new float[] {1, -1, 0}, within(1e-30f));
  }

  @Test
  void oneCountOfOneIsTheSoftmaxLoss() {
    float[] x = random(B * V, 4);
    int[] labels = {2, 0, 6};
    double expected = new SoftmaxCrossEntropy(V).forward(x, labels, B);
    assertThat(
            new MultinomialCrossEntropy(V)
                .forward(x, new int[] {0, 1, 2, 3}, labels, new float[] {1, 1, 1}, B))
        .isCloseTo(expected, within(1e-9));
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    MultinomialCrossEntropy loss = new MultinomialCrossEntropy(V);
    assertThatThrownBy(() -> loss.forward(new float[V], STARTS, IDS, COUNTS, B))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x has 7 elements; 3 rows of 7 are due");
    assertThatThrownBy(() -> loss.forward(new float[B * V], STARTS, IDS, new float[2], B))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("counts has 2 elements");
  }
}
