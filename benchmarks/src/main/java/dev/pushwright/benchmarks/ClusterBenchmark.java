// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.api.FitContext;
import dev.pushwright.profile.cluster.Dbscan;
import dev.pushwright.profile.cluster.KMeans;
import dev.pushwright.profile.cluster.Points;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * K-means from given centres, and DBSCAN, beside {@link PlainClusters}. The points are overlapping
 * clouds for k-means, as in the comparison with other libraries, and clouds apart with a twentieth
 * of noise for DBSCAN.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ClusterBenchmark {

  /** Points × dimensions. */
  @Param({"k-means 100000x64", "k-means++ 100000x64", "dbscan 20000x8"})
  String work = "k-means 100000x64";

  /** This library on one thread and on two, and the definition. */
  @Param({"ours", "ours-2", "plain"})
  String rival = "ours";

  int clusters = 50;
  int iterations = 33;
  double eps = 2;
  int minPoints = 10;

  private String algorithm = "";
  private double[][] rows = new double[0][];
  private Points points = Points.of(new float[0], 1);

  /** Makes the points. */
  @Setup
  public void setUp() {
    List<String> words = Splitter.on(' ').splitToList(work);
    List<String> sizes = Splitter.on('x').splitToList(words.get(1));
    algorithm = words.get(0);
    boolean apart = algorithm.equals("dbscan");
    rows = apart ? clouds(sizes, 20, 10 / Math.sqrt(3), 0.05) : clouds(sizes, clusters, 0.5, 0);
    points = Points.of(rows);
    // The same numbers for the rival.
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = points.value(i, j);
      }
    }
  }

  private static double[][] clouds(List<String> sizes, int clouds, double spread, double noise) {
    SplittableRandom random = new SplittableRandom(1);
    int dimensions = Integer.parseInt(sizes.get(1));
    double[][] centres = new double[clouds][dimensions];
    for (double[] centre : centres) {
      for (int j = 0; j < dimensions; j++) {
        centre[j] = spread * random.nextGaussian();
      }
    }
    double[][] rows = new double[Integer.parseInt(sizes.get(0))][dimensions];
    for (double[] row : rows) {
      boolean odd = random.nextDouble() < noise;
      double[] centre = centres[random.nextInt(clouds)];
      for (int j = 0; j < dimensions; j++) {
        row[j] = odd ? random.nextDouble(-12, 12) : centre[j] + random.nextGaussian();
      }
    }
    return rows;
  }

  /**
   * Clusters.
   *
   * @return a label for each point
   */
  @Benchmark
  public int[] fit() {
    return switch (rival) {
      case "ours" -> ours(1);
      case "ours-2" -> ours(2);
      case "plain" ->
          algorithm.equals("dbscan")
              ? PlainClusters.dbscan(rows, eps, minPoints)
              : PlainClusters.kMeans(rows, start(), iterations);
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  private int[] ours(int threads) {
    FitContext context = FitContext.standard().withThreads(threads);
    KMeans.Builder kMeans = KMeans.builder().maxIterations(iterations).tolerance(0);
    return switch (algorithm) {
      case "k-means" ->
          kMeans.initialCentres(points.rows(first())).build().fit(points, context).labels();
      case "k-means++" -> kMeans.clusters(clusters).build().fit(points, context).labels();
      default ->
          Dbscan.builder().eps(eps).minPoints(minPoints).build().fit(points, context).labels();
    };
  }

  private int[] first() {
    return IntStream.range(0, clusters).toArray();
  }

  private double[][] start() {
    return IntStream.of(first()).mapToObj(i -> rows[i]).toArray(double[][]::new);
  }
}
