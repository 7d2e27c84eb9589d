// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Matrix–vector, symmetric and batched products, against the triple loop in double. */
class MatmulShapesTest {

  private static float[] floats(SplittableRandom random, int size) {
    float[] floats = new float[size];
    for (int i = 0; i < size; i++) {
      floats[i] = (float) random.nextDouble(-1, 1);
    }
    return floats;
  }

  private static double bound(int k, double size) {
    return (k + 3) * 0x1p-23 * size + Float.MIN_NORMAL;
  }

  @Test
  void aMatrixTimesAVectorEqualsTheLoop() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      boolean trans = random.nextBoolean();
      int m = random.nextInt(40);
      int n = random.nextInt(40);
      int lda = n + random.nextInt(3);
      float alpha = random.nextInt(3);
      float beta = random.nextInt(2) * 0.5f;
      float[] a = floats(random, 2 + m * lda);
      float[] x = floats(random, 3 + (trans ? m : n));
      float[] y = floats(random, 1 + (trans ? n : m) + 2);
      if (beta == 0) {
        Arrays.fill(y, 1, y.length - 2, Float.NaN);
      }
      float[] out = y.clone();
      Matmul.sgemv(trans, m, n, alpha, a, 2, lda, x, 3, beta, out, 1);
      for (int i = 0; i < (trans ? n : m); i++) {
        double sum = beta == 0 ? 0 : beta * y[1 + i];
        double size = Math.abs(sum);
        for (int l = 0; l < (trans ? m : n); l++) {
          double term = alpha * (double) a[2 + (trans ? l * lda + i : i * lda + l)] * x[3 + l];
          sum += term;
          size += Math.abs(term);
        }
        assertThat((double) out[1 + i]).isCloseTo(sum, within(bound(trans ? m : n, size)));
      }
      assertThat(out[0]).isEqualTo(y[0]);
      assertThat(Arrays.copyOfRange(out, out.length - 2, out.length))
          .isEqualTo(Arrays.copyOfRange(y, y.length - 2, y.length));
    }
  }

  @Test
  void aSymmetricProductEqualsTheGeneralOneAndIsSymmetricToTheBit() {
    SplittableRandom random = new SplittableRandom(2);
    for (int n : new int[] {0, 1, 5, 63, 64, 65, 150}) {
      for (int k : new int[] {0, 1, 7, 40}) {
        for (boolean trans : new boolean[] {false, true}) {
          int lda = (trans ? n : k) + 1;
          float[] a = floats(random, (trans ? k : n) * lda);
          float[] c = floats(random, n * (n + 2));
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
              c[j * (n + 2) + i] = c[i * (n + 2) + j];
            }
          }
          float[] general = c.clone();
          Matmul.sgemm(trans, !trans, n, n, k, 2, a, 0, lda, a, 0, lda, -1, general, 0, n + 2);
          Matmul.ssyrk(trans, n, k, 2, a, 0, lda, -1, c, 0, n + 2, 1);
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              assertThat(c[i * (n + 2) + j]).isEqualTo(c[j * (n + 2) + i]);
              assertThat((double) c[i * (n + 2) + j])
                  .isCloseTo(general[i * (n + 2) + j], within(bound(k, 2 * k + 1)));
            }
          }
        }
      }
    }
  }

  @Test
  void aLargeSymmetricProductHasTheSameBitsOnEightThreads() {
    int n = 300;
    int k = 130;
    float[] a = floats(new SplittableRandom(3), n * k);
    float[] one = new float[n * n];
    float[] eight = new float[n * n];
    Matmul.ssyrk(false, n, k, 1, a, 0, k, 0, one, 0, n, 1);
    Matmul.ssyrk(false, n, k, 1, a, 0, k, 0, eight, 0, n, 8);
    assertThat(eight).isEqualTo(one);
  }

  @Test
  void aBatchEqualsItsProductsOneByOne() {
    SplittableRandom random = new SplittableRandom(4);
    int m = 9;
    int n = 6;
    int k = 5;
    int count = 300;
    float[] a = floats(random, count * m * k);
    float[] b = floats(random, k * n);
    float[] c = floats(random, count * m * n);
    float[] expected = c.clone();
    for (int e = 0; e < count; e++) {
      Matmul.sgemm(
          false, false, m, n, k, 1, a, e * m * k, k, b, 0, n, 0.5f, expected, e * m * n, n);
    }
    for (int threads : new int[] {1, 8}) {
      float[] out = c.clone();
      Matmul.sgemmBatched(
          count, false, false, m, n, k, 1, a, 0, k, m * k, b, 0, n, 0, 0.5f, out, 0, n, m * n,
          threads);
      assertThat(out).isEqualTo(expected);
    }
  }

  @Test
  void headsOfAttentionLieSideBySide() {
    // 3 heads of 2 columns within rows of 6.
    int rows = 4;
    float[] a = floats(new SplittableRandom(5), rows * 6);
    float[] unit = {1, 0, 0, 1};
    float[] out = new float[rows * 6];
    Matmul.sgemmBatched(
        3, false, false, rows, 2, 2, 1, a, 0, 6, 2, unit, 0, 2, 0, 0, out, 0, 6, 2, 1);
    assertThat(out).isEqualTo(a);
  }

  @Test
  void eightThreadsAndOneGiveTheSameBitsForALargeBatch() {
    int count = 64;
    int size = 48;
    float[] a = floats(new SplittableRandom(6), count * size * size);
    float[] one = new float[a.length];
    float[] eight = new float[a.length];
    int next = size * size;
    for (int threads : new int[] {1, 8}) {
      Matmul.sgemmBatched(
          count,
          false,
          true,
          size,
          size,
          size,
          1,
          a,
          0,
          size,
          next,
          a,
          0,
          size,
          next,
          0,
          threads == 1 ? one : eight,
          0,
          size,
          next,
          threads);
    }
    assertThat(eight).isEqualTo(one);
  }

  @Test
  void badBatchesAreNamed() {
    float[] four = new float[4];
    float[] c = {5, 5, 5, 5};
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemmBatched(
                    -1, false, false, 1, 1, 1, 1, four, 0, 1, 1, four, 0, 1, 1, 0, c, 0, 1, 1, 1))
        .withMessageContaining("count is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemmBatched(
                    3, false, false, 1, 1, 1, 1, four, 0, 1, 2, four, 0, 1, 1, 0, c, 0, 1, 1, 1))
        .withMessageContaining("a has 4 elements; 3 matrices of 1 rows of 1, 2 apart")
        .withMessageContaining("need 5");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemmBatched(
                    2, false, false, 1, 2, 1, 1, four, 0, 1, 1, four, 0, 2, 1, 0, c, 0, 2, 1, 1))
        .withMessageContaining("cStride is 1, ldc is 2: 2 results of 1 rows of 2 would overlap");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemmBatched(
                    2, false, false, 1, 1, 1, 1, c, 0, 1, 1, four, 0, 1, 1, 0, c, 1, 1, 1, 1))
        .withMessageContaining("c overlaps a");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemmBatched(
                    2, false, false, 1, 1, 1, 1, four, 0, 1, -1, four, 0, 1, 1, 0, c, 0, 1, 1, 1))
        .withMessageContaining("aStride is -1");
    assertThat(c).containsOnly(5);
  }

  @Test
  void aVectorThatOverlapsIsRefused() {
    float[] all = new float[6];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matmul.sgemv(false, 2, 2, 1, new float[4], 0, 2, all, 0, 0, all, 1))
        .withMessageContaining("y overlaps x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matmul.ssyrk(false, 2, 2, 1, all, 0, 2, 0, all, 2, 2, 1))
        .withMessageContaining("c overlaps a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matmul.sgemv(false, 2, 2, 1, new float[4], 0, 2, all, 5, 0, all, 0))
        .withMessageContaining("x has 6 elements");
  }
}
