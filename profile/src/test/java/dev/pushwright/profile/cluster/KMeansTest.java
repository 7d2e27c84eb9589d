// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.io.ModelFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: {@link BruteForce#lloyd}, which compares every point with every centre in double. */
class KMeansTest {

  private static final FitContext ONE = FitContext.standard().withThreads(1);
  private static final FitContext EIGHT = FitContext.standard().withThreads(8);

  @TempDir private Path folder;

  // n, dimensions, k, factor, offset: usual, far from 0, tiny, huge, of one dimension, of many.
  @ParameterizedTest
  @CsvSource({
    "1500, 5, 9, 1, 0",
    "1200, 2, 30, 1, 0",
    "900, 3, 7, 1, 100000",
    "900, 3, 7, 1e-18, 0",
    "900, 3, 7, 1e30, 0",
    "900, 1, 12, 1, -3",
    "600, 67, 11, 0.1, 5",
    "300, 4, 120, 1, 0"
  })
  void everyIterationIsThatOfTheDefinition(int n, int d, int k, double factor, double offset) {
    Points points = Clouds.moved(Clouds.of(n, d, 8, 3, 0.1, n + d), factor, offset);
    Points start = points.rows(Clouds.first(k));
    for (int iterations : new int[] {0, 1, 2, 5, 300}) {
      KMeansModel model =
          KMeans.builder()
              .initialCentres(start)
              .maxIterations(iterations)
              .tolerance(0)
              .build()
              .fit(points, EIGHT);
      BruteForce.Means twin = BruteForce.lloyd(points, BruteForce.rows(start), iterations);
      assertThat(model.clusters()).isEqualTo(k);
      assertThat(model.labels()).isEqualTo(twin.labels);
      assertThat(model.inertia()).isCloseTo(twin.inertia, within(1e-9 * twin.inertia));
      assertThat(model.iterations()).isEqualTo(twin.iterations);
      assertThat(model.converged()).isEqualTo(iterations == 300);
    }
  }

  @Test
  void theSameBitsWithAnyNumberOfThreads() {
    Points points = Clouds.of(21_000, 6, 12, 4, 0.2, 3);
    KMeans algorithm = KMeans.builder().clusters(13).seed(5).starts(2).maxIterations(12).build();
    KMeansModel one = algorithm.fit(points, ONE);
    KMeansModel eight = algorithm.fit(points, EIGHT);
    assertThat(eight.labels()).isEqualTo(one.labels());
    assertThat(eight.inertia()).isEqualTo(one.inertia());
    for (int c = 0; c < 13; c++) {
      assertThat(eight.centre(c)).isEqualTo(one.centre(c));
    }
    assertThat(one.predict(points, EIGHT)).isEqualTo(one.predict(points, ONE));
    KMeansModel other = KMeans.builder().clusters(13).seed(6).maxIterations(12).build().fit(points);
    assertThat(other.centre(0)).isNotEqualTo(one.centre(0));
  }

