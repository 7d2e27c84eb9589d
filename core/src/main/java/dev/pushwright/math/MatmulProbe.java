// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

/** A few products whose results are checked against a triple loop. */
final class MatmulProbe {

  private static final int[][] SHAPES = {{1, 1, 1}, {3, 5, 7}, {67, 33, 50}};

  private MatmulProbe() {}

  /** Throws when a kernel is wrong, whatever it says of itself. */
  static void check(MatmulProvider kernel) {
    for (int[] shape : SHAPES) {
      for (int trans = 0; trans < 4; trans++) {
        check(kernel, (trans & 1) != 0, (trans & 2) != 0, shape[0], shape[1], shape[2]);
      }
    }
  }

  private static void check(
      MatmulProvider kernel, boolean transA, boolean transB, int m, int n, int k) {
    // Rows apart, and something before and after.
    int lda = (transA ? m : k) + 2;
    int ldb = (transB ? k : n) + 1;
    int ldc = n + 3;
    float[] a = numbers(1 + (transA ? k : m) * lda, 3);
    float[] b = numbers(2 + (transB ? n : k) * ldb, 5);
    float[] before = numbers(3 + m * ldc, 7);
    float[] c = before.clone();
    kernel.sgemm(transA, transB, m, n, k, 0.5f, a, 1, lda, b, 2, ldb, -2, c, 3, ldc);
    for (int at = 0; at < c.length; at++) {
      int i = Math.floorDiv(at - 3, ldc);
      int j = Math.floorMod(at - 3, ldc);
      double expected = before[at];
      if (i >= 0 && j < n) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          double x = a[1 + (transA ? l * lda + i : i * lda + l)];
          sum += x * b[2 + (transB ? j * ldb + l : l * ldb + j)];
        }
        expected = 0.5 * sum - 2 * expected;
      }
      // All numbers are small multiples of 1/8: their sums are exact in any order.
      if (c[at] != expected) {
        throw new IllegalStateException(
            "a product of " + m + "×" + k + " and " + k + "×" + n + " came out wrong");
      }
    }
  }

  private static float[] numbers(int size, int seed) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = ((i * 37 + seed) % 17 - 8) / 8f;
    }
    return numbers;
  }
}
