// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * The least squares of one user whose items' vectors q<sub>1</sub> … q<sub>n</sub> are fixed: with
 * rows a<sub>p</sub> = (1, q<sub>p</sub>) and the penalties as a diagonal Λ, solves
 *
 * <pre>A x = y,   A = Σ_p a_p a_pᵀ + Λ</pre>
 *
 * by conjugate gradients, preconditioned by the diagonal: 4·n·K multiplications an iteration, and
 * no matrix of K² numbers. Not thread-safe.
 */
final class UserRidge {

  // Far below what float32 vectors are good for.
  private static final double TOLERANCE = 1e-10;

  private final float[][] rows;
  private final int factors;
  private final double biasPenalty;
  private final double factorPenalty;

  /**
   * A system.
   *
   * @param rows n × K: the vectors of the user's items; kept, not changed
   * @param factors K, at least 0
   * @param biasPenalty what is added to the diagonal for the bias, at least 0
   * @param factorPenalty and for each factor
   */
  UserRidge(float[][] rows, int factors, double biasPenalty, double factorPenalty) {
    this.rows = rows;
    this.factors = factors;
    this.biasPenalty = biasPenalty;
    this.factorPenalty = factorPenalty;
  }

  /** The right side whose solution fits the user to targets, one for each row: Σ target·a. */
  double[] rightSide(double[] targets) {
    double[] y = new double[factors + 1];
    for (int p = 0; p < rows.length; p++) {
      addRow(p, targets[p], y);
    }
    return y;
  }

  /** a_p · x. */
  double row(int p, double[] x) {
    double sum = x[0];
    for (int f = 0; f < factors; f++) {
      sum += rows[p][f] * x[f + 1];
    }
    return sum;
  }

  private void addRow(int p, double times, double[] y) {
    y[0] += times;
    for (int f = 0; f < factors; f++) {
      y[f + 1] += times * rows[p][f];
    }
  }

  /**
   * Solves the system.
   *
   * @param y K + 1 numbers, the bias first
   * @return K + 1 numbers, the bias first
   */
  double[] solve(double[] y) {
    if (factors == 0) {
      return new double[] {y[0] / (rows.length + biasPenalty)};
    }
    int size = factors + 1;
    double[] diagonal = diagonal();
    double[] x = new double[size];
    double[] residual = y.clone();
    double[] scaled = new double[size];
    double[] direction = new double[size];
    double[] product = new double[size];
    double before = 0;
    double first = 0;
    for (int iteration = 0; iteration < 4 * size; iteration++) {
      double now = 0;
      for (int f = 0; f < size; f++) {
        scaled[f] = residual[f] / diagonal[f];
        now += scaled[f] * residual[f];
      }
      if (iteration == 0) {
        first = now;
      }
      if (!(now > TOLERANCE * TOLERANCE * first)) {
        break;
      }
      double keep = iteration == 0 ? 0 : now / before;
      for (int f = 0; f < size; f++) {
        direction[f] = scaled[f] + keep * direction[f];
      }
      multiply(direction, product);
      double curvature = dot(direction, product);
      if (!(curvature > 0)) {
        break;
      }
      double step = now / curvature;
      for (int f = 0; f < size; f++) {
        x[f] += step * direction[f];
        residual[f] -= step * product[f];
      }
      before = now;
    }
    return x;
  }

  private double[] diagonal() {
    double[] diagonal = new double[factors + 1];
    diagonal[0] = rows.length + biasPenalty;
    for (int f = 0; f < factors; f++) {
      double sum = factorPenalty;
      for (float[] row : rows) {
        sum += (double) row[f] * row[f];
      }
      // A factor that no item has and nothing penalises stays 0.
      diagonal[f + 1] = sum > 0 ? sum : 1;
    }
    return diagonal;
  }

  private void multiply(double[] x, double[] product) {
    product[0] = biasPenalty * x[0];
    for (int f = 1; f <= factors; f++) {
      product[f] = factorPenalty * x[f];
    }
    for (int p = 0; p < rows.length; p++) {
      addRow(p, row(p, x), product);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      sum += a[f] * b[f];
    }
    return sum;
  }
}
