// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static dev.pushwright.testkit.GradientCheck.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Beside a {@link Dense} layer on the same inputs with all their zeros. */
class EmbeddingSumTest {

  private static final int R = 9;
  private static final int C = 6;
  private static final int B = 4;

  // The second input is empty, the last looks one row up twice.
  private static final int[] STARTS = {0, 3, 3, 5, 9};
  private static final int[] IDS = {8, 0, 4, 4, 1, 2, 8, 2, 4};
  private static final float[] WEIGHTS = random(9, 5);

  private static float[] spread() {
    float[] x = new float[B * R];
    for (int r = 0; r < B; r++) {
      for (int k = STARTS[r]; k < STARTS[r + 1]; k++) {
        x[r * R + IDS[k]] += WEIGHTS[k];
      }
    }
    return x;
  }

  @Test
  void givesWhatADenseLayerGivesAndLearnsWhatItLearns() {
    Parameters sparse = new Parameters(1);
    EmbeddingSum sum = new EmbeddingSum(sparse, "t", R, C, Initializer.normal(1));
    Parameters full = new Parameters(1);
    Dense dense = new Dense(full, "d", R, C, Initializer.zeros());
    System.arraycopy(sum.table().values(), 0, dense.weight().values(), 0, R * C);
    float[] dy = random(B * C, 7);
    Optimizer moves = Optimizer.sgd(0.5).build(sparse);
    Optimizer movesFull = Optimizer.sgd(0.5).build(full);
    for (int step = 0; step < 3; step++) {
      float[] y = sum.forward(STARTS, IDS, WEIGHTS, B).clone();
      float[] expected = dense.forward(spread(), B);
      for (int i = 0; i < B * C; i++) {
        // Without the bias, which the other has learned meanwhile.
        assertThat(y[i]).isCloseTo(expected[i] - dense.bias().values()[i % C], within(1e-5f));
      }
      sum.backward(dy);
      dense.learn(dy);
      moves.step();
      movesFull.step();
      for (int i = 0; i < R * C; i++) {
        assertThat(sum.table().values()[i]).isCloseTo(dense.weight().values()[i], within(1e-5f));
      }
    }
  }

  @Test
  void aRowIsReportedOnceABatchAndOnlyWhereItWasLookedUp() {
    Parameters parameters = new Parameters(1);
    EmbeddingSum sum = new EmbeddingSum(parameters, "t", R, C, Initializer.zeros());
    sum.forward(STARTS, IDS, WEIGHTS, B);
    sum.backward(random(B * C, 7));
    RowGradients gradients = sum.table().rowGradients();
    assertThat(java.util.Arrays.copyOf(gradients.rows(), gradients.size()))
        .containsExactly(8, 0, 4, 1, 2);
  }

  @Test
  void aFrozenTableLearnsNothing() {
    Parameters parameters = new Parameters(1);
    EmbeddingSum sum = new EmbeddingSum(parameters, "t", R, C, Initializer.normal(1));
    Parameters frozen = new Parameters(2);
    frozen.adopt(sum.table(), true);
    EmbeddingSum again = new EmbeddingSum(frozen, "t", R, C, Initializer.zeros());
    assertThat(again.forward(STARTS, IDS, WEIGHTS, B))
        .isEqualTo(sum.forward(STARTS, IDS, WEIGHTS, B));
    again.backward(random(B * C, 7));
    assertThat(again.table().rowGradients().size()).isZero();
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    EmbeddingSum sum = new EmbeddingSum(new Parameters(1), "t", R, C, Initializer.zeros());
    assertThatThrownBy(() -> sum.forward(STARTS, IDS, WEIGHTS, B + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("starts has 5 elements; 6 rows of 1 are due");
    assertThatThrownBy(() -> sum.forward(STARTS, IDS, new float[3], B))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights has 3 elements");
    sum.forward(STARTS, IDS, WEIGHTS, B);
    assertThatThrownBy(() -> sum.backward(new float[C]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dy has 6 elements");
  }
}
