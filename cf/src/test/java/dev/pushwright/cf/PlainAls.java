// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.SparseRows;

/** Implicit ALS as its formulas read: dense, in double, every pair visited. */
final class PlainAls {

  /** Preferences and confidences of all pairs, and what each row's squares cost. */
  interface Loss {
    double confidence(int user, int item);

    double target(int user, int item);

    double userRidge(int user);

    double itemRidge(int item);
  }

  private PlainAls() {}

  /** The loss of {@link Als}. */
  static Loss loss(SparseRows byUser, AlsLoss numbers) {
    return new Loss() {
      @Override
      public double confidence(int user, int item) {
        float weight = byUser.get(user, item);
        return weight > 0 ? 1 + numbers.alpha() * weight : numbers.unobservedWeight();
      }

      @Override
      public double target(int user, int item) {
        return byUser.get(user, item) > 0 ? 1 : 0;
      }

      @Override
      public double userRidge(int user) {
        double total = 0;
        for (int i = 0; i < byUser.columns(); i++) {
          total += confidence(user, i);
        }
        return numbers.regularization() * Math.pow(total, numbers.frequencyScaling());
      }

      @Override
      public double itemRidge(int item) {
        double total = 0;
        for (int u = 0; u < byUser.rows(); u++) {
          total += confidence(u, item);
        }
        return numbers.regularization() * Math.pow(total, numbers.frequencyScaling());
      }
    };
  }

  static double objective(Loss loss, double[][] users, double[][] items) {
    double sum = 0;
    for (int u = 0; u < users.length; u++) {
      for (int i = 0; i < items.length; i++) {
        double error = loss.target(u, i) - dot(users[u], items[i]);
        sum += loss.confidence(u, i) * error * error;
      }
      sum += loss.userRidge(u) * dot(users[u], users[u]);
    }
    for (int i = 0; i < items.length; i++) {
      sum += loss.itemRidge(i) * dot(items[i], items[i]);
    }
    return sum;
  }

  /** Items, then users. */
  static void iterate(Loss loss, double[][] users, double[][] items) {
    int width = users[0].length;
    for (int i = 0; i < items.length; i++) {
      double[][] a = ridge(width, loss.itemRidge(i));
      double[] b = new double[width];
      for (int u = 0; u < users.length; u++) {
        add(a, b, users[u], loss.confidence(u, i), loss.target(u, i));
      }
      items[i] = solve(a, b);
    }
    for (int u = 0; u < users.length; u++) {
      users[u] = solve(userMatrix(loss, u, items), userRight(loss, u, items));
    }
  }

  static double[][] userMatrix(Loss loss, int user, double[][] items) {
    double[][] a = ridge(items[0].length, loss.userRidge(user));
    for (int i = 0; i < items.length; i++) {
      add(a, new double[a.length], items[i], loss.confidence(user, i), 0);
    }
    return a;
  }

  private static double[] userRight(Loss loss, int user, double[][] items) {
    double[] b = new double[items[0].length];
    for (int i = 0; i < items.length; i++) {
      double weight = loss.confidence(user, i) * loss.target(user, i);
      for (int k = 0; k < b.length; k++) {
        b[k] += weight * items[i][k];
      }
    }
    return b;
  }

  private static double[][] ridge(int width, double ridge) {
    double[][] a = new double[width][width];
    for (int k = 0; k < width; k++) {
      a[k][k] = ridge;
    }
    return a;
  }

  private static void add(double[][] a, double[] b, double[] f, double confidence, double target) {
    for (int j = 0; j < b.length; j++) {
      for (int k = 0; k < b.length; k++) {
        a[j][k] += confidence * f[j] * f[k];
      }
      b[j] += confidence * target * f[j];
    }
  }

  /** Gauss, with pivots. */
  static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] a = new double[n][];
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    for (int i = 0; i < n; i++) {
      int best = i;
      for (int r = i + 1; r < n; r++) {
        best = Math.abs(a[r][i]) > Math.abs(a[best][i]) ? r : best;
      }
      double[] row = a[best];
      a[best] = a[i];
      a[i] = row;
      double value = x[best];
      x[best] = x[i];
      x[i] = value;
      for (int r = i + 1; r < n; r++) {
        double factor = a[r][i] / a[i][i];
        for (int c = i; c < n; c++) {
          a[r][c] -= factor * a[i][c];
        }
        x[r] -= factor * x[i];
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int c = i + 1; c < n; c++) {
        x[i] -= a[i][c] * x[c];
      }
      x[i] /= a[i][i];
    }
    return x;
  }

  static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int k = 0; k < a.length; k++) {
      dot += a[k] * b[k];
    }
    return dot;
  }

  static double[][] wide(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      wide[r] = new double[rows[r].length];
      for (int k = 0; k < rows[r].length; k++) {
        wide[r][k] = rows[r][k];
      }
    }
    return wide;
  }
}
