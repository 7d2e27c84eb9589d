// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Clustering as it is written on a blackboard: every distance, in double, on one thread. */
final class PlainClusters {

  private PlainClusters() {}

  /**
   * Lloyd's iterations.
   *
   * @param points n points
   * @param start the centres begun with
   * @param iterations how many
   * @return for each point the nearest centre in the end
   */
  static int[] kMeans(double[][] points, double[][] start, int iterations) {
    double[][] centres = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    int[] labels = new int[points.length];
    for (int iteration = 0; ; iteration++) {
      for (int i = 0; i < points.length; i++) {
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
          double squared = squared(points[i], centres[c]);
          if (squared < least) {
            least = squared;
            labels[i] = c;
          }
        }
      }
      if (iteration == iterations) {
        return labels;
      }
      double[][] sums = new double[centres.length][start[0].length];
      int[] sizes = new int[centres.length];
      for (int i = 0; i < points.length; i++) {
        sizes[labels[i]]++;
        for (int j = 0; j < points[i].length; j++) {
          sums[labels[i]][j] += points[i][j];
        }
      }
      for (int c = 0; c < centres.length; c++) {
        for (int j = 0; j < sums[c].length && sizes[c] > 0; j++) {
          centres[c][j] = sums[c][j] / sizes[c];
        }
      }
    }
  }

  /**
   * DBSCAN.
   *
   * @param points n points
   * @param eps how far neighbours are away at most
   * @param minPoints how many make a neighbourhood dense
   * @return for each point its cluster, −1 for noise
   */
  static int[] dbscan(double[][] points, double eps, int minPoints) {
    int[] labels = new int[points.length];
    Arrays.fill(labels, -1);
    boolean[] visited = new boolean[points.length];
    int clusters = 0;
    for (int first = 0; first < points.length; first++) {
      if (visited[first]) {
        continue;
      }
      int[] near = near(points, first, eps);
      if (near.length < minPoints) {
        continue;
      }
      visited[first] = true;
      labels[first] = clusters;
      Deque<int[]> open = new ArrayDeque<>();
      open.add(near);
      while (!open.isEmpty()) {
        for (int i : open.poll()) {
          if (labels[i] < 0) {
            labels[i] = clusters;
          }
          if (!visited[i]) {
            visited[i] = true;
            int[] next = near(points, i, eps);
            if (next.length >= minPoints) {
              open.add(next);
            }
          }
        }
      }
      clusters++;
    }
    return labels;
  }

  private static int[] near(double[][] points, int of, double eps) {
    int[] near = new int[points.length];
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      if (squared(points[of], points[i]) <= eps * eps) {
        near[count++] = i;
      }
    }
    return Arrays.copyOf(near, count);
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }
}
