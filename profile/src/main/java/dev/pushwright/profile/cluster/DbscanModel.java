// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;

/**
 * Dense regions, found by {@link Dbscan}. A new point belongs to the cluster of the nearest core
 * point, if that is within eps; of equally near ones, to the cluster with the lower number. A point
 * of the fit on the border of several clusters may be given another of them by {@code predict} than
 * its {@link #labels label}. Keeps the core points. Immutable.
 */
public final class DbscanModel implements ClusterModel {

  private final double eps;
  private final int minPoints;
  private final int[] labels;
  private final int[] sizes;
  private final Points corePoints;
  private final int[] coreLabels;
  private final KdTree tree;

  private DbscanModel(
      double eps, int minPoints, int clusters, int[] labels, Points corePoints, int[] coreLabels) {
    this.eps = eps;
    this.minPoints = minPoints;
    this.labels = labels;
    this.sizes = new int[clusters];
    for (int label : labels) {
      if (label >= 0) {
        sizes[label]++;
      }
    }
    this.corePoints = corePoints;
    this.coreLabels = coreLabels;
    this.tree = new KdTree(corePoints);
  }

  static DbscanModel of(Points points, double eps, int minPoints, int[] labels, boolean[] core) {
    int[] rows = new int[core.length];
    int count = 0;
    int clusters = 0;
    for (int i = 0; i < core.length; i++) {
      clusters = Math.max(clusters, labels[i] + 1);
      if (core[i]) {
        rows[count++] = i;
      }
    }
    rows = Arrays.copyOf(rows, count);
    int[] coreLabels = new int[count];
    for (int r = 0; r < count; r++) {
      coreLabels[r] = labels[rows[r]];
    }
    return new DbscanModel(eps, minPoints, clusters, labels, points.rows(rows), coreLabels);
  }

  /**
   * How far neighbours are away at most.
   *
   * @return what was set, or read from the data; at least 0
   */
  public double eps() {
    return eps;
  }

  /**
   * How many points make a neighbourhood dense.
   *
   * @return at least 1
   */
  public int minPoints() {
    return minPoints;
  }

  /**
   * How many of the points the model was fitted to are core points.
   *
   * @return at least 0
   */
  public int coreCount() {
    return coreLabels.length;
  }

  /**
   * How many of the points the model was fitted to belong to no cluster.
   *
   * @return at least 0
   */
  public int noiseCount() {
    int noise = labels.length;
    for (int size : sizes) {
      noise -= size;
    }
    return noise;
  }

  @Override
  public int clusters() {
    return sizes.length;
  }

  @Override
  public int dimensions() {
    return corePoints.dimensions();
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public Assignment predict(float[] point) {
    Points.requirePoint(point, dimensions());
    KdTree.Nearest nearest = tree.new Nearest(1);
    if (nearest.search(point, Double.MAX_VALUE) == 0) {
      return new Assignment(Assignment.NOISE, Double.POSITIVE_INFINITY);
    }
    double squared = nearest.squared(0);
    double distance = Math.sqrt(squared);
    if (squared > eps * eps) {
      return new Assignment(Assignment.NOISE, distance);
    }
    return new Assignment(lowest(point, squared), distance);
  }

  /** The lowest label among the core points at a squared distance. */
  private int lowest(float[] point, double squared) {
    for (int k = 8; ; k *= 2) {
      KdTree.Nearest nearest = tree.new Nearest(Math.min(k, tree.size));
      int found = nearest.search(point, squared);
      int lowest = Integer.MAX_VALUE;
      for (int r = 0; r < found; r++) {
        lowest = Math.min(lowest, coreLabels[nearest.point(r)]);
      }
      if (found < k || k >= tree.size) {
        return lowest;
      }
    }
  }

  @Override
  public int[] predict(Points points, FitContext context) {
    if (points.dimensions() != dimensions()) {
      throw new IllegalArgumentException(
          "the points have " + points.dimensions() + " dimensions; the model has " + dimensions());
    }
    int[] predicted = new int[points.size()];
    context.forBlocks(
        "nearest core points",
        predicted.length,
        256,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            predicted[i] = predict(points.row(i)).cluster();
          }
        });
    return predicted;
  }

  @Override
  public void save(ModelWriter out) {
    out.doubles("eps", new double[] {eps})
        .ints("minPoints", new int[] {minPoints})
        .ints("labels", labels)
        .floats("core", corePoints.values(), coreLabels.length, dimensions())
        .ints("coreLabels", coreLabels);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in where from
   * @param dimensions how many numbers a point has
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when the parts make no sense
   */
  public static DbscanModel read(ModelReader in, int dimensions) {
    double eps = in.doubles("eps", 1)[0];
    int minPoints = in.ints("minPoints", 1)[0];
    if (!(eps >= 0 && eps <= Double.MAX_VALUE) || minPoints < 1) {
      throw in.damaged("eps is " + eps + ", minPoints is " + minPoints);
    }
    int[] labels = in.ints("labels");
    int[] coreLabels = in.ints("coreLabels");
    float[] core = in.floats("core", coreLabels.length, dimensions);
    Points points;
    try {
      points = Points.of(core, dimensions);
    } catch (IllegalArgumentException e) {
      throw in.damaged("core: " + e.getMessage(), e);
    }
    boolean[] used = new boolean[coreLabels.length];
    int clusters = 0;
    for (int label : coreLabels) {
      if (label < 0 || label >= used.length) {
        throw in.damaged("coreLabels hold " + label);
      }
      used[label] = true;
      clusters = Math.max(clusters, label + 1);
    }
    for (int c = 0; c < clusters; c++) {
      if (!used[c]) {
        throw in.damaged("coreLabels leave cluster " + c + " empty");
      }
    }
    boolean[] inFit = new boolean[clusters];
    for (int label : labels) {
      if (label < Assignment.NOISE || label >= clusters) {
        throw in.damaged("labels hold " + label + "; there are " + clusters + " clusters");
      }
      if (label >= 0) {
        inFit[label] = true;
      }
    }
    for (int c = 0; c < clusters; c++) {
      if (!inFit[c]) {
        throw in.damaged("labels leave cluster " + c + " empty");
      }
    }
    return new DbscanModel(eps, minPoints, clusters, labels, points, coreLabels);
  }

  @Override
  public String toString() {
    return sizes.length
        + " clusters of "
        + labels.length
        + " points, "
        + noiseCount()
        + " of them noise, eps "
        + eps;
  }
}
