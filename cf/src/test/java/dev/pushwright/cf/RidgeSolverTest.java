// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Gauss in double on the matrix as it is written. */
class RidgeSolverTest {

  /** A system, and the same as a matrix in double. */
  private static final class Problem {
    private final double[] right;
    private final double[][] matrix;
    private final RidgeSystem system;
    private final int width;

    Problem(SplittableRandom random, int width, int rows, double largest) {
      this.width = width;
      this.system = new RidgeSystem(width);
      this.right = new double[width];
      this.matrix = new double[width][width];
      // Filled twice: what was there before has no say.
      for (int time = 0; time < 2; time++) {
        system.clear();
        for (int k = 0; k < width; k++) {
          right[k] = 0;
          Arrays.fill(matrix[k], 0);
          system.base()[k] = (float) random.nextDouble(0.5, 2);
          matrix[k][k] = system.base()[k];
        }
        for (int n = 0; n < (time == 0 ? rows + 3 : rows); n++) {
          float[] row = new float[width];
          for (int k = 0; k < width; k++) {
            row[k] = (float) random.nextDouble(-1, 1);
          }
          float q = (float) (largest * random.nextDouble());
          float l = q + 1;
          system.add(row, q, l);
          for (int j = 0; j < width; j++) {
            for (int k = 0; k < width; k++) {
              matrix[j][k] += (double) q * row[j] * row[k];
            }
            right[j] += (double) l * row[j];
          }
        }
      }
    }

    void assertSolves(RidgeSolver solver, double tolerance) {
      double[] expected = PlainAls.solve(matrix, right);
      double size = Math.sqrt(PlainAls.dot(expected, expected));
      float[] x = new float[width];
      Arrays.fill(x, 0.3f);
      solver.solve(system, x);
      float[] again = new float[width];
      float[] copy = new float[width];
      system.rightHandSide(copy);
      solver.solve(system, copy, again);
      for (int k = 0; k < width; k++) {
        assertThat((double) x[k]).isCloseTo(expected[k], within(tolerance * size));
        assertThat((double) again[k]).isCloseTo(expected[k], within(tolerance * size));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 0", "2, 9", "5, 3", "16, 40", "17, 100", "64, 8", "64, 500", "70, 33"})
  void bothSolversSolveTheNormalEquations(int width, int rows) {
    Problem random = new Problem(new SplittableRandom(31L * width + rows), width, rows, 3);
    random.assertSolves(new CholeskySolver(width), 2e-5);
    random.assertSolves(ConjugateGradient.exact(width), 2e-5);
  }

  @Test
  void aSolverIsUsedAgainForOtherSystems() {
    CholeskySolver cholesky = new CholeskySolver(20);
    ConjugateGradient gradients = ConjugateGradient.exact(20);
    SplittableRandom random = new SplittableRandom(5);
    for (int rows : new int[] {30, 2, 90}) {
      Problem one = new Problem(random, 20, rows, 3);
      one.assertSolves(cholesky, 2e-5);
      one.assertSolves(gradients, 2e-5);
    }
  }

  @Test
  void weightsThatEatThePivotsOfFloatsAreSolvedAllTheSame() {
    Problem steep = new Problem(new SplittableRandom(8), 12, 5, 1e9);
    float[] x = new float[12];
    new CholeskySolver(12).solve(steep.system, x);
    // A billion says that each row's product is 1, as near as float32 can hold it.
    for (int n = 0; n < steep.system.size(); n++) {
      assertThat(DenseRows.dot(x, steep.system.row(n))).isCloseTo(1f, within(1e-2f));
    }
  }

  @Test
  void aStepNeverRaisesTheError() {
    Problem random = new Problem(new SplittableRandom(9), 40, 300, 3);
    double[] expected = PlainAls.solve(random.matrix, random.right);
    double before = Double.POSITIVE_INFINITY;
    for (int steps = 1; steps <= 8; steps++) {
      float[] x = new float[40];
      new ConjugateGradient(40, steps).solve(random.system, x);
      double energy = 0;
      for (int j = 0; j < 40; j++) {
        for (int k = 0; k < 40; k++) {
          energy += random.matrix[j][k] * (x[j] - expected[j]) * (x[k] - expected[k]);
        }
      }
      assertThat(energy).as("error after %s steps", steps).isLessThan(before);
      before = energy;
    }
  }

  @Test
  void notANumberIsNotHidden() {
    Problem random = new Problem(new SplittableRandom(9), 4, 3, 3);
    random.system.row(1)[2] = Float.NaN;
    float[] x = new float[4];
    new ConjugateGradient(4, 3).solve(random.system, x);
    assertThat(x).contains(Float.NaN);
    new CholeskySolver(4).solve(random.system, x);
    assertThat(x).contains(Float.NaN);
  }
}
