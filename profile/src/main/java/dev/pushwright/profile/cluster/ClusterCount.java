// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.FitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * How many clusters there should be: k-means is tried with each number of a range.
 *
 * <p><b>By silhouette</b>: the number with the highest mean silhouette [1], within a sample of
 * {@value #SAMPLE} points at most. It is never one.
 *
 * <p><b>By the gap</b> [2] between log inertia and what it is expected to be without any clusters,
 * which is the mean over references drawn uniformly over the range of each column:
 *
 * <pre>
 *   gap(k) = mean log W*(k) − log W(k),   s(k) = sd(log W*(k)) · √(1 + 1/B)
 * </pre>
 *
 * <p>The least k with gap(k) ≥ gap(k + 1) − s(k + 1) is chosen. It may be one.
 *
 * <ol>
 *   <li>P. Rousseeuw: Silhouettes. Journal of Computational and Applied Mathematics 20, 1987
 *   <li>R. Tibshirani, G. Walther, T. Hastie: Estimating the number of clusters in a data set via
 *       the gap statistic. Journal of the Royal Statistical Society B 63(2), 2001
 * </ol>
 */
public final class ClusterCount {

  /** The most points silhouettes are computed of. */
  static final int SAMPLE = 4000;

  private ClusterCount() {}

  /**
   * What was found with a number of clusters.
   *
   * @param clusters the number
   * @param value the mean silhouette or the gap; finite
   * @param error the standard error of the gap; 0 for a silhouette
   */
  public record Score(int clusters, double value, double error) {}

  /**
   * The number that was chosen.
   *
   * @param model k-means with it
   * @param scores of the numbers that were tried, ascending by number
   */
  public record Choice(KMeansModel model, List<Score> scores) {
    /** Keeps a copy of the list. */
    public Choice {
      Objects.requireNonNull(model, "model");
      scores = List.copyOf(scores);
    }
  }

  /**
   * Chooses by silhouette, the least of equally good numbers.
   *
   * @param points what to cluster
   * @param algorithm how; its own number of clusters does not count
   * @param from the least number, at least 2
   * @param to the greatest number; those above the number of distinct points are not tried
   * @param context threads, progress and cancel
   * @return the choice; when there are no two distinct points, one cluster or none, and no scores
   */
  public static Choice bySilhouette(
      Points points, KMeans algorithm, int from, int to, FitContext context) {
    requireRange(from, to, 2);
    List<Score> scores = new ArrayList<>();
    KMeansModel best = algorithm.withClusters(from).fit(points, context);
    double highest = Double.NEGATIVE_INFINITY;
    KMeansModel model = best;
    // Asked for more than there are distinct points, k-means gives fewer; then all are tried.
    for (int k = from; model.clusters() >= 2 && (k == from || model.clusters() == k); ) {
      double value = ClusterMetrics.silhouette(points, model.labels(), SAMPLE, 1, context);
      scores.add(new Score(model.clusters(), value, 0));
      if (value > highest) {
        highest = value;
        best = model;
      }
      if (k == to || model.clusters() < k) {
        break;
      }
      k++;
      model = algorithm.withClusters(k).fit(points, context);
    }
    return new Choice(best, scores);
  }

  /**
   * Chooses by the gap.
   *
   * @param points what to cluster
   * @param algorithm how; its own number of clusters does not count
   * @param from the least number, at least 1
   * @param to the greatest number; chosen when no other qualifies
   * @param references how many sets of points without clusters to compare with; 10 to 20 are usual
   * @param context threads, progress and cancel
   * @return the choice; when fewer clusters leave no inertia at all, their number, and the scores
   *     of those below it
   */
  public static Choice byGap(
      Points points, KMeans algorithm, int from, int to, int references, FitContext context) {
    requireRange(from, to, 1);
    KMeans.Builder.requireAtLeast("references", references, 1);
    List<Score> scores = new ArrayList<>();
    KMeansModel before = algorithm.withClusters(from).fit(points, context);
    if (before.inertia() == 0) {
      return new Choice(before, scores);
    }
    scores.add(score(points, before.inertia(), algorithm.withClusters(from), references, context));
    for (int k = from + 1; k <= to; k++) {
      KMeans next = algorithm.withClusters(k);
      KMeansModel model = next.fit(points, context);
      if (model.inertia() == 0) {
        return new Choice(model, scores);
      }
      Score last = scores.get(scores.size() - 1);
      Score score = score(points, model.inertia(), next, references, context);
      scores.add(score);
      if (last.value() >= score.value() - score.error()) {
        return new Choice(before, scores);
      }
      before = model;
    }
    return new Choice(before, scores);
  }

  private static Score score(
      Points points, double inertia, KMeans algorithm, int references, FitContext context) {
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < references; r++) {
      double log = Math.log(algorithm.fit(uniform(points, r), context).inertia());
      // As many distinct points as clusters leave no inertia; then neither do the points.
      log = Math.max(log, -700);
      sum += log;
      squares += log * log;
    }
    double mean = sum / references;
    double deviation = Math.sqrt(Math.max(0, squares / references - mean * mean));
    return new Score(
        algorithm.clusters(),
        mean - Math.log(inertia),
        deviation * Math.sqrt(1 + 1.0 / references));
  }

  /** As many points, drawn uniformly over the range of each column. */
  private static Points uniform(Points points, int seed) {
    int d = points.dimensions();
    float[] values = points.values();
    double[] low = new double[d];
    double[] high = new double[d];
    for (int p = 0; p < values.length; p++) {
      low[p % d] = p < d ? values[p] : Math.min(low[p % d], values[p]);
      high[p % d] = p < d ? values[p] : Math.max(high[p % d], values[p]);
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[] drawn = new float[values.length];
    for (int p = 0; p < drawn.length; p++) {
      drawn[p] = (float) (low[p % d] + random.nextDouble() * (high[p % d] - low[p % d]));
    }
    return Points.of(drawn, d);
  }

  private static void requireRange(int from, int to, int least) {
    if (from < least || to < from) {
      throw new IllegalArgumentException(
          "clusters from " + from + " to " + to + ": a range from " + least + " up is needed");
    }
  }
}
