// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelFormatException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: {@link BruteForce#dbscan}, which compares all pairs in double. */
class DbscanTest {

  private static final FitContext ONE = FitContext.standard().withThreads(1);
  private static final FitContext EIGHT = FitContext.standard().withThreads(8);

  @TempDir private Path folder;

  // n, dimensions, range of the centres, factor, offset
  @ParameterizedTest
  @CsvSource({
    "700, 2, 6, 1, 0",
    "700, 8, 5, 1, 0",
    "400, 3, 4, 1e-20, 0",
    "400, 3, 4, 1e30, 0",
    "400, 3, 4, 1, 1e6",
    "300, 1, 20, 1, 0",
    "31, 5, 2, 1, 0",
    "300, 17, 4, 1, 0"
  })
  void labelsAreThoseOfTheDefinition(int n, int d, double range, double factor, double offset) {
    Points points = Clouds.moved(Clouds.of(n, d, 6, range, 0.2, n), factor, offset);
    for (double eps : new double[] {0.05, 0.5, 1.5, 3, 5, 100}) {
      for (int minPoints : new int[] {1, 3, 9}) {
        Dbscan algorithm = Dbscan.builder().eps(eps * factor).minPoints(minPoints).build();
        assertThat(algorithm.fit(points, EIGHT).labels())
            .as("eps %s, minPoints %s", eps, minPoints)
            .isEqualTo(BruteForce.dbscan(points, eps * factor, minPoints));
      }
    }
  }

  @Test
  void aDistanceOfExactlyEpsIsWithin() {
    // A grid: many distances are exactly eps, and many points equal.
    SplittableRandom random = new SplittableRandom(6);
    float[] values = new float[2 * 900];
    for (int p = 0; p < values.length; p++) {
      values[p] = random.nextInt(24) * 0.25f;
    }
    Points points = Points.of(values, 2);
    for (double eps : new double[] {0.25, 0.5, Math.sqrt(0.125)}) {
      for (int minPoints : new int[] {4, 9, 14}) {
        assertThat(Dbscan.builder().eps(eps).minPoints(minPoints).build().fit(points, ONE).labels())
            .isEqualTo(BruteForce.dbscan(points, eps, minPoints));
      }
    }
  }

  @Test
  void aBorderPointGoesToTheFirstClusterInOrder() {
    // Two dense groups on a line, 3 apart, and a point between that reaches one core of each.
    Points points =
        Points.of(new double[][] {{3}, {3.1}, {3.2}, {1.6}, {0.2}, {0.1}, {0}, {0.2}, {3}, {9}});
    DbscanModel model = Dbscan.builder().eps(1.4).minPoints(4).build().fit(points);
    assertThat(model.labels()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, -1);
    assertThat(model.noiseCount()).isEqualTo(1);
    assertThat(model.sizes()).containsExactly(5, 4);
    assertThat(model.coreCount()).isEqualTo(8);
  }

  @Test
  void theSameLabelsWithAnyNumberOfThreads() {
    Points points = Clouds.of(6000, 4, 15, 8, 0.1, 17);
    Dbscan algorithm = Dbscan.builder().build();
    DbscanModel one = algorithm.fit(points, ONE);
    DbscanModel eight = algorithm.fit(points, EIGHT);
    assertThat(one.clusters()).isGreaterThan(5);
    assertThat(eight.labels()).isEqualTo(one.labels());
    assertThat(eight.eps()).isEqualTo(one.eps());
    assertThat(eight.predict(points, EIGHT)).isEqualTo(one.predict(points, ONE));
  }

