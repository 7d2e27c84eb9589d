// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.api.ProgressListener;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * {@link KMeans} for very many points: the centres move after each small batch drawn at random, a
 * centre by 1/v towards each point it gets, with v the points it has had so far [1]. It is a little
 * worse than k-means and takes a fraction of the time; all points are looked at only at the end, to
 * be given their clusters.
 *
 * <p>The start is that of {@link KMeans}. It ends when the mean squared distance of the batches'
 * points, smoothed over the batches that a pass over all points takes, has not fallen for ten
 * batches, or after {@link Builder#maxBatches}. Clusters that end up without a point are left out.
 * The same bits with any number of threads.
 *
 * <ol>
 *   <li>D. Sculley: Web-scale k-means clustering. WWW 2010
 * </ol>
 */
public final class MiniBatchKMeans {

  private static final int PATIENCE = 10;

  private final int clusters;
  private final int batchSize;
  private final int maxBatches;
  private final long seed;

  private MiniBatchKMeans(Builder b) {
    this.clusters = b.clusters;
    this.batchSize = b.batchSize;
    this.maxBatches = b.maxBatches;
    this.seed = b.seed;
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
  public KMeansModel fit(Points points) {
    return fit(points, FitContext.standard());
  }

  /**
   * Finds clusters.
   *
   * @param points what to cluster
   * @param context threads, progress (phase {@code mini-batch k-means}, in batches) and cancel
   * @return the clusters; {@link KMeansModel#iterations} counts batches
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public KMeansModel fit(Points points, FitContext context) {
    int d = points.dimensions();
    int n = points.size();
    context.checkCancelled();
    if (n == 0) {
      return KMeansModel.withoutEmpty(d, new double[0], new int[0], 0, 0, true);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] centres = KMeans.toDouble(Seeding.draw(points, clusters, random.split(), context));
    long[] had = new long[centres.length / d];
    int[] nearest = new int[Math.min(batchSize, n)];
    double smoothing = Math.min(1, 2.0 * nearest.length / (n + 1.0));
    double smoothed = 0;
    double least = Double.POSITIVE_INFINITY;
    int idle = 0;
    int batches = 0;
    long began = System.nanoTime();
    while (batches < maxBatches && idle < PATIENCE) {
      int[] rows = random.ints(nearest.length, 0, n).toArray();
      double mean = step(points.rows(rows), centres, had, nearest, context);
      smoothed = batches == 0 ? mean : smoothed + smoothing * (mean - smoothed);
      batches++;
      if (smoothed < least) {
        least = smoothed;
        idle = 0;
      } else {
        idle++;
      }
      context
          .listener()
          .onProgress(
              new Progress(
                  "mini-batch k-means",
                  batches,
                  maxBatches,
                  Duration.ofNanos(System.nanoTime() - began)));
      context.checkCancelled();
    }
    int[] labels = new int[n];
    KMeansModel.assign(new Frame(points, centres, context.threads()), centres, labels, context);
    double inertia = 0;
    for (int i = 0; i < n; i++) {
      inertia += points.squaredDistance(i, centres, labels[i]);
    }
    return KMeansModel.withoutEmpty(d, centres, labels, inertia, batches, idle == PATIENCE);
  }

  /** Moves the centres; returns the mean squared distance before. */
  private static double step(
      Points batch, double[] centres, long[] had, int[] nearest, FitContext context) {
    int d = batch.dimensions();
    FitContext quiet = context.withListener(ProgressListener.NONE);
    KMeansModel.assign(new Frame(batch, centres, context.threads()), centres, nearest, quiet);
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += batch.squaredDistance(i, centres, nearest[i]);
    }
    for (int i = 0; i < batch.size(); i++) {
      int c = nearest[i];
      double rate = 1.0 / ++had[c];
      for (int j = 0; j < d; j++) {
        centres[c * d + j] += rate * (batch.value(i, j) - centres[c * d + j]);
      }
    }
    return sum / batch.size();
  }

  /** Builds a {@link MiniBatchKMeans}. */
  public static final class Builder {
    private int clusters = 8;
    private int batchSize = 1024;
    private int maxBatches = 1000;
    private long seed = 1;

    private Builder() {}

    /**
     * Sets how many clusters there should be; 8 where it is not set.
     *
     * @param clusters at least 1
     * @return this
     */
    public Builder clusters(int clusters) {
      this.clusters = KMeans.Builder.requireAtLeast("clusters", clusters, 1);
      return this;
    }

    /**
     * Sets how many points a batch has; 1024 where it is not set.
     *
     * @param batchSize at least 1
     * @return this
     */
    public Builder batchSize(int batchSize) {
      this.batchSize = KMeans.Builder.requireAtLeast("batchSize", batchSize, 1);
      return this;
    }

    /**
     * Sets how many batches are looked at, at most; 1000 where it is not set.
     *
     * @param maxBatches at least 0
     * @return this
     */
    public Builder maxBatches(int maxBatches) {
      this.maxBatches = KMeans.Builder.requireAtLeast("maxBatches", maxBatches, 0);
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
     * The algorithm.
     *
     * @return an immutable algorithm
     */
    public MiniBatchKMeans build() {
      return new MiniBatchKMeans(this);
    }
  }
}
