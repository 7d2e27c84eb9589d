// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.util.Arrays;

/**
 * Conjugate gradients with the inverse of the diagonal as preconditioner [1, section 10.3], begun
 * at the x that is given. A step passes over the rows twice: O(rows · width).
 *
 * <p>[1] G. Golub, C. Van Loan, "Matrix computations", 3rd edition, 1996.
 */
final class ConjugateGradient implements RidgeSolver {

  // Past this, float32 has no more to give.
  private static final double TOLERANCE = 1e-6;

  private static final int MANY_STEPS = 200;

  private final int steps;
  private final float[] diagonal;
  private final float[] residual;
  private final float[] direction;
  private final float[] product;

  /**
   * A solver.
   *
   * @param width the width of the systems
   * @param steps how many steps at most, at least 1
   */
  ConjugateGradient(int width, int steps) {
    this.steps = steps;
    this.diagonal = new float[width];
    this.residual = new float[width];
    this.direction = new float[width];
    this.product = new float[width];
  }

  /** A solver that goes on until float32 has no more to give. */
  static ConjugateGradient exact(int width) {
    return new ConjugateGradient(width, MANY_STEPS);
  }

  @Override
  public void solve(RidgeSystem system, float[] x) {
    system.residual(x, residual);
    descend(system, residual, x);
  }

  @Override
  public void solve(RidgeSystem system, float[] right, float[] x) {
    Arrays.fill(x, 0);
    descend(system, right, x);
  }

  private void descend(RidgeSystem system, float[] r, float[] x) {
    system.diagonal(diagonal);
    double squares = 0;
    for (int k = 0; k < r.length; k++) {
      float z = r[k] / diagonal[k];
      direction[k] = z;
      squares += (double) z * r[k];
    }
    // Turned round, so that NaN goes on into x, where it is found.
    for (int step = 1; !(squares <= TOLERANCE * TOLERANCE * size(x)); step++) {
      // The last step needs no residual after it, which is half of its work.
      boolean last = step == steps;
      double energy;
      if (last) {
        energy = system.energy(direction);
      } else {
        system.multiply(direction, product);
        energy = dot(direction, product);
      }
      float length = (float) (squares / energy);
      for (int k = 0; k < x.length; k++) {
        x[k] += length * direction[k];
      }
      if (last) {
        return;
      }
      double before = squares;
      squares = 0;
      for (int k = 0; k < r.length; k++) {
        r[k] -= length * product[k];
        squares += (double) r[k] * r[k] / diagonal[k];
      }
      float turn = (float) (squares / before);
      for (int k = 0; k < r.length; k++) {
        direction[k] = r[k] / diagonal[k] + turn * direction[k];
      }
    }
  }

  private double size(float[] x) {
    double size = 0;
    for (int k = 0; k < x.length; k++) {
      size += (double) diagonal[k] * x[k] * x[k];
    }
    return size;
  }

  private static double dot(float[] a, float[] b) {
    double dot = 0;
    for (int k = 0; k < a.length; k++) {
      dot += (double) a[k] * b[k];
    }
    return dot;
  }
}