  @Test
  void aNewPointBelongsWhereTheNearestCorePointDoes() {
    Points points = Clouds.of(900, 3, 5, 6, 0.1, 12);
    DbscanModel model = Dbscan.builder().eps(1).minPoints(6).build().fit(points);
    int[] labels = model.labels();
    SplittableRandom random = new SplittableRandom(2);
    int noise = 0;
    for (int q = 0; q < 300; q++) {
      float[] x = new float[3];
      for (int j = 0; j < 3; j++) {
        x[j] = (float) random.nextDouble(-9, 9);
      }
      double nearest = Double.POSITIVE_INFINITY;
      int label = -1;
      for (int i = 0; i < points.size(); i++) {
        double squared =
            BruteForce.squared(BruteForce.row(points, i), new double[] {x[0], x[1], x[2]});
        if (squared < nearest && isCore(points, i)) {
          nearest = squared;
          label = labels[i];
        }
      }
      Assignment assignment = model.predict(x);
      assertThat(assignment.distance()).isCloseTo(Math.sqrt(nearest), within(1e-12));
      assertThat(assignment.cluster()).isEqualTo(nearest <= 1 ? label : Assignment.NOISE);
      noise += assignment.isNoise() ? 1 : 0;
    }
    assertThat(noise).isBetween(30, 299);
  }

  private static boolean isCore(Points points, int i) {
    int near = 0;
    for (int j = 0; j < points.size(); j++) {
      near += points.squaredDistance(i, j) <= 1 ? 1 : 0;
    }
    return near >= 6;
  }

  @Test
  void corePointsArePredictedAsLabelled() {
    Points points = Clouds.of(3000, 2, 7, 9, 0.2, 30);
    DbscanModel model = Dbscan.builder().eps(0.5).minPoints(1).build().fit(points);
    assertThat(model.predict(points, ONE)).isEqualTo(model.labels());
  }

  @Test
  void neighbourDistancesAreThoseOfTheDefinition() {
    Points points = Clouds.of(400, 3, 3, 4, 0.3, 19);
    double[] expected = new double[400];
    for (int i = 0; i < 400; i++) {
      double[] all = new double[400];
      for (int j = 0; j < 400; j++) {
        all[j] = Math.sqrt(points.squaredDistance(i, j));
      }
      Arrays.sort(all);
      expected[i] = all[4];
    }
    Arrays.sort(expected);
    assertThat(Dbscan.neighbourDistances(points, 5, EIGHT)).isEqualTo(expected);
  }

  @Test
  void theKneeIsWhereTheCurveIsFarthestBelowTheDiagonal() {
    // By hand, on all but the last 2 of 100: 0 … 0.79 in steps of 0.01, then 1.79, 2.79, …: in the
    // unit square both axes rise to 1 at the 98th; the slope passes 1 after the 80th.
    double[] curve = new double[100];
    for (int i = 0; i < 100; i++) {
      curve[i] = i < 80 ? 0.01 * i : 0.79 + (i - 79);
    }
    curve[99] = 1e6;
    assertThat(Dbscan.knee(curve)).isEqualTo(curve[79]);
    assertThat(Dbscan.knee(new double[0])).isZero();
    assertThat(Dbscan.knee(new double[] {3, 3, 3})).isEqualTo(3);
  }

  @Test
  void edgesHaveAnswers() {
    Dbscan three = Dbscan.builder().minPoints(3).build();
    DbscanModel none = three.fit(Points.of(new float[0], 2));
    assertThat(none.clusters()).isZero();
    assertThat(none.predict(new float[] {1, 2}))
        .isEqualTo(new Assignment(Assignment.NOISE, Double.POSITIVE_INFINITY));
    DbscanModel one = three.fit(Clouds.of(1, 2));
    assertThat(one.labels()).containsExactly(Assignment.NOISE);
    assertThat(one.eps()).isZero();
    assertThat(Dbscan.builder().minPoints(1).build().fit(Clouds.of(1, 2)).labels())
        .containsExactly(0);
    float[] same = new float[4000];
    Arrays.fill(same, 0.3f);
    DbscanModel all = three.fit(Points.of(same, 4));
    assertThat(all.sizes()).containsExactly(1000);
    assertThat(all.predict(new float[] {0.3f, 0.3f, 0.3f, 0.3f})).isEqualTo(new Assignment(0, 0));
    assertThat(all.predict(new float[] {0.3f, 0.3f, 0.3f, 1.3f}).isNoise()).isTrue();
  }

