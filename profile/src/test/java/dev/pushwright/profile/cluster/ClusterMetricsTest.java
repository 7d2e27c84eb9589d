// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Oracles: scikit-learn 1.9.1, by {@code silhouette_score}, {@code silhouette_samples}, {@code
 * davies_bouldin_score}, {@code calinski_harabasz_score}, {@code adjusted_rand_score} and {@code
 * normalized_mutual_info_score} of {@code sklearn.metrics} on the points written down here; and
 * numbers worked by hand.
 */
class ClusterMetricsTest {

  private static final Offset<Double> CLOSE = within(1e-12);
  private static final FitContext ONE = FitContext.standard().withThreads(1);

  private final Points nine =
      Clouds.of(1, 2, 1.5, 1.8, 5, 8, 8, 8, 1, 0.6, 9, 11, 8, 2, 10, 2, 9, 3);
  private final int[] labelsOfNine = {0, 0, 1, 1, 0, 1, 2, 2, 2};

  /** Sixty points of three groups, by a formula that Python computes alike. */
  private static Points sixty() {
    double[][] rows = new double[60][];
    for (int i = 0; i < 60; i++) {
      rows[i] =
          new double[] {
            (i * 7) % 13 / 4.0 + (i % 3 == 1 ? 10 : 0),
            (i * 5) % 11 / 3.0 + (i % 3 == 2 ? 8 : 0),
            (i * 3) % 7 / 2.0
          };
    }
    return Points.of(rows);
  }

  private static int[] thirds() {
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }

