// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.math.MatmulProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every tier of {@link dev.pushwright.math.Matmul} must do. Extend it and override one method;
 * where the tier cannot work, that method throws {@code TestAbortedException}, by an assumption of
 * JUnit.
 *
 * <p>The judge is the triple loop in float64: an element may be off by (k + 3) · 2⁻²⁴ / (1 − (k +
 * 3) · 2⁻²⁴) times the sum of the sizes of its terms, which any order of a sum of float32 keeps to.
 */
public abstract class MatmulConformance {

  private static final int SHAPES = 10_000;
  private static final int THREADS = 8;
  private static final int[] EDGES = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64};
  private static final float[] FACTORS = {1, -1, 0.5f, 2.75f};

  private MatmulProvider tier;

  /** Does nothing. */
  protected MatmulConformance() {}

  /**
   * The tier, started.
   *
   * @return the tier under test
   */
  protected abstract MatmulProvider provider();

  /** Asks for the tier. */
  @BeforeEach
  protected void start() {
    tier = provider();
  }

  @Test
  void itsNameCanBeForced() {
    assertThat(tier.name()).matches("[a-z][a-z0-9]*").isNotIn("java", "vector");
  }

  @Test
  void itsChoiceOfSizesIsStable() {
    for (int size : new int[] {1, 8, 64, 512}) {
      assertThat(tier.takes(size, size, size)).isEqualTo(tier.takes(size, size, size));
    }
  }

  @Test
  void itsTilesHaveRows() {
    for (int columns : new int[] {1, 8, 64, 512}) {
      assertThat(tier.tileRows(columns)).isPositive().isEqualTo(tier.tileRows(columns));
    }
  }

  @Test
  void tenThousandShapesEqualTheTripleLoop() {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < SHAPES; round++) {
      check(tier, random, edge(random), edge(random), edge(random));
    }
  }

  @Test
  void largeShapesEqualTheTripleLoop() {
    SplittableRandom random = new SplittableRandom(7);
    check(tier, random, 130, 70, 700);
    check(tier, random, 3, 2500, 20);
    check(tier, random, 1100, 5, 9);
    check(tier, random, 2, 3, 5000);
  }

  @Test
  void eightThreadsAtOnceGetTheSameNumbers() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        SplittableRandom random = new SplittableRandom(thread);
        results.add(
            pool.submit(
                () -> {
                  for (int round = 0; round < SHAPES / THREADS; round++) {
                    check(tier, random, edge(random), edge(random), edge(random));
                  }
                }));
      }
      for (Future<?> result : results) {
        result.get(5, TimeUnit.MINUTES);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void operandsAndResultMayLieInOneArray() {
    float[] all = {2, 3, Float.NaN, 5};
    tier.sgemm(false, false, 1, 1, 1, 1, all, 0, 1, all, 1, 1, 0, all, 2, 1);
    assertThat(all).containsExactly(2, 3, 6, 5);
  }

  @Test
  void theSameProductHasTheSameBitsAgain() {
    SplittableRandom random = new SplittableRandom(8);
    float[] a = floats(random, 0, 100, 90, 90, 0);
    float[] b = floats(random, 0, 90, 80, 80, 0);
    float[] first = new float[100 * 80];
    float[] again = new float[100 * 80];
    tier.sgemm(false, false, 100, 80, 90, 1, a, 0, 90, b, 0, 80, 0, first, 0, 80);
    for (int round = 0; round < 100; round++) {
      tier.sgemm(false, false, 100, 80, 90, 1, a, 0, 90, b, 0, 80, 0, again, 0, 80);
      assertThat(again).isEqualTo(first);
    }
  }

  private static int edge(SplittableRandom random) {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(40) : EDGES[random.nextInt(EDGES.length)];
  }

  private static float[] floats(
      SplittableRandom random, int off, int rows, int columns, int ld, int tail) {
    float[] array = new float[off + (rows - 1) * ld + columns + tail];
    Arrays.fill(array, Float.NaN);
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        array[off + r * ld + s] = (float) random.nextDouble(-2, 2);
      }
    }
    return array;
  }

  // What is not part of a matrix is NaN: it must be neither read nor written.
  private static void check(MatmulProvider tier, SplittableRandom random, int m, int n, int k) {
    boolean transA = random.nextBoolean();
    boolean transB = random.nextBoolean();
    float alpha = FACTORS[random.nextInt(FACTORS.length)];
    float beta = random.nextInt(3) == 0 ? 0 : FACTORS[random.nextInt(FACTORS.length)];
    int aOff = random.nextInt(4);
    int bOff = random.nextInt(4);
    int cOff = random.nextInt(4);
    int lda = (transA ? m : k) + random.nextInt(3);
    int ldb = (transB ? k : n) + random.nextInt(3);
    int ldc = n + random.nextInt(3);
    float[] a = floats(random, aOff, transA ? k : m, transA ? m : k, lda, random.nextInt(3));
    float[] b = floats(random, bOff, transB ? n : k, transB ? k : n, ldb, random.nextInt(3));
    float[] c = floats(random, cOff, m, n, ldc, random.nextInt(3));
    if (beta == 0) {
      Arrays.fill(c, Float.NaN);
    }
    float[] expected = c.clone();
    float[] found = c.clone();
    tier.sgemm(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, found, cOff, ldc);
    double unit = (k + 3) * 0x1p-24;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = cOff + i * ldc + j;
        double sum = beta == 0 ? 0 : (double) beta * c[at];
        double size = Math.abs(sum);
        for (int l = 0; l < k; l++) {
          double x = a[transA ? aOff + l * lda + i : aOff + i * lda + l];
          double term = alpha * x * b[transB ? bOff + j * ldb + l : bOff + l * ldb + j];
          sum += term;
          size += Math.abs(term);
        }
        // The comparison is written so that NaN fails it.
        if (!(Math.abs(found[at] - sum) <= unit / (1 - unit) * size + Float.MIN_NORMAL)) {
          throw new AssertionError(
              String.format(
                  "element %d, %d of %d×%d by %d×%d (transA %s, transB %s, alpha %s, beta %s) is"
                      + " %s; expected is %s",
                  i, j, m, k, k, n, transA, transB, alpha, beta, found[at], sum));
        }
        expected[at] = found[at];
      }
    }
    assertThat(found).as("outside of C").isEqualTo(expected);
  }
}
