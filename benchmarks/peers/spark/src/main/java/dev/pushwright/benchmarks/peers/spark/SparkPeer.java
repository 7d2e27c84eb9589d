// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.spark;

import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Points;
import dev.pushwright.benchmarks.peers.Probe;
import dev.pushwright.benchmarks.peers.Work;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.mllib.recommendation.ALS;
import org.apache.spark.mllib.recommendation.MatrixFactorizationModel;
import org.apache.spark.mllib.recommendation.Rating;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** MLlib in local mode: cosine of columns, implicit ALS, k-means. */
public final class SparkPeer implements Peer {

  // Spark scales it by the number of ratings of each user and item.
  private static final double ALS_LAMBDA = 0.01;
  private static final double ALS_ALPHA = 1;

  private SparkPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new SparkPeer(), args);
  }

  @Override
  public String library() {
    return "Spark MLlib 3.5.6";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    return switch (work) {
      case ITEM_COSINE -> {
        JavaRDD<Vector> byUser =
            binary(pairs.user(), pairs.item(), pairs.users(), pairs.items(), threads);
        yield Optional.of(
            () -> {
              List<Tuple2<Integer, List<Near>>> rows = neighbours(byUser, Work.ITEM_NEIGHBOURS);
              return () -> answer(rows, pairs.items());
            });
      }
      case USER_COSINE -> {
        JavaRDD<Vector> byItem =
            binary(pairs.item(), pairs.user(), pairs.items(), pairs.users(), threads);
        yield Optional.of(
            () -> {
              List<Tuple2<Integer, List<Near>>> rows = neighbours(byItem, Work.USER_NEIGHBOURS);
              return () -> answer(rows, pairs.users());
            });
      }
      case ALS -> {
        JavaRDD<Rating> ratings =
            kept(
                context(threads)
                    .parallelize(
                        IntStream.range(0, pairs.size())
                            .mapToObj(p -> new Rating(pairs.user()[p], pairs.item()[p], 1))
                            .toList(),
                        threads));
        yield Optional.of(
            () -> {
              MatrixFactorizationModel model =
                  new ALS()
                      .setImplicitPrefs(true)
                      .setRank(Work.ALS_FACTORS)
                      .setIterations(Work.ALS_ITERATIONS)
                      .setLambda(ALS_LAMBDA)
                      .setAlpha(ALS_ALPHA)
                      .setBlocks(threads)
                      .setSeed(1)
                      .run(ratings);
              Map<Integer, double[]> users = factors(model.userFeatures().toJavaRDD().collect());
              Map<Integer, double[]> items = factors(model.productFeatures().toJavaRDD().collect());
              return () ->
                  Probe.of(pairs).ask((user, item) -> dot(users.get(user), items.get(item)));
            });
      }
      case K_MEANS -> {
        JavaRDD<Vector> points =
            kept(
                context(threads)
                    .parallelize(
                        Arrays.stream(Points.of(Points.COUNT)).map(Vectors::dense).toList(),
                        threads));
        yield Optional.of(
            () -> {
              KMeansModel model =
                  new KMeans()
                      .setK(Work.CLUSTERS)
                      .setMaxIterations(Work.CLUSTER_ITERATIONS)
                      .setEpsilon(0)
                      .setSeed(1)
                      .run(points.rdd());
              return () ->
                  Answer.ofValues(
                      Arrays.stream(model.clusterCenters())
                          .map(Vector::toArray)
                          .toArray(double[][]::new));
            });
      }
      default -> Optional.empty();
    };
  }

  /** A neighbour; Spark sends it between stages. */
  private record Near(int number, double similarity) implements Serializable {}

  private static JavaSparkContext context(int threads) {
    JavaSparkContext context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[" + threads + "]")
                .setAppName("peers")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1"));
    context.setLogLevel("WARN");
    return context;
  }

  private static <T> JavaRDD<T> kept(JavaRDD<T> data) {
    JavaRDD<T> kept = data.persist(StorageLevel.MEMORY_ONLY());
    long count = kept.count();
    if (count == 0) {
      throw new IllegalArgumentException("there are no data");
    }
    return kept;
  }

  private static JavaRDD<Vector> binary(
      int[] row, int[] column, int rows, int columns, int threads) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      lists.add(new ArrayList<>());
    }
    for (int p = 0; p < row.length; p++) {
      lists.get(row[p]).add(column[p]);
    }
    List<Vector> vectors = new ArrayList<>();
    for (List<Integer> list : lists) {
      int[] indices = list.stream().mapToInt(c -> c).sorted().toArray();
      double[] ones = new double[indices.length];
      Arrays.fill(ones, 1);
      vectors.add(Vectors.sparse(columns, indices, ones));
    }
    return kept(context(threads).parallelize(vectors, threads));
  }

  /** All cosines of columns, which Spark gives once for each two, then the best of each column. */
  private static List<Tuple2<Integer, List<Near>>> neighbours(JavaRDD<Vector> rows, int size) {
    List<Near> none = new ArrayList<>();
    return new RowMatrix(rows.rdd())
        .columnSimilarities()
        .entries()
        .toJavaRDD()
        .flatMapToPair(
            entry -> {
              int i = (int) entry.i();
              int j = (int) entry.j();
              return List.of(
                      new Tuple2<>(i, new Near(j, entry.value())),
                      new Tuple2<>(j, new Near(i, entry.value())))
                  .iterator();
            })
        .aggregateByKey(
            none,
            (best, near) -> {
              best.add(near);
              return best.size() < 4 * size ? best : best(best, size);
            },
            (one, other) -> {
              one.addAll(other);
              return best(one, size);
            })
        .mapValues(best -> best(best, size))
        .collect();
  }

  private static List<Near> best(List<Near> all, int size) {
    List<Near> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(Near::similarity).reversed());
    return new ArrayList<>(sorted.subList(0, Math.min(size, sorted.size())));
  }

  private static Answer answer(List<Tuple2<Integer, List<Near>>> rows, int size) {
    int[][] numbers = new int[size][0];
    double[][] values = new double[size][0];
    for (Tuple2<Integer, List<Near>> row : rows) {
      numbers[row._1()] = row._2().stream().mapToInt(Near::number).toArray();
      values[row._1()] = row._2().stream().mapToDouble(Near::similarity).toArray();
    }
    return new Answer(numbers, values);
  }

  private static Map<Integer, double[]> factors(List<Tuple2<Object, double[]>> rows) {
    return rows.stream().collect(Collectors.toMap(row -> (Integer) row._1(), Tuple2::_2));
  }

  /** Spark has no factors for those without ratings. */
  private static double dot(double @Nullable [] one, double @Nullable [] other) {
    if (one == null || other == null) {
      return 0;
    }
    double sum = 0;
    for (int f = 0; f < one.length; f++) {
      sum += one[f] * other[f];
    }
    return sum;
  }
}
