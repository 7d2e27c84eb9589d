// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwright.api.FitContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MiniBatchKMeansTest {

  private static final FitContext ONE = FitContext.standard().withThreads(1);

  @Test
  void itComesCloseToKMeans() {
    Points points = Clouds.of(20_000, 4, 8, 6, 0.05, 21);
    double best = KMeans.builder().clusters(8).starts(3).build().fit(points).inertia();
    double sum = 0;
    for (int seed = 0; seed < 5; seed++) {
      KMeansModel batches = MiniBatchKMeans.builder().clusters(8).seed(seed).build().fit(points);
      sum += batches.inertia();
      assertThat(batches.iterations()).isBetween(11, 1000);
      assertThat(batches.predict(points, ONE)).isEqualTo(batches.labels());
    }
    assertThat(sum / 5).isBetween(0.999 * best, 1.15 * best);
  }

  @Test
  void theSameBitsWithAnyNumberOfThreads() {
    Points points = Clouds.of(9000, 3, 5, 4, 0.1, 5);
    MiniBatchKMeans algorithm = MiniBatchKMeans.builder().clusters(6).maxBatches(40).build();
    KMeansModel one = algorithm.fit(points, ONE);
    KMeansModel eight = algorithm.fit(points, FitContext.standard().withThreads(8));
    assertThat(eight.labels()).isEqualTo(one.labels());
    assertThat(eight.inertia()).isEqualTo(one.inertia());
  }

  @Test
  void aBatchMovesACentreByTheRunningMean() {
    // One cluster and one batch: v counts from 1, so the centre is the mean of the points drawn,
    // which are all from {0, 4}.
    Points points = Points.of(new double[][] {{0}, {4}});
    KMeansModel model =
        MiniBatchKMeans.builder()
            .clusters(1)
            .batchSize(2)
            .maxBatches(1)
            .seed(4)
            .build()
            .fit(points);
    assertThat(model.centre(0)[0]).isIn(0.0, 2.0, 4.0);
    assertThat(model.iterations()).isEqualTo(1);
  }

  @Test
  void edgesHaveAnswers() {
    MiniBatchKMeans algorithm = MiniBatchKMeans.builder().clusters(5).build();
    assertThat(algorithm.fit(Points.of(new float[0], 2)).clusters()).isZero();
    assertThat(algorithm.fit(Clouds.of(1, 2)).clusters()).isEqualTo(1);
    float[] same = new float[600];
    Arrays.fill(same, 7);
    assertThat(algorithm.fit(Points.of(same, 2)).sizes()).containsExactly(300);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MiniBatchKMeans.builder().batchSize(0))
        .withMessageContaining("batchSize is 0");
  }
}
