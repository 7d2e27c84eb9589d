// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.profile.cluster.ClusterCount.Choice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Data whose number of clusters is known by construction. */
class ClusterCountTest {

  private static final FitContext ONE = FitContext.standard().withThreads(1);
  private static final KMeans ALGORITHM = KMeans.builder().starts(3).build();

  private static Points separate(int clouds) {
    SplittableRandom random = new SplittableRandom(clouds);
    double[][] rows = new double[60 * clouds][2];
    for (int i = 0; i < rows.length; i++) {
      double angle = 2 * Math.PI * (i % clouds) / clouds;
      rows[i][0] = 6 * clouds * Math.cos(angle) + random.nextGaussian();
      rows[i][1] = 6 * clouds * Math.sin(angle) + random.nextGaussian();
    }
    return Points.of(rows);
  }

  @Test
  void separateCloudsAreCounted() {
    for (int clouds : new int[] {2, 3, 5}) {
      Choice silhouette = ClusterCount.bySilhouette(separate(clouds), ALGORITHM, 2, 7, ONE);
      assertThat(silhouette.model().clusters()).isEqualTo(clouds);
      assertThat(silhouette.scores()).hasSize(6).allMatch(score -> score.error() == 0);
      assertThat(silhouette.scores().get(clouds - 2).value())
          .isCloseTo(
              ClusterMetrics.silhouette(separate(clouds), silhouette.model().labels(), ONE),
              within(1e-12));
      Choice gap = ClusterCount.byGap(separate(clouds), ALGORITHM, 1, 7, 10, ONE);
      assertThat(gap.model().clusters()).isEqualTo(clouds);
      assertThat(gap.scores()).hasSize(clouds + 1).allMatch(score -> score.error() > 0);
    }
  }

  @Test
  void theGapTellsWhenThereIsOneClusterOnly() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] rows = new double[300][2];
    for (double[] row : rows) {
      row[0] = random.nextDouble();
      row[1] = random.nextDouble();
    }
    assertThat(ClusterCount.byGap(Points.of(rows), ALGORITHM, 1, 6, 10, ONE).model().clusters())
        .isEqualTo(1);
  }

  @Test
  void edgesHaveAnswers() {
    Points none = Points.of(new float[0], 2);
    Points same = Clouds.of(1, 2, 1, 2, 1, 2);
    Points three = Clouds.of(1, 2, 1, 2, 5, 6, 5, 6, 9, 9);
    assertThat(ClusterCount.bySilhouette(none, ALGORITHM, 2, 4, ONE).model().clusters()).isZero();
    assertThat(ClusterCount.bySilhouette(same, ALGORITHM, 2, 4, ONE).model().clusters())
        .isEqualTo(1);
    assertThat(ClusterCount.byGap(none, ALGORITHM, 1, 4, 5, ONE).model().clusters()).isZero();
    assertThat(ClusterCount.byGap(same, ALGORITHM, 1, 4, 5, ONE).model().clusters()).isEqualTo(1);
    Choice choice = ClusterCount.bySilhouette(three, ALGORITHM, 2, 9, ONE);
    assertThat(choice.scores()).hasSize(2);
    assertThat(choice.scores()).allMatch(score -> Double.isFinite(score.value()));
    Choice gap = ClusterCount.byGap(three, ALGORITHM, 1, 9, 5, ONE);
    assertThat(gap.scores()).allMatch(score -> Double.isFinite(score.value()));
    assertThat(ClusterCount.bySilhouette(three, ALGORITHM, 8, 9, ONE).model().clusters())
        .isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterCount.bySilhouette(three, ALGORITHM, 1, 4, ONE))
        .withMessageContaining("clusters from 1 to 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterCount.byGap(three, ALGORITHM, 4, 3, 5, ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterCount.byGap(three, ALGORITHM, 1, 3, 0, ONE));
  }
}
