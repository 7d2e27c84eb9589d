// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.tribuo;

import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Points;
import dev.pushwright.benchmarks.peers.Work;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.la.DenseVector;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** {@code KMeansTrainer}. */
public final class TribuoPeer implements Peer {

  private TribuoPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new TribuoPeer(), args);
  }

  @Override
  public String library() {
    return "Tribuo 4.3.2";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    if (work != Work.K_MEANS) {
      return Optional.empty();
    }
    ClusteringFactory factory = new ClusteringFactory();
    MutableDataset<ClusterID> data =
        new MutableDataset<>(new SimpleDataSourceProvenance("points", factory), factory);
    // Features are kept in the order of their names.
    String[] names =
        IntStream.range(0, Points.DIMENSIONS).mapToObj(d -> "d" + (100 + d)).toArray(String[]::new);
    for (double[] point : Points.of(Points.COUNT)) {
      data.add(new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, point));
    }
    return Optional.of(
        () -> {
          KMeansModel model =
              new KMeansTrainer(
                      Work.CLUSTERS,
                      Work.CLUSTER_ITERATIONS,
                      new L2Distance(),
                      KMeansTrainer.Initialisation.PLUSPLUS,
                      threads,
                      1)
                  .train(data);
          return () ->
              Answer.ofValues(
                  Arrays.stream(model.getCentroidVectors())
                      .map(DenseVector::toArray)
                      .toArray(double[][]::new));
        });
  }
}
