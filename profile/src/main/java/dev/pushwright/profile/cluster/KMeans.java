// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Clusters around means: k centres so placed that the inertia, the sum of the squared distances of
 * the points from the nearest centre, is small.
 *
 * <pre>
 *   inertia = Σᵢ min_c ‖xᵢ − c‖²
 * </pre>
 *
 * <p><b>Start.</b> k-means++ [1]: the first centre is a point drawn at random, each other one a
 * point drawn with probability proportional to its squared distance from the nearest centre so far.
 * 2 + ln k are drawn each time and the one is taken that leaves the least inertia, as the authors
 * suggest and scikit-learn does. Of more than 20,000 points and more than 400 for each cluster,
 * they are drawn from a random sample of that many. Several {@link Builder#starts} keep the best.
 *
 * <p><b>Iterations.</b> Lloyd's [2]: each point goes to the nearest centre, each centre to the mean
 * of its points. The distances come from ‖x‖² − 2xᵀc + ‖c‖² with the products of a block of points
 * and all centres made by {@link dev.pushwright.math.Matmul}; points are moved around 0 first, and
 * what rounding leaves open is compared again in double, so that each assignment is that of the
 * definition. Bounds after Hamerly [3] leave out the points that cannot change their cluster. A
 * cluster that has become empty gets the point farthest from its centre.
 *
 * <p><b>Edges.</b> There are as many clusters as asked for, or as many as there are distinct points
 * if that is less: identical points make one cluster, no points none.
 *
 * <p><b>Cost.</b> O(n·d·k) for an iteration, less what the bounds save; the memory is twice that of
 * the points and 30 bytes for each. The same bits with any number of threads.
 *
 * <ol>
 *   <li>D. Arthur, S. Vassilvitskii: k-means++: the advantages of careful seeding. SODA 2007
 *   <li>S. Lloyd: Least squares quantization in PCM. IEEE Transactions on Information Theory 28(2),
 *       1982
 *   <li>G. Hamerly: Making k-means even faster. SDM 2010
 * </ol>
 */
public final class KMeans {

  private final int clusters;
  private final int starts;
  private final int maxIterations;
  private final double tolerance;
  private final long seed;
  private final @Nullable Points initialCentres;

  private KMeans(Builder b) {
    this.clusters = b.clusters;
    this.starts = b.starts;
    this.maxIterations = b.maxIterations;
    this.tolerance = b.tolerance;
    this.seed = b.seed;
    this.initialCentres = b.initialCentres;
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
   * This with another number of clusters, and no initial centres.
   *
   * @param clusters at least 1
   * @return a new algorithm
   */
  public KMeans withClusters(int clusters) {
    return new Builder()
        .clusters(clusters)
        .starts(starts)
        .maxIterations(maxIterations)
        .tolerance(tolerance)
        .seed(seed)
        .build();
  }

  /**
   * How many clusters are asked for.
   *
   * @return at least 1
   */
  public int clusters() {
    return clusters;
  }

  /**
   * Finds clusters with as many threads as the machine has processors.
   *
   * @param points what to cluster
   * @return the clusters
   */
  public KMeansModel fit(Points points) {
    return fit(points, FitContext.standard());
  }

  /**
   * Finds clusters.
   *
   * @param points what to cluster
   * @param context threads, progress (phase {@code k-means}, in iterations) and cancel
   * @return the clusters
   * @throws IllegalArgumentException when there are initial centres of other dimensions
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public KMeansModel fit(Points points, FitContext context) {
    int d = points.dimensions();
    Points initial = initialCentres;
    if (initial != null && initial.dimensions() != d) {
      throw new IllegalArgumentException(
          "the initial centres have " + initial.dimensions() + " dimensions; the points have " + d);
    }
    context.checkCancelled();
    if (points.size() == 0) {
      return KMeansModel.withoutEmpty(d, new double[0], new int[0], 0, 0, true);
    }
    double[] given = initial == null ? new double[0] : toDouble(initial);
    Frame frame = new Frame(points, given, context.threads());
    double rest = tolerance * frame.variance();
    if (initial != null) {
      return run(frame, given, rest, context);
    }
    SplittableRandom random = new SplittableRandom(seed);
    KMeansModel best = start(frame, random.split(), rest, context);
    for (int start = 1; start < starts; start++) {
      KMeansModel model = start(frame, random.split(), rest, context);
      if (model.inertia() < best.inertia()) {
        best = model;
      }
    }
    return best;
  }

  private KMeansModel start(Frame frame, SplittableRandom random, double rest, FitContext context) {
    Points seeds = Seeding.draw(frame.points, clusters, random, context);
    return run(frame, toDouble(seeds), rest, context);
  }

  private KMeansModel run(Frame frame, double[] centres, double rest, FitContext context) {
    Lloyd lloyd = new Lloyd(frame, centres);
    lloyd.run(maxIterations, rest, context);
    return lloyd.model(context);
  }

  static double[] toDouble(Points points) {
    float[] values = points.values();
    double[] wide = new double[values.length];
    for (int p = 0; p < wide.length; p++) {
      wide[p] = values[p];
    }
    return wide;
  }

  /** Builds a {@link KMeans}. */
  public static final class Builder {
    private int clusters = 8;
    private int starts = 1;
    private int maxIterations = 300;
    private double tolerance = 1e-4;
    private long seed = 1;
    private @Nullable Points initialCentres;

    private Builder() {}

    /**
     * Sets how many clusters there should be; 8 where it is not set. See {@link ClusterCount}.
     *
     * @param clusters at least 1
     * @return this
     */
    public Builder clusters(int clusters) {
      this.clusters = requireAtLeast("clusters", clusters, 1);
      return this;
    }

    /**
     * Sets how many times to start afresh, the best outcome being kept; 1 where it is not set.
     *
     * @param starts at least 1
     * @return this
     */
    public Builder starts(int starts) {
      this.starts = requireAtLeast("starts", starts, 1);
      return this;
    }

    /**
     * Sets how often the centres move at most; 300 where it is not set.
     *
     * @param maxIterations at least 0
     * @return this
     */
    public Builder maxIterations(int maxIterations) {
      this.maxIterations = requireAtLeast("maxIterations", maxIterations, 0);
      return this;
    }

    /**
     * Sets when the centres are taken to rest: when the sum of their squared moves is at most this
     * times the mean variance of the columns; 0.0001 where it is not set. With 0, when no point
     * changes its cluster.
     *
     * @param tolerance finite, at least 0
     * @return this
     */
    public Builder tolerance(double tolerance) {
      if (!(tolerance >= 0 && tolerance <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "tolerance is " + tolerance + "; a finite number of at least 0 is needed");
      }
      this.tolerance = tolerance;
      return this;
    }

    /**
     * Sets the seed of what is drawn at random; 1 where it is not set.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Starts from given centres instead of drawing them; their number is that of the clusters, and
     * there is one start.
     *
     * @param centres at least one
     * @return this
     */
    public Builder initialCentres(Points centres) {
      requireAtLeast("the number of initial centres", centres.size(), 1);
      this.initialCentres = centres;
      return this;
    }

    /**
     * The algorithm.
     *
     * @return an immutable algorithm
     */
    public KMeans build() {
      if (initialCentres != null) {
        clusters = initialCentres.size();
      }
      return new KMeans(this);
    }

    static int requireAtLeast(String name, int value, int least) {
      if (value < least) {
        throw new IllegalArgumentException(
            name + " is " + value + "; at least " + least + " is needed");
      }
      return value;
    }
  }
}