  @Test
  void theyAreThoseOfScikitLearn() {
    assertThat(ClusterMetrics.silhouette(nine, labelsOfNine, ONE))
        .isCloseTo(0.7036685307497139, CLOSE);
    double[] each = {
      0.8791561979641361, 0.8779790120517533, 0.4264294935868472,
      0.46948794501960994, 0.8353599062633723, 0.5310970775390196,
      0.7518944916132347, 0.779160053717413, 0.7824525989920385
    };
    assertThat(ClusterMetrics.silhouettes(nine, labelsOfNine, ONE)).contains(each, within(1e-12));
    assertThat(ClusterMetrics.daviesBouldin(nine, labelsOfNine))
        .isCloseTo(0.3891143245673243, CLOSE);
    assertThat(ClusterMetrics.calinskiHarabasz(nine, labelsOfNine))
        .isCloseTo(32.83911348596224, within(1e-10));
    assertThat(ClusterMetrics.silhouette(sixty(), thirds(), ONE))
        .isCloseTo(0.7283189449176978, CLOSE);
    assertThat(ClusterMetrics.daviesBouldin(sixty(), thirds()))
        .isCloseTo(0.3856598268846574, CLOSE);
    assertThat(ClusterMetrics.calinskiHarabasz(sixty(), thirds()))
        .isCloseTo(340.4955061902846, within(1e-9));
    int[] a = {0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
    int[] b = {0, 0, 1, 1, 1, 2, 2, 2, 2, 0};
    assertThat(ClusterMetrics.adjustedRand(a, b)).isCloseTo(0.20454545454545456, CLOSE);
    assertThat(ClusterMetrics.normalizedMutualInformation(a, b)).isCloseTo(0.44270128334605, CLOSE);
  }

  @Test
  void theyAreThoseWorkedByHand() {
    // {0, 1} and {10, 12}: of the point 0, a = 1 and b = (10 + 12) / 2.
    Points line = Points.of(new double[][] {{0}, {1}, {10}, {12}});
    int[] labels = {0, 0, 1, 1};
    assertThat(ClusterMetrics.silhouettes(line, labels, ONE))
        .contains(new double[] {10 / 11.0, 9 / 10.0, 7.5 / 9.5, 9.5 / 11.5}, CLOSE);
    // Centres 0.5 and 11, mean distances 0.5 and 1.
    assertThat(ClusterMetrics.daviesBouldin(line, labels)).isCloseTo(1.5 / 10.5, CLOSE);
    // Mean 5.75: between 4 · 5.25², within 2 · 0.25 + 2.
    assertThat(ClusterMetrics.calinskiHarabasz(line, labels))
        .isCloseTo(4 * 5.25 * 5.25 / (2.5 / 2), CLOSE);
    // 1 pair in both, 2 and 1 in each, 6 in all: (1 − 1/3) / (3/2 − 1/3).
    int[] one = {0, 0, 1, 1};
    int[] other = {0, 0, 1, 2};
    assertThat(ClusterMetrics.adjustedRand(one, other)).isCloseTo(4 / 7.0, CLOSE);
    // The information is ln 2, the entropies are ln 2 and 1.5 ln 2.
    assertThat(ClusterMetrics.normalizedMutualInformation(one, other)).isCloseTo(0.8, CLOSE);
    int[] across = {0, 1, 0, 1};
    assertThat(ClusterMetrics.adjustedRand(one, across)).isCloseTo(-0.5, CLOSE);
    assertThat(ClusterMetrics.normalizedMutualInformation(one, across)).isCloseTo(0, CLOSE);
  }

  @Test
  void namesOfLabelsDoNotMatter() {
    int[] a = {-1, -1, 7, 7, Integer.MIN_VALUE, 3};
    int[] b = {5, 5, -1, -1, Integer.MAX_VALUE, 0};
    assertThat(ClusterMetrics.adjustedRand(a, b)).isEqualTo(1);
    assertThat(ClusterMetrics.normalizedMutualInformation(a, b)).isCloseTo(1, CLOSE);
  }

  @Test
  void whatCannotBeToldApartIsTheSame() {
    int[][] pairs = {{}, {4}, {2, 2, 2}};
    for (int[] labels : pairs) {
      assertThat(ClusterMetrics.adjustedRand(labels, labels)).isEqualTo(1);
      assertThat(ClusterMetrics.normalizedMutualInformation(labels, labels)).isEqualTo(1);
    }
    assertThat(ClusterMetrics.adjustedRand(new int[] {1, 2, 3}, new int[] {3, 1, 2})).isEqualTo(1);
    assertThat(ClusterMetrics.adjustedRand(new int[] {1, 2, 3}, new int[] {1, 1, 1})).isEqualTo(0);
    assertThat(ClusterMetrics.normalizedMutualInformation(new int[] {1, 2, 3}, new int[] {1, 1, 1}))
        .isEqualTo(0);
  }

  @Test
  void noiseIsLeftOutAndSingletonsCountNothing() {
    Points points = Points.of(new double[][] {{0}, {500}, {1}, {10}, {12}, {30}});
    int[] labels = {0, -1, 0, 1, 1, -1};
    Points line = Points.of(new double[][] {{0}, {1}, {10}, {12}});
    int[] four = {0, 0, 1, 1};
    assertThat(ClusterMetrics.silhouette(points, labels, ONE))
        .isEqualTo(ClusterMetrics.silhouette(line, four, ONE));
    assertThat(ClusterMetrics.daviesBouldin(points, labels))
        .isEqualTo(ClusterMetrics.daviesBouldin(line, four));
    assertThat(ClusterMetrics.calinskiHarabasz(points, labels))
        .isEqualTo(ClusterMetrics.calinskiHarabasz(line, four));
    assertThat(ClusterMetrics.silhouettes(line, new int[] {0, 1, 1, 2}, ONE)[0]).isZero();
    // Labels nobody has are no clusters.
    assertThat(ClusterMetrics.daviesBouldin(line, new int[] {0, 0, 3, 3}))
        .isEqualTo(ClusterMetrics.daviesBouldin(line, four));
  }

  @Test
  void identicalPointsGiveNumbers() {
    Points same = Points.of(new double[][] {{1}, {1}, {1}, {1}});
    int[] labels = {0, 0, 1, 1};
    assertThat(ClusterMetrics.silhouette(same, labels, ONE)).isZero();
    assertThat(ClusterMetrics.daviesBouldin(same, labels)).isZero();
    assertThat(ClusterMetrics.calinskiHarabasz(same, labels)).isEqualTo(1);
  }

  @Test
  void aSampleComesCloseAndThreadsDoNotShow() {
    Points points = Clouds.of(3000, 3, 5, 5, 0, 9);
    int[] labels = KMeans.builder().clusters(5).build().fit(points).labels();
    FitContext eight = FitContext.standard().withThreads(8);
    double all = ClusterMetrics.silhouette(points, labels, ONE);
    assertThat(ClusterMetrics.silhouette(points, labels, eight)).isEqualTo(all);
    assertThat(ClusterMetrics.silhouette(points, labels, 600, 1, ONE)).isCloseTo(all, within(0.03));
    assertThat(ClusterMetrics.silhouette(points, labels, 9999, 1, ONE)).isEqualTo(all);
    assertThat(ClusterMetrics.silhouette(points, labels, 600, 2, ONE))
        .isNotEqualTo(ClusterMetrics.silhouette(points, labels, 600, 1, ONE));
  }

  @Test
  void fewerThanTwoClustersAreRefused() {
    for (int[] labels : new int[][] {{0, 0, 0, 0, 0, 0, 0, 0, 0}, {-1, -1, 2, 2, 2, 2, 2, 2, 2}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ClusterMetrics.silhouette(nine, labels, ONE))
          .withMessageContaining("1 clusters beside noise");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ClusterMetrics.silhouette(nine, labels, 3, 1, ONE));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ClusterMetrics.daviesBouldin(nine, labels));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ClusterMetrics.calinskiHarabasz(nine, labels));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterMetrics.silhouette(nine, new int[] {1}, ONE))
        .withMessageContaining("9 points and 1 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterMetrics.adjustedRand(new int[1], new int[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ClusterMetrics.daviesBouldin(nine, new int[] {0, 0, 1, 1, 0, 1, 2, 2, 90}))
        .withMessageContaining("label 8 is 90");
  }
}
