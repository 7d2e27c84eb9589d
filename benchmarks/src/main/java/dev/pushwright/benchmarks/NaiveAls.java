// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Implicit ALS the way the papers' formulas read, on one thread, with EJML for what is dense: for
 * each row its matrix is summed up in double and solved by Cholesky.
 */
final class NaiveAls {

  static final double UNOBSERVED_WEIGHT = 0.23;
  static final double REGULARIZATION = 0.009;

  private final double[][] users;
  private final double[][] items;

  private NaiveAls(double[][] users, double[][] items) {
    this.users = users;
    this.items = items;
  }

  static NaiveAls fit(Dataset data, int factors, int iterations, long seed) {
    SparseRows byUser = data.interactions(Weighting.standard()).byUser();
    SparseRows byItem = byUser.transpose();
    NaiveAls als =
        new NaiveAls(start(byUser.rows(), factors, seed), new double[byItem.rows()][factors]);
    for (int iteration = 0; iteration < iterations; iteration++) {
      solve(byItem, als.users, als.items);
      solve(byUser, als.items, als.users);
    }
    return als;
  }

  // The numbers that the library begins with, so that both do the same work.
  private static double[][] start(int rows, int factors, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] start = new double[rows][factors];
    for (double[] row : start) {
      SplittableRandom own = random.split();
      for (int k = 0; k < factors; k++) {
        row[k] = 0.1 / Math.sqrt(factors) * own.nextGaussian();
      }
    }
    return start;
  }

  private static void solve(SparseRows rows, double[][] from, double[][] to) {
    int width = to[0].length;
    double[] gram = new double[width * width];
    for (double[] row : from) {
      add(UNOBSERVED_WEIGHT, row, gram);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(width);
    for (int row = 0; row < to.length; row++) {
      double[] matrix = gram.clone();
      double[] right = new double[width];
      int count = rows.end(row) - rows.start(row);
      for (int p = rows.start(row); p < rows.end(row); p++) {
        double[] other = from[rows.column(p)];
        add(1 - UNOBSERVED_WEIGHT, other, matrix);
        for (int k = 0; k < width; k++) {
          right[k] += other[k];
        }
      }
      double ridge = REGULARIZATION * (count + UNOBSERVED_WEIGHT * (from.length - count));
      for (int k = 0; k < width; k++) {
        matrix[k * width + k] += ridge;
      }
      DMatrixRMaj solution = new DMatrixRMaj(width, 1);
      if (!solver.setA(DMatrixRMaj.wrap(width, width, matrix))) {
        throw new IllegalStateException("row " + row + " cannot be solved");
      }
      solver.solve(DMatrixRMaj.wrap(width, 1, right), solution);
      System.arraycopy(solution.data, 0, to[row], 0, width);
    }
  }

  private static void add(double weight, double[] row, double[] matrix) {
    int width = row.length;
    for (int j = 0; j < width; j++) {
      double w = weight * row[j];
      for (int k = 0; k < width; k++) {
        matrix[j * width + k] += w * row[k];
      }
    }
  }

  /** x · y. */
  double score(int user, int item) {
    double score = 0;
    for (int k = 0; k < users[user].length; k++) {
      score += users[user][k] * items[item][k];
    }
    return score;
  }
}
