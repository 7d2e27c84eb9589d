// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;

/** The definitions, computed as they stand: every distance, in double. */
final class BruteForce {

  private BruteForce() {}

  /** What k-means gives. */
  static final class Means {
    double[][] centres = new double[0][];
    int[] labels = new int[0];
    double inertia;
    int iterations;
  }

  static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }

  static double[] row(Points points, int i) {
    double[] row = new double[points.dimensions()];
    for (int j = 0; j < row.length; j++) {
      row[j] = points.value(i, j);
    }
    return row;
  }

  static double[][] rows(Points points) {
    double[][] rows = new double[points.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(points, i);
    }
    return rows;
  }

  static int nearest(double[] x, double[][] centres) {
    int nearest = 0;
    for (int c = 1; c < centres.length; c++) {
      if (squared(x, centres[c]) < squared(x, centres[nearest])) {
        nearest = c;
      }
    }
    return nearest;
  }

  /** Lloyd's iterations from given centres, until no label changes or so many times. */
  static Means lloyd(Points points, double[][] start, int maxIterations) {
    double[][] x = rows(points);
    Means means = new Means();
    means.centres = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    means.labels = new int[x.length];
    Arrays.fill(means.labels, -1);
    boolean changed = true;
    while (changed && means.iterations < maxIterations) {
      changed = assign(x, means);
      for (int c = 0; c < start.length; c++) {
        double[] sum = new double[points.dimensions()];
        int size = 0;
        for (int i = 0; i < x.length; i++) {
          if (means.labels[i] == c) {
            size++;
            for (int j = 0; j < sum.length; j++) {
              sum[j] += x[i][j];
            }
          }
        }
        for (int j = 0; j < sum.length && size > 0; j++) {
          means.centres[c][j] = sum[j] / size;
        }
      }
      means.iterations++;
    }
    assign(x, means);
    for (int i = 0; i < x.length; i++) {
      means.inertia += squared(x[i], means.centres[means.labels[i]]);
    }
    return means;
  }

  private static boolean assign(double[][] x, Means means) {
    boolean changed = false;
    for (int i = 0; i < x.length; i++) {
      int nearest = nearest(x[i], means.centres);
      changed |= nearest != means.labels[i];
      means.labels[i] = nearest;
    }
    return changed;
  }

  /** The least inertia of several starts from points drawn at random. */
  static double bestInertia(Points points, int k, int restarts) {
    SplittableRandom random = new SplittableRandom(99);
    double best = Double.POSITIVE_INFINITY;
    for (int r = 0; r < restarts; r++) {
      double[][] start = new double[k][];
      for (int c = 0; c < k; c++) {
        start[c] = row(points, random.nextInt(points.size()));
      }
      best = Math.min(best, lloyd(points, start, 300).inertia);
    }
    return best;
  }

  /** DBSCAN as in the paper: each cluster is grown from its first core point until it is whole. */
  static int[] dbscan(Points points, double eps, int minPoints) {
    double[][] x = rows(points);
    int n = x.length;
    boolean[] core = new boolean[n];
    for (int i = 0; i < n; i++) {
      int near = 0;
      for (int j = 0; j < n; j++) {
        near += squared(x[i], x[j]) <= eps * eps ? 1 : 0;
      }
      core[i] = near >= minPoints;
    }
    int[] labels = new int[n];
    Arrays.fill(labels, -1);
    int clusters = 0;
    for (int first = 0; first < n; first++) {
      if (!core[first] || labels[first] >= 0) {
        continue;
      }
      Deque<Integer> open = new ArrayDeque<>();
      labels[first] = clusters;
      open.add(first);
      while (!open.isEmpty()) {
        int i = open.poll();
        for (int j = 0; core[i] && j < n; j++) {
          if (labels[j] < 0 && squared(x[i], x[j]) <= eps * eps) {
            labels[j] = clusters;
            open.add(j);
          }
        }
      }
      clusters++;
    }
    return labels;
  }
}
