// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * How good a clustering is: by itself ({@link #silhouette}, {@link #daviesBouldin}, {@link
 * #calinskiHarabasz}), or beside another of the same points, such as the truth ({@link
 * #adjustedRand}, {@link #normalizedMutualInformation}).
 *
 * <p>Those of the first kind leave out points labelled {@link Assignment#NOISE}, and need two
 * clusters. For those of the second kind noise is one more label; any numbers may be labels there.
 *
 * <ol>
 *   <li>P. Rousseeuw: Silhouettes. Journal of Computational and Applied Mathematics 20, 1987
 *   <li>D. Davies, D. Bouldin: A cluster separation measure. IEEE TPAMI 1(2), 1979
 *   <li>T. Caliński, J. Harabasz: A dendrite method for cluster analysis. Communications in
 *       Statistics 3(1), 1974
 *   <li>L. Hubert, P. Arabie: Comparing partitions. Journal of Classification 2, 1985
 *   <li>N. Vinh, J. Epps, J. Bailey: Information theoretic measures for clusterings comparison.
 *       JMLR 11, 2010
 * </ol>
 */
public final class ClusterMetrics {

  private ClusterMetrics() {}

  /**
   * The mean silhouette [1] of all points: (b − a) / max(a, b), with a the mean distance from the
   * others of the point's cluster and b the least of the mean distances from the points of another
   * cluster; 0 for a point alone in its cluster. O(n²·d).
   *
   * @param points the points
   * @param labels the cluster of each, at least 0, or {@link Assignment#NOISE}
   * @param context threads, progress and cancel
   * @return from −1 to 1, the higher the better
   * @throws IllegalArgumentException when the lengths differ, or there are fewer than two clusters
   */
  public static double silhouette(Points points, int[] labels, FitContext context) {
    double[] each = silhouettes(points, labels, context);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < each.length; i++) {
      if (labels[i] >= 0) {
        sum += each[i];
        count++;
      }
    }
    return sum / count;
  }

  /**
   * The mean silhouette within a random sample of the points, where all of them would take too
   * long. O(sample²·d).
   *
   * @param points the points
   * @param labels the cluster of each, at least 0, or {@link Assignment#NOISE}
   * @param sample how many points to take; when there are no more, all
   * @param seed of the drawing
   * @param context threads, progress and cancel
   * @return from −1 to 1, the higher the better; when the sample has one cluster only, 0
   * @throws IllegalArgumentException when the lengths differ, sample is below 2, or there are fewer
   *     than two clusters
   */
  public static double silhouette(
      Points points, int[] labels, int sample, long seed, FitContext context) {
    KMeans.Builder.requireAtLeast("sample", sample, 2);
    Sums.requireTwo(new Sums(points, labels));
    if (sample >= points.size()) {
      return silhouette(points, labels, context);
    }
    int[] rows = Seeding.sample(points.size(), sample, new SplittableRandom(seed));
    int[] chosen = Arrays.stream(rows).map(row -> labels[row]).toArray();
    if (Arrays.stream(chosen).filter(label -> label >= 0).distinct().count() < 2) {
      return 0;
    }
    return silhouette(points.rows(rows), chosen, context);
  }

  /**
   * The silhouette of each point.
   *
   * @param points the points
   * @param labels the cluster of each, at least 0, or {@link Assignment#NOISE}
   * @param context threads, progress and cancel
   * @return from −1 to 1 for each point; 0 for noise
   * @throws IllegalArgumentException when the lengths differ, or there are fewer than two clusters
   */
  public static double[] silhouettes(Points points, int[] labels, FitContext context) {
    Sums clusters = new Sums(points, labels);
    Sums.requireTwo(clusters);
    double[] silhouettes = new double[labels.length];
    context.forBlocks(
        "silhouettes",
        labels.length,
        64,
        (from, to) -> {
          double[] sums = new double[clusters.sizes.length];
          for (int i = from; i < to; i++) {
            if (labels[i] >= 0) {
              Arrays.fill(sums, 0);
              for (int j = 0; j < labels.length; j++) {
                if (labels[j] >= 0) {
                  sums[labels[j]] += Math.sqrt(points.squaredDistance(i, j));
                }
              }
              silhouettes[i] = silhouette(sums, clusters.sizes, labels[i]);
            }
          }
        });
    return silhouettes;
  }

  private static double silhouette(double[] sums, int[] sizes, int own) {
    if (sizes[own] == 1) {
      return 0;
    }
    double within = sums[own] / (sizes[own] - 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sums.length; c++) {
      if (c != own && sizes[c] > 0) {
        nearest = Math.min(nearest, sums[c] / sizes[c]);
      }
    }
    double larger = Math.max(within, nearest);
    return larger == 0 ? 0 : (nearest - within) / larger;
  }

  /**
   * The index of Davies and Bouldin [2]: the mean over the clusters of the worst (sᵢ + sⱼ) / dᵢⱼ,
   * with s the mean distance from the centre and d the distance of two centres. Clusters with the
   * same centre are not compared, as in scikit-learn.
   *
   * @param points the points
   * @param labels the cluster of each, at least 0, or {@link Assignment#NOISE}
   * @return at least 0, the lower the better
   * @throws IllegalArgumentException when the lengths differ, or there are fewer than two clusters
   */
  public static double daviesBouldin(Points points, int[] labels) {
    Sums clusters = new Sums(points, labels);
    Sums.requireTwo(clusters);
    int k = clusters.sizes.length;
    int d = points.dimensions();
    double[] spread = new double[k];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        spread[labels[i]] += Math.sqrt(points.squaredDistance(i, clusters.means, labels[i]));
      }
    }
    double sum = 0;
    for (int c = 0; c < k; c++) {
      double worst = 0;
      for (int other = 0; other < k && clusters.sizes[c] > 0; other++) {
        if (other != c && clusters.sizes[other] > 0) {
          double squared = 0;
          for (int j = 0; j < d; j++) {
            double difference = clusters.means[c * d + j] - clusters.means[other * d + j];
            squared += difference * difference;
          }
          if (squared > 0) {
            double both = spread[c] / clusters.sizes[c] + spread[other] / clusters.sizes[other];
            worst = Math.max(worst, both / Math.sqrt(squared));
          }
        }
      }
      sum += worst;
    }
    return sum / clusters.count;
  }

  /**
   * The ratio of Caliński and Harabasz [3]: the variance between the clusters, over k − 1, by that
   * within them, over n − k.
   *
   * @param points the points
   * @param labels the cluster of each, at least 0, or {@link Assignment#NOISE}
   * @return at least 0, the higher the better; where all points of each cluster are the same, 1, as
   *     in scikit-learn
   * @throws IllegalArgumentException when the lengths differ, or there are fewer than two clusters
   */
  public static double calinskiHarabasz(Points points, int[] labels) {
    Sums clusters = new Sums(points, labels);
    Sums.requireTwo(clusters);
    int d = points.dimensions();
    double[] mean = new double[d];
    for (int c = 0; c < clusters.sizes.length; c++) {
      for (int j = 0; j < d; j++) {
        mean[j] += clusters.means[c * d + j] * clusters.sizes[c] / clusters.points;
      }
    }
    double within = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0) {
        within += points.squaredDistance(i, clusters.means, labels[i]);
      }
    }
    double between = 0;
    for (int c = 0; c < clusters.sizes.length; c++) {
      for (int j = 0; j < d; j++) {
        double difference = clusters.means[c * d + j] - mean[j];
        between += clusters.sizes[c] * difference * difference;
      }
    }
    return within == 0
        ? 1
        : between / (clusters.count - 1) / (within / (clusters.points - clusters.count));
  }

  /** Sizes and means of clusters, by label. */
  private static final class Sums {
    final int[] sizes;
    final double[] means;
    final int count;
    final int points;

    Sums(Points points, int[] labels) {
      if (labels.length != points.size()) {
        throw new IllegalArgumentException(
            "there are " + points.size() + " points and " + labels.length + " labels");
      }
      int k = 0;
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < Assignment.NOISE || labels[i] >= labels.length) {
          throw new IllegalArgumentException(
              "label "
                  + i
                  + " is "
                  + labels[i]
                  + "; "
                  + Assignment.NOISE
                  + " for noise or a number below that of the points is needed");
        }
        k = Math.max(k, labels[i] + 1);
      }
      int d = points.dimensions();
      this.sizes = new int[k];
      this.means = new double[k * d];
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] >= 0) {
          sizes[labels[i]]++;
          for (int j = 0; j < d; j++) {
            means[labels[i] * d + j] += points.value(i, j);
          }
        }
      }
      int found = 0;
      int sum = 0;
      for (int c = 0; c < k; c++) {
        if (sizes[c] > 0) {
          found++;
          sum += sizes[c];
          for (int j = 0; j < d; j++) {
            means[c * d + j] /= sizes[c];
          }
        }
      }
      this.count = found;
      this.points = sum;
    }

    static void requireTwo(Sums clusters) {
      if (clusters.count < 2) {
        throw new IllegalArgumentException(
            "the labels have "
                + clusters.count
                + " clusters beside noise; the measure compares clusters and needs at least 2");
      }
    }
  }

  /**
   * The adjusted Rand index [4]: the share of pairs on which two clusterings agree, less what
   * chance would give, so scaled that equal ones have 1.
   *
   * @param one a label for each point
   * @param other a label for each point
   * @return at most 1; about 0 for labels that have nothing to do with each other. 1 when there is
   *     nothing to tell apart: fewer than two points, or both are one cluster, or all singletons
   * @throws IllegalArgumentException when the lengths differ
   */
  public static double adjustedRand(int[] one, int[] other) {
    Table table = new Table(one, other);
    double both = 0;
    for (long cell : table.cells.values()) {
      both += pairs(cell);
    }
    double ofOne = 0;
    for (long size : table.one.values()) {
      ofOne += pairs(size);
    }
    double ofOther = 0;
    for (long size : table.other.values()) {
      ofOther += pairs(size);
    }
    double all = pairs(one.length);
    double expected = all == 0 ? 0 : ofOne * ofOther / all;
    double most = (ofOne + ofOther) / 2;
    return most == expected ? 1 : (both - expected) / (most - expected);
  }

  private static double pairs(long n) {
    return n * (n - 1) / 2.0;
  }

  /**
   * The mutual information of two clusterings by the arithmetic mean of their entropies [5].
   *
   * @param one a label for each point
   * @param other a label for each point
   * @return from 0 to 1; 1 for equal clusterings, 0 for independent ones; 1 when both are one
   *     cluster, or there are no points
   * @throws IllegalArgumentException when the lengths differ
   */
  public static double normalizedMutualInformation(int[] one, int[] other) {
    Table table = new Table(one, other);
    if (table.one.size() <= 1 && table.other.size() <= 1) {
      return 1;
    }
    double n = one.length;
    double information = 0;
    for (Map.Entry<Long, Long> cell : table.cells.entrySet()) {
      double share = cell.getValue() / n;
      double rows = Objects.requireNonNull(table.one.get((int) (cell.getKey() >> 32))) / n;
      double columns = Objects.requireNonNull(table.other.get((int) (long) cell.getKey())) / n;
      information += share * Math.log(share / (rows * columns));
    }
    double mean = (entropy(table.one, n) + entropy(table.other, n)) / 2;
    return Math.max(0, Math.min(1, information / mean));
  }

  private static double entropy(Map<Integer, Long> sizes, double n) {
    double sum = 0;
    for (long size : sizes.values()) {
      sum -= size / n * Math.log(size / n);
    }
    return sum;
  }

  /** How many points have each pair of labels. */
  private static final class Table {
    final Map<Long, Long> cells = new HashMap<>();
    final Map<Integer, Long> one = new HashMap<>();
    final Map<Integer, Long> other = new HashMap<>();

    Table(int[] one, int[] other) {
      if (one.length != other.length) {
        throw new IllegalArgumentException(
            "one clustering has " + one.length + " labels, the other " + other.length);
      }
      for (int i = 0; i < one.length; i++) {
        cells.merge(((long) one[i] << 32) | (other[i] & 0xffff_ffffL), 1L, Long::sum);
        this.one.merge(one[i], 1L, Long::sum);
        this.other.merge(other[i], 1L, Long::sum);
      }
    }
  }
}
