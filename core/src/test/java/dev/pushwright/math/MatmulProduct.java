// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One product with its arguments; the unused places of each array are NaN. */
final class MatmulProduct {

  private static final int[] EDGES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64};
  private static final float[] FACTORS = {0, 1, -1, 0.5f, 2.75f};

  final boolean transA;
  final boolean transB;
  final int m;
  final int n;
  final int k;
  final float alpha;
  final float beta;
  final int aOff;
  final int bOff;
  final int cOff;
  final int lda;
  final int ldb;
  final int ldc;
  final float[] a;
  final float[] b;
  final float[] c;

  MatmulProduct(SplittableRandom random, int m, int n, int k) {
    this.m = m;
    this.n = n;
    this.k = k;
    transA = random.nextBoolean();
    transB = random.nextBoolean();
    alpha = FACTORS[random.nextInt(FACTORS.length)];
    beta = FACTORS[random.nextInt(FACTORS.length)];
    aOff = random.nextInt(4);
    bOff = random.nextInt(4);
    cOff = random.nextInt(4);
    lda = (transA ? m : k) + random.nextInt(3);
    ldb = (transB ? k : n) + random.nextInt(3);
    ldc = n + random.nextInt(3);
    a = filled(random, aOff, transA ? k : m, transA ? m : k, lda, random.nextInt(3));
    b = filled(random, bOff, transB ? n : k, transB ? k : n, ldb, random.nextInt(3));
    c = filled(random, cOff, m, n, ldc, random.nextInt(3));
  }

  static float[] filled(SplittableRandom random, int off, int rows, int columns, int ld, int tail) {
    int used = rows == 0 || columns == 0 ? 0 : (rows - 1) * ld + columns;
    float[] array = new float[off + used + tail];
    Arrays.fill(array, Float.NaN);
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        array[off + r * ld + s] = (float) random.nextDouble(-2, 2);
      }
    }
    return array;
  }

  /** Small, with edges of vectors and tiles among the sizes. */
  static MatmulProduct random(SplittableRandom random) {
    return new MatmulProduct(random, edge(random), edge(random), edge(random));
  }

  private static int edge(SplittableRandom random) {
    return random.nextInt(3) == 0 ? random.nextInt(40) : EDGES[random.nextInt(EDGES.length)];
  }

  float[] result(int threads) {
    float[] out = c.clone();
    Matmul.sgemm(
        transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, out, cOff, ldc, threads);
    return out;
  }

  void check() {
    float[] found = result(1);
    float[] untouched = found.clone();
    double u = (k + 3) * 0x1p-24;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = cOff + i * ldc + j;
        double sum = beta == 0 ? 0 : (double) beta * c[at];
        double size = Math.abs(sum);
        for (int l = 0; l < k; l++) {
          double x = transA ? a[aOff + l * lda + i] : a[aOff + i * lda + l];
          double y = transB ? b[bOff + j * ldb + l] : b[bOff + l * ldb + j];
          sum += alpha * x * y;
          size += Math.abs(alpha * x * y);
        }
        // Written so that NaN fails it.
        if (!(Math.abs(found[at] - sum) <= u / (1 - u) * size + Float.MIN_NORMAL)) {
          throw new AssertionError(
              this + ": " + i + ", " + j + " is " + found[at] + ", not " + sum);
        }
        untouched[at] = c[at];
      }
    }
    assertThat(untouched).as("%s: outside of C", this).isEqualTo(c);
  }

  @Override
  public String toString() {
    return (transA ? "Aᵀ" : "A")
        + (transB ? "Bᵀ " : "B ")
        + m
        + "×"
        + k
        + "·"
        + k
        + "×"
        + n
        + " alpha "
        + alpha
        + " beta "
        + beta
        + " offsets "
        + aOff
        + ", "
        + bOff
        + ", "
        + cOff
        + " strides "
        + lda
        + ", "
        + ldb
        + ", "
        + ldc;
  }
}