  @Test
  void badInputIsRefusedByName() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Dbscan.builder().eps(bad))
          .withMessageContaining("eps is " + bad);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dbscan.builder().minPoints(0))
        .withMessageContaining("minPoints is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dbscan.suggestEps(Clouds.of(1, 2), 0, ONE));
    DbscanModel model = Dbscan.builder().eps(1).build().fit(Clouds.of(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> model.predict(new float[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(Points.of(new float[3], 3), ONE));
  }

  @Test
  void aLoadedModelAnswersToTheBit() {
    Points points = Clouds.of(800, 2, 4, 5, 0.2, 4);
    DbscanModel model = Dbscan.builder().minPoints(5).build().fit(points);
    DbscanModel loaded =
        Clouds.copy(folder.resolve("m"), model::save, in -> DbscanModel.read(in, 2));
    assertThat(loaded.labels()).isEqualTo(model.labels());
    assertThat(loaded.eps()).isEqualTo(model.eps());
    assertThat(loaded.minPoints()).isEqualTo(5);
    assertThat(loaded.coreCount()).isEqualTo(model.coreCount());
    Points others = Clouds.of(300, 2, 4, 5, 0.5, 5);
    for (int i = 0; i < others.size(); i++) {
      assertThat(loaded.predict(others.row(i))).isEqualTo(model.predict(others.row(i)));
    }
  }

  @Test
  void damagedPartsAreRefused() {
    assertDamaged(-1, new int[] {0}, new float[] {1}, new int[] {0}, "eps is -1");
    assertDamaged(1, new int[] {1}, new float[] {1}, new int[] {0}, "labels hold 1");
    assertDamaged(1, new int[] {0}, new float[] {1}, new int[] {7}, "coreLabels hold 7");
    assertDamaged(1, new int[] {0}, new float[] {Float.NaN}, new int[] {0}, "is NaN");
    assertDamaged(1, new int[] {-1}, new float[] {1}, new int[] {0}, "labels leave cluster 0");
    assertDamaged(1, new int[] {1}, new float[] {1, 2}, new int[] {1, 1}, "leave cluster 0");
  }

  private void assertDamaged(
      double eps, int[] labels, float[] core, int[] coreLabels, String message) {
    assertThatThrownBy(
            () ->
                Clouds.copy(
                    folder.resolve("damaged"),
                    out ->
                        out.doubles("eps", new double[] {eps})
                            .ints("minPoints", new int[] {1})
                            .ints("labels", labels)
                            .floats("core", core, core.length, 1)
                            .ints("coreLabels", coreLabels),
                    in -> DbscanModel.read(in, 1)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  /** Clusters 30,000 points of 8 dimensions, with neighbourhoods from none to all. */
  static final class Large {
    private Large() {}

    /**
     * Prints how many clusters there are.
     *
     * @param args none
     */
    public static void main(String[] args) {
      Points points = Clouds.of(30_000, 8, 10, 6, 0.1, 1);
      StringBuilder line = new StringBuilder();
      for (double eps : new double[] {0.5, 2, 6, 12, 1000}) {
        DbscanModel model = Dbscan.builder().eps(eps).minPoints(10).build().fit(points, ONE);
        line.append(model.clusters()).append(' ');
      }
      System.out.println(line.append(Dbscan.builder().build().fit(points, ONE).clusters() > 0));
    }
  }

  @Test
  void thirtyThousandPointsFitInLittleMemory() throws IOException, InterruptedException {
    // 512 MiB are asked for; the neighbours of all points of all points alone would be 3.6 GB.
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path").replace(":", File.pathSeparator),
                    Large.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(out)).matches("0 \\d+ \\d+ \\d+ 1 true\\s*");
    assertThat(process.exitValue()).isZero();
  }
}
