// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricInverseTest {

  /** AᵀA + I of a random A: positive definite. */
  private static double[][] random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] a = new double[n + 5][n];
    for (double[] row : a) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextDouble(-1, 1);
      }
    }
    double[][] product = LinearData.gram(a);
    for (int i = 0; i < n; i++) {
      product[i][i]++;
    }
    return product;
  }

  private static double[][] triangle(double[][] matrix) {
    double[][] triangle = SymmetricInverse.triangle(matrix.length);
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(matrix[i], 0, triangle[i], 0, i + 1);
    }
    return triangle;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 63, 64, 65, 127, 128, 129, 130, 255, 257, 301, 641})
  void theProductWithTheOriginalIsTheIdentity(int n) {
    double[][] matrix = n == 0 ? new double[0][] : random(n, n);
    double[][] inverse = triangle(matrix);
    assertThat(SymmetricInverse.invert(inverse, FitContext.standard().withThreads(3)))
        .isEqualTo(-1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < n; l++) {
          sum += matrix[i][l] * (l >= j ? inverse[l][j] : inverse[j][l]);
        }
        assertThat(sum).as("%s, %s of %s", i, j, n).isCloseTo(i == j ? 1 : 0, within(1e-10));
      }
    }
  }

  @Test
  void aTwoByTwoInverseIsTheOneByHand() {
    double[][] triangle = SymmetricInverse.triangle(2);
    triangle[0][0] = 4;
    triangle[1][0] = 2;
    triangle[1][1] = 3;
    assertThat(SymmetricInverse.invert(triangle, FitContext.standard())).isEqualTo(-1);
    assertThat(triangle[0][0]).isCloseTo(3 / 8., within(1e-15));
    assertThat(triangle[1][0]).isCloseTo(-2 / 8., within(1e-15));
    assertThat(triangle[1][1]).isCloseTo(4 / 8., within(1e-15));
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() {
    double[][] matrix = random(413, 7);
    double[][] one = triangle(matrix);
    double[][] eight = triangle(matrix);
    SymmetricInverse.invert(one, FitContext.standard().withThreads(1));
    SymmetricInverse.invert(eight, FitContext.standard().withThreads(8));
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(eight[i][j]).isEqualTo(one[i][j]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 128, 199})
  void thePivotThatIsNotAboveZeroIsNamed(int at) {
    double[][] matrix = random(200, 2);
    for (double bad : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[][] triangle = triangle(matrix);
      triangle[at][at] = bad;
      assertThat(SymmetricInverse.invert(triangle, FitContext.standard())).isEqualTo(at);
    }
  }

  @Test
  void progressEndsAtTheLastRow() {
    List<Progress> heard = new ArrayList<>();
    SymmetricInverse.invert(
        triangle(random(300, 3)), FitContext.standard().withListener(heard::add));
    assertThat(heard).extracting(Progress::done).containsExactly(128L, 256L, 300L);
    assertThat(heard).extracting(Progress::total).containsOnly(300L);
  }

  @Test
  void anInterruptCancels() {
    double[][] triangle = triangle(random(300, 3));
    FitContext context =
        FitContext.standard()
            .withThreads(2)
            .withListener(progress -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> SymmetricInverse.invert(triangle, context))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
