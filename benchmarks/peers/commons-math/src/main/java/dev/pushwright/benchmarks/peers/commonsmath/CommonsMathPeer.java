// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers.commonsmath;

import dev.pushwright.benchmarks.peers.Answer;
import dev.pushwright.benchmarks.peers.Pairs;
import dev.pushwright.benchmarks.peers.Peer;
import dev.pushwright.benchmarks.peers.PeerMain;
import dev.pushwright.benchmarks.peers.Points;
import dev.pushwright.benchmarks.peers.Work;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.JDKRandomGenerator;

/** {@code KMeansPlusPlusClusterer}, on one thread: it knows no more. */
public final class CommonsMathPeer implements Peer {

  private CommonsMathPeer() {}

  /**
   * Does the work.
   *
   * @param args see {@link PeerMain#run}
   */
  public static void main(String[] args) {
    PeerMain.run(new CommonsMathPeer(), args);
  }

  @Override
  public String library() {
    return "commons-math3 3.6.1";
  }

  @Override
  public Optional<Task> prepare(Work work, Pairs pairs, int threads) {
    if (work != Work.K_MEANS) {
      return Optional.empty();
    }
    List<DoublePoint> points =
        Arrays.stream(Points.of(Points.COUNT)).map(DoublePoint::new).toList();
    return Optional.of(
        () -> {
          List<CentroidCluster<DoublePoint>> clusters =
              new KMeansPlusPlusClusterer<DoublePoint>(
                      Work.CLUSTERS,
                      Work.CLUSTER_ITERATIONS,
                      new EuclideanDistance(),
                      new JDKRandomGenerator(1))
                  .cluster(points);
          return () ->
              Answer.ofValues(
                  clusters.stream()
                      .map(cluster -> cluster.getCenter().getPoint())
                      .toArray(double[][]::new));
        });
  }
}