  @Test
  void separateCloudsAreFoundFromAnySeed() {
    double[][] rows = new double[900][2];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = 20 * (i % 3) + random.nextGaussian();
      rows[i][1] = 20 * (i % 9 / 3) + random.nextGaussian();
    }
    for (int seed = 0; seed < 10; seed++) {
      KMeansModel model = KMeans.builder().clusters(9).seed(seed).build().fit(Points.of(rows));
      assertThat(model.sizes()).containsOnly(100);
    }
  }

  @Test
  void labelsArePredictionsAndPredictionsAreNearest() {
    Points points = Clouds.of(4000, 7, 10, 3, 0.2, 8);
    KMeansModel model = KMeans.builder().clusters(10).maxIterations(3).build().fit(points);
    assertThat(model.predict(points, ONE)).isEqualTo(model.labels());
    double inertia = 0;
    for (int i = 0; i < points.size(); i++) {
      Assignment assignment = model.predict(points.row(i));
      assertThat(assignment.cluster()).isEqualTo(model.labels()[i]);
      inertia += assignment.distance() * assignment.distance();
    }
    assertThat(model.inertia()).isCloseTo(inertia, within(1e-9 * inertia));
    assertThat(Arrays.stream(model.sizes()).sum()).isEqualTo(4000);
  }

  @Test
  void ofTwoEquallyNearCentresTheLowerNumberIsTaken() {
    Points points = Clouds.of(-1, 0, 1, 0, 0, 5, 0, -5, 0, 0);
    KMeansModel model =
        KMeans.builder()
            .initialCentres(Clouds.of(1, 0, -1, 0))
            .maxIterations(0)
            .build()
            .fit(points);
    assertThat(model.labels()).containsExactly(1, 0, 0, 0, 0);
    assertThat(model.predict(new float[] {0, 77}))
        .isEqualTo(new Assignment(0, Math.sqrt(77 * 77 + 1)));
    assertThat(model.predict(Clouds.of(0, 77, 0, -3), ONE)).containsExactly(0, 0);
  }

  @Test
  void anEmptyClusterGetsTheFarthestPoint() {
    // By hand: the centre at 1000 gets nothing; 9 is the farthest from its centre, 0.
    Points points = Points.of(new double[][] {{0}, {1}, {2}, {9}});
    KMeansModel model =
        KMeans.builder()
            .initialCentres(Points.of(new double[][] {{0}, {1000}}))
            .build()
            .fit(points);
    assertThat(model.labels()).containsExactly(0, 0, 0, 1);
    assertThat(model.centre(0)).containsExactly(1);
    assertThat(model.centre(1)).containsExactly(9);
    assertThat(model.inertia()).isEqualTo(2);
    Points many = Clouds.of(2000, 4, 5, 3, 0.1, 2);
    Points same = many.rows(0, 0, 0, 0, 0, 0, 0);
    assertThat(KMeans.builder().initialCentres(same).build().fit(many).clusters()).isEqualTo(7);
  }

  @Test
  void thereAreNoMoreClustersThanDistinctPoints() {
    Points points = Clouds.of(1, 1, 2, 2, 1, 1, 3, 3, 2, 2, 1, 1);
    KMeansModel model = KMeans.builder().clusters(10).build().fit(points);
    assertThat(model.clusters()).isEqualTo(3);
    assertThat(model.inertia()).isZero();
    assertThat(model.sizes()).containsExactlyInAnyOrder(3, 2, 1);

    float[] same = new float[3 * 30_000];
    Arrays.fill(same, 0.1f);
    same[89_999] = 0.2f;
    KMeansModel two = KMeans.builder().clusters(5).build().fit(Points.of(same, 3));
    assertThat(two.sizes()).containsExactlyInAnyOrder(29_999, 1);
    assertThat(two.inertia()).isLessThan(1e-15);
    same[89_999] = 0.1f;
    KMeansModel one = KMeans.builder().clusters(5).build().fit(Points.of(same, 3));
    assertThat(one.sizes()).containsExactly(30_000);
    assertThat(one.inertia()).isZero();
    assertThat(one.centre(0)).containsOnly(0.1f);
  }

  @Test
  void onePointIsAClusterAndNoneIsNone() {
    KMeansModel one = KMeans.builder().clusters(4).build().fit(Clouds.of(3, 4));
    assertThat(one.clusters()).isEqualTo(1);
    assertThat(one.predict(new float[] {0, 0})).isEqualTo(new Assignment(0, 5));
    KMeansModel none = KMeans.builder().build().fit(Points.of(new float[0], 2));
    assertThat(none.clusters()).isZero();
    assertThat(none.labels()).isEmpty();
    assertThat(none.predict(new float[] {0, 0}))
        .isEqualTo(new Assignment(Assignment.NOISE, Double.POSITIVE_INFINITY));
    assertThat(none.predict(Clouds.of(1, 2), ONE)).containsExactly(Assignment.NOISE);
    assertThat(one.predict(Points.of(new float[0], 2), ONE)).isEmpty();
  }

  @Test
  void aLoadedModelAnswersToTheBit() {
    Points points = Clouds.of(500, 3, 4, 3, 0, 4);
    KMeansModel model = KMeans.builder().clusters(4).build().fit(points);
    KMeansModel loaded =
        Clouds.copy(folder.resolve("m"), model::save, in -> KMeansModel.read(in, 3));
    assertThat(loaded.labels()).isEqualTo(model.labels());
    assertThat(loaded.sizes()).isEqualTo(model.sizes());
    assertThat(loaded.centre(2)).isEqualTo(model.centre(2));
    assertThat(loaded.inertia()).isEqualTo(model.inertia());
    assertThat(loaded.iterations()).isEqualTo(model.iterations());
    assertThat(loaded.converged()).isEqualTo(model.converged());
    assertThat(loaded.predict(points.row(7))).isEqualTo(model.predict(points.row(7)));
  }

  @Test
  void damagedPartsAreRefused() {
    assertDamaged(new double[] {1, Double.NaN}, new int[] {0, 1}, 1, "centres hold NaN");
    assertDamaged(new double[] {1, 2}, new int[] {0, 2}, 1, "labels hold 2");
    assertDamaged(new double[] {1, 2}, new int[] {0, 0}, 1, "cluster 1 empty");
    assertDamaged(new double[] {1, 2}, new int[] {0, 1}, -1, "inertia is -1");
    assertDamaged(new double[] {1, 2}, new int[] {0, 1}, Double.NaN, "inertia is NaN");
  }

  private void assertDamaged(double[] centres, int[] labels, double inertia, String message) {
    assertThatThrownBy(
            () ->
                Clouds.copy(
                    folder.resolve("damaged"),
                    out ->
                        out.doubles("centres", centres, 2, 1)
                            .ints("labels", labels)
                            .doubles("inertia", new double[] {inertia})
                            .ints("iterations", new int[] {1, 1}),
                    in -> KMeansModel.read(in, 1)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void progressIsToldAndAnInterruptCancels() {
    Points points = Clouds.of(2000, 3, 4, 2, 0, 4);
    List<Progress> told = new ArrayList<>();
    KMeans algorithm = KMeans.builder().clusters(6).maxIterations(4).tolerance(0).build();
    algorithm.fit(points, ONE.withListener(told::add));
    assertThat(told).extracting(Progress::done).containsExactly(1L, 2L, 3L, 4L);
    assertThat(told).allMatch(p -> p.phase().equals("k-means") && p.total() == 4);
    try {
      assertThatThrownBy(
              () ->
                  algorithm.fit(
                      points, EIGHT.withListener(p -> Thread.currentThread().interrupt())))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void badInputIsRefusedByName() {
    KMeans.Builder builder = KMeans.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.clusters(0))
        .withMessage("clusters is 0; at least 1 is needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tolerance(Double.NaN))
        .withMessageContaining("tolerance is NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.starts(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxIterations(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.initialCentres(Points.of(new float[0], 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KMeans.builder()
                    .initialCentres(Clouds.of(1, 2))
                    .build()
                    .fit(Points.of(new float[] {1}, 1)))
        .withMessageContaining("2 dimensions");
    KMeansModel model = KMeans.builder().clusters(1).build().fit(Clouds.of(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(new float[] {1}))
        .withMessageContaining("1 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(new float[] {1, Float.NaN}))
        .withMessageContaining("column 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(Points.of(new float[3], 3), ONE))
        .withMessageContaining("3 dimensions");
  }

  @Test
  void moreStartsAreNeverWorse() {
    Points points = Clouds.of(1500, 2, 25, 10, 0, 11);
    KMeansModel one = KMeans.builder().clusters(25).seed(3).build().fit(points);
    KMeansModel ten = KMeans.builder().clusters(25).seed(3).starts(10).build().fit(points);
    assertThat(ten.inertia()).isLessThanOrEqualTo(one.inertia());
  }
}
