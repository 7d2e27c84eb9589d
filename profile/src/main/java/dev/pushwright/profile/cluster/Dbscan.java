// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import java.util.Arrays;

/**
 * Clusters of any shape: regions that are dense, apart from each other [1]. A point with at least
 * {@link Builder#minPoints} points within {@link Builder#eps} of it, itself among them, is a core
 * point. Core points within eps of each other are in one cluster. A point that is none but has a
 * core point within eps is on the border of its cluster; all others are noise.
 *
 * <p><b>Order.</b> Clusters are numbered by the first core point each has in the order of the
 * points. A point on the border of several is in the one with the lowest number. These are the
 * labels scikit-learn gives, and do not depend on the threads.
 *
 * <p><b>eps</b>, where it is not set, is read from the data: of the distances from each point to
 * the nearest {@code minPoints} points, itself among them, in ascending order, it is the knee of
 * the curve, as Kneedle [2] finds it. The largest 2 % are left out first, as a few far outliers
 * would otherwise set the scale. It is a suggestion: look at {@link #suggestEps}, and set what
 * serves you best.
 *
 * <p><b>Cost.</b> Neighbourhoods are never stored: the memory is O(n·d). A k-d tree finds them for
 * the points of a leaf together; counting stops where a point is known to be core, points of boxes
 * that lie within eps of each other as a whole are not compared, nor are those already known to be
 * in one cluster. The answer is exact: distances are computed in float32, and again in double where
 * rounding could decide. In the worst case, an eps as large as the data, O(n) for a leaf.
 *
 * <ol>
 *   <li>M. Ester, H.-P. Kriegel, J. Sander, X. Xu: A density-based algorithm for discovering
 *       clusters in large spatial databases with noise. KDD 1996
 *   <li>V. Satopää, J. Albrecht, D. Irwin, B. Raghavan: Finding a "Kneedle" in a haystack. ICDCS
 *       Workshops 2011
 * </ol>
 */
public final class Dbscan {

  // Outliers, left out before the knee is looked for.
  private static final double TAIL = 0.02;

  private final double eps;
  private final int minPoints;

  private Dbscan(Builder b) {
    this.eps = b.eps;
    this.minPoints = b.minPoints;
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds clusters with as many threads as the machine has processors.
   *
   * @param points what to cluster
   * @return the clusters
   */
  public DbscanModel fit(Points points) {
    return fit(points, FitContext.standard());
  }

  /**
   * Finds clusters.
   *
   * @param points what to cluster
   * @param context threads, progress and cancel
   * @return the clusters
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public DbscanModel fit(Points points, FitContext context) {
    KdTree tree = new KdTree(points);
    context.checkCancelled();
    double radius = eps > 0 ? eps : knee(distances(tree, points, minPoints, context));
    DensityScan scan = new DensityScan(tree, radius, minPoints);
    int[] labels = scan.labels(context);
    return DbscanModel.of(points, radius, minPoints, labels, scan.core());
  }

  /**
   * The curve that eps is read from: for each point the distance to the farthest of the nearest
   * {@code minPoints}, itself among them.
   *
   * @param points what is to be clustered
   * @param minPoints at least 1
   * @param context threads, progress and cancel
   * @return the distances in ascending order, one for each point; none when there are fewer points
   *     than {@code minPoints}
   */
  public static double[] neighbourDistances(Points points, int minPoints, FitContext context) {
    KMeans.Builder.requireAtLeast("minPoints", minPoints, 1);
    return distances(new KdTree(points), points, minPoints, context);
  }

  /**
   * The eps that {@link #fit} takes where none is set.
   *
   * @param points what is to be clustered
   * @param minPoints at least 1
   * @param context threads, progress and cancel
   * @return the knee of the curve; 0 when there are fewer points than {@code minPoints}, or nearly
   *     all have so many at the same place
   */
  public static double suggestEps(Points points, int minPoints, FitContext context) {
    return knee(neighbourDistances(points, minPoints, context));
  }

  private static double[] distances(KdTree tree, Points points, int minPoints, FitContext context) {
    if (points.size() < minPoints) {
      return new double[0];
    }
    double[] distances = new double[points.size()];
    // Leaf by leaf: neighbours are searched one after the other, in what is in the cache.
    context.forBlocks(
        "neighbour distances",
        tree.leaves(),
        8,
        (from, to) -> {
          KdTree.Nearest nearest = tree.new Nearest(minPoints);
          float[] point = new float[points.dimensions()];
          for (int leaf = from; leaf < to; leaf++) {
            for (int p = tree.leafStart[leaf]; p < tree.leafStart[leaf + 1]; p++) {
              tree.point(leaf, p - tree.leafStart[leaf], point);
              nearest.search(point, Double.MAX_VALUE);
              distances[p] = Math.sqrt(nearest.squared(minPoints - 1));
            }
          }
        });
    Arrays.sort(distances);
    return distances;
  }

  /** Where an ascending convex curve, drawn in the unit square, is farthest below the diagonal. */
  static double knee(double[] ascending) {
    int n = (int) Math.ceil(ascending.length * (1 - TAIL));
    if (n == 0) {
      return 0;
    }
    double first = ascending[0];
    double rise = ascending[n - 1] - first;
    if (n == 1 || rise == 0) {
      return ascending[n - 1];
    }
    double farthest = -1;
    double knee = first;
    for (int i = 0; i < n; i++) {
      double below = (double) i / (n - 1) - (ascending[i] - first) / rise;
      if (below > farthest) {
        farthest = below;
        knee = ascending[i];
      }
    }
    return knee;
  }

  /** Builds a {@link Dbscan}. */
  public static final class Builder {
    private double eps;
    private int minPoints = 8;

    private Builder() {}

    /**
     * Sets how far neighbours are away at most, in the units of the points; where it is not set, it
     * is read from the data.
     *
     * @param eps finite, above 0
     * @return this
     */
    public Builder eps(double eps) {
      if (!(eps > 0 && eps <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "eps is "
                + eps
                + "; a finite number above 0 is needed; leave it out to have it read"
                + " from the data");
      }
      this.eps = eps;
      return this;
    }

    /**
     * Sets how many points make a neighbourhood dense, the point itself among them; 8 where it is
     * not set. More of them ask for more density, and smooth over noise.
     *
     * @param minPoints at least 1
     * @return this
     */
    public Builder minPoints(int minPoints) {
      this.minPoints = KMeans.Builder.requireAtLeast("minPoints", minPoints, 1);
      return this;
    }

    /**
     * The algorithm.
     *
     * @return an immutable algorithm
     */
    public Dbscan build() {
      return new Dbscan(this);
    }
  }
}
