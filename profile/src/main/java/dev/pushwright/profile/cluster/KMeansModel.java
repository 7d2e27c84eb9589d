// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;

/**
 * Clusters around their means, found by {@link KMeans} or {@link MiniBatchKMeans}. A point belongs
 * to the nearest centre; of two equally near, to the one with the lower number. Immutable.
 */
public final class KMeansModel implements ClusterModel {

  private final int dimensions;
  private final double[] centres;
  private final int[] labels;
  private final int[] sizes;
  private final double inertia;
  private final int iterations;
  private final boolean converged;

  private KMeansModel(
      int dimensions,
      double[] centres,
      int[] labels,
      double inertia,
      int iterations,
      boolean converged) {
    this.dimensions = dimensions;
    this.centres = centres;
    this.labels = labels;
    this.sizes = new int[centres.length / dimensions];
    for (int label : labels) {
      sizes[label]++;
    }
    this.inertia = inertia;
    this.iterations = iterations;
    this.converged = converged;
  }

  /** A model that leaves out the clusters no point belongs to; the arrays are not copied. */
  static KMeansModel withoutEmpty(
      int dimensions,
      double[] centres,
      int[] labels,
      double inertia,
      int iterations,
      boolean converged) {
    int[] position = new int[centres.length / dimensions];
    for (int label : labels) {
      position[label] = 1;
    }
    int kept = 0;
    for (int c = 0; c < position.length; c++) {
      if (position[c] > 0) {
        System.arraycopy(centres, c * dimensions, centres, kept * dimensions, dimensions);
        position[c] = kept++;
      }
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = position[labels[i]];
    }
    return new KMeansModel(
        dimensions,
        Arrays.copyOf(centres, kept * dimensions),
        labels,
        inertia,
        iterations,
        converged);
  }

  @Override
  public int clusters() {
    return sizes.length;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  /**
   * Where a cluster has its centre.
   *
   * @param cluster from 0 to clusters − 1
   * @return as many coordinates as there are dimensions; yours
   */
  public double[] centre(int cluster) {
    return Arrays.copyOfRange(centres, cluster * dimensions, (cluster + 1) * dimensions);
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  /**
   * The sum of the squared distances of the points the model was fitted to from their centres.
   *
   * @return at least 0
   */
  public double inertia() {
    return inertia;
  }

  /**
   * How often the centres moved, or how many batches were looked at.
   *
   * @return at least 0
   */
  public int iterations() {
    return iterations;
  }

  /**
   * Whether the centres had come to rest before the last iteration that was allowed.
   *
   * @return whether they had
   */
  public boolean converged() {
    return converged;
  }

  @Override
  public Assignment predict(float[] point) {
    Points.requirePoint(point, dimensions);
    int nearest = Assignment.NOISE;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      double squared = Points.squaredDistance(point, 0, centres, c * dimensions, dimensions);
      if (squared < least) {
        least = squared;
        nearest = c;
      }
    }
    return new Assignment(nearest, Math.sqrt(least));
  }

  @Override
  public int[] predict(Points points, FitContext context) {
    if (points.dimensions() != dimensions) {
      throw new IllegalArgumentException(
          "the points have " + points.dimensions() + " dimensions; the model has " + dimensions);
    }
    int[] nearest = new int[points.size()];
    if (sizes.length == 0) {
      Arrays.fill(nearest, Assignment.NOISE);
      return nearest;
    }
    assign(new Frame(points, centres, context.threads()), centres, nearest, context);
    return nearest;
  }

  /** Writes the nearest centre of every point to {@code nearest}. */
  static void assign(Frame frame, double[] centres, int[] nearest, FitContext context) {
    NearestCentres search = new NearestCentres(frame, centres);
    int k = centres.length / frame.dimensions;
    context.forBlocks(
        "nearest centres",
        nearest.length,
        8 * NearestCentres.ROWS,
        (from, to) -> {
          NearestCentres.Scratch scratch = new NearestCentres.Scratch(k, frame.dimensions);
          for (int first = from; first < to; first += NearestCentres.ROWS) {
            int count = Math.min(NearestCentres.ROWS, to - first);
            for (int r = 0; r < count; r++) {
              scratch.rows[r] = first + r;
            }
            search.find(scratch, count);
            System.arraycopy(scratch.nearest, 0, nearest, first, count);
          }
        });
  }

  @Override
  public void save(ModelWriter out) {
    out.doubles("centres", centres, sizes.length, dimensions)
        .ints("labels", labels)
        .doubles("inertia", new double[] {inertia})
        .ints("iterations", new int[] {iterations, converged ? 1 : 0});
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in where from
   * @param dimensions how many numbers a point has
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when the parts make no sense
   */
  public static KMeansModel read(ModelReader in, int dimensions) {
    double[] centres = in.doubles("centres");
    int k = centres.length / dimensions;
    in.doubles("centres", k, dimensions);
    for (double x : centres) {
      if (!Double.isFinite(x)) {
        throw in.damaged("centres hold " + x);
      }
    }
    int[] labels = in.ints("labels");
    boolean[] used = new boolean[k];
    for (int label : labels) {
      if (label < 0 || label >= k) {
        throw in.damaged("labels hold " + label + "; there are " + k + " clusters");
      }
      used[label] = true;
    }
    for (int c = 0; c < k; c++) {
      if (!used[c]) {
        throw in.damaged("labels leave cluster " + c + " empty");
      }
    }
    double inertia = in.doubles("inertia", 1)[0];
    int[] iterations = in.ints("iterations", 2);
    if (!(inertia >= 0 && inertia <= Double.MAX_VALUE)
        || iterations[0] < 0
        || (iterations[1] & ~1) != 0) {
      throw in.damaged("inertia is " + inertia + ", iterations are " + iterations[0]);
    }
    return new KMeansModel(dimensions, centres, labels, inertia, iterations[0], iterations[1] == 1);
  }

  @Override
  public String toString() {
    return sizes.length + " clusters of " + labels.length + " points, inertia " + inertia;
  }
}
