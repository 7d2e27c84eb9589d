// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MatmulTest {

  @Test
  void everyShapeEqualsTheTripleLoopInDouble() {
    SplittableRandom random = new SplittableRandom(20261122);
    for (int round = 0; round < 10_000; round++) {
      MatmulProduct.random(random).check();
    }
  }

  @Test
  void aWorkedProductHasItsNumbers() {
    float[] c = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
    Matmul.sgemm(
        false,
        false,
        2,
        2,
        3,
        1,
        new float[] {1, 2, 3, 4, 5, 6},
        0,
        3,
        new float[] {7, 8, 9, 10, 11, 12},
        0,
        2,
        0,
        c,
        0,
        2);
    assertThat(c).containsExactly(58, 64, 139, 154);
    Matmul.sgemm(
        true,
        true,
        2,
        2,
        3,
        2,
        new float[] {1, 4, 2, 5, 3, 6},
        0,
        2,
        new float[] {7, 9, 11, 8, 10, 12},
        0,
        3,
        -1,
        c,
        0,
        2);
    assertThat(c).containsExactly(58, 64, 139, 154);
  }

  @Test
  void whatBetaZeroOverwritesMayBeNaN() {
    for (int k : new int[] {0, 3}) {
      for (float alpha : new float[] {0, 1}) {
        float[] c = {Float.NaN, Float.POSITIVE_INFINITY};
        Matmul.sgemm(
            false, false, 1, 2, k, alpha, new float[3], 0, 3, new float[6], 0, 2, 0, c, 0, 2);
        assertThat(c).as("k %s, alpha %s", k, alpha).containsExactly(0, 0);
      }
    }
  }

  @Test
  void alphaZeroReadsNeitherAnorB() {
    float[] nan = {Float.NaN};
    float[] c = {3};
    Matmul.sgemm(false, false, 1, 1, 1, 0, nan, 0, 1, nan, 0, 1, 2, c, 0, 1);
    assertThat(c).containsExactly(6);
  }

  @Test
  void aNaNInAReachesItsRowAndNoOther() {
    float[] c = new float[4];
    Matmul.sgemm(
        false,
        false,
        2,
        2,
        1,
        1,
        new float[] {Float.NaN, 1},
        0,
        1,
        new float[] {0, 5},
        0,
        2,
        0,
        c,
        0,
        2);
    assertThat(c).containsExactly(Float.NaN, Float.NaN, 0, 5);
  }

  @Test
  void oneThreadAndEightGiveTheSameBits() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 8; round++) {
      sameBits(new MatmulProduct(random, 301 + round, 131, 129 + round));
      // Narrow: the built-in kernel's tiles are of another height.
      sameBits(new MatmulProduct(random, 701 + round, 90 + round, 80));
    }
  }

  private static void sameBits(MatmulProduct product) {
    product.check();
    float[] one = product.result(1);
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(product.result(threads)).as("%s on %s", product, threads).isEqualTo(one);
    }
  }

  @Test
  void aRowAloneHasTheBitsItHasAmongOthers() {
    int n = 50;
    int k = 37;
    SplittableRandom random = new SplittableRandom(3);
    float[] a = MatmulProduct.filled(random, 0, 40, k, k, 0);
    float[] b = MatmulProduct.filled(random, 0, k, n, n, 0);
    float[] all = new float[40 * n];
    Matmul.sgemm(false, false, 40, n, k, 1, a, 0, k, b, 0, n, 0, all, 0, n);
    float[] row = new float[n];
    for (int i = 0; i < 40; i++) {
      Matmul.sgemm(false, false, 1, n, k, 1, a, i * k, k, b, 0, n, 0, row, 0, n);
      assertThat(row).isEqualTo(Arrays.copyOfRange(all, i * n, (i + 1) * n));
    }
  }

  @Test
  void aColumnAloneHasTheBitsItHasAmongOthers() {
    int n = 40;
    int k = 37;
    SplittableRandom random = new SplittableRandom(4);
    float[] a = MatmulProduct.filled(random, 0, 50, k, k, 0);
    float[] b = MatmulProduct.filled(random, 0, k, n, n, 0);
    float[] before = MatmulProduct.filled(random, 0, 50, n, n, 0);
    float[] all = before.clone();
    Matmul.sgemm(false, false, 50, n, k, 3, a, 0, k, b, 0, n, 0.7f, all, 0, n);
    for (int columns : new int[] {1, 2, 7, 15}) {
      for (int j = 0; j + columns <= n; j += columns) {
        float[] some = before.clone();
        Matmul.sgemm(false, false, 50, columns, k, 3, a, 0, k, b, j, n, 0.7f, some, j, n);
        for (int i = 0; i < 50; i++) {
          assertThat(Arrays.copyOfRange(some, i * n + j, i * n + j + columns))
              .isEqualTo(Arrays.copyOfRange(all, i * n + j, i * n + j + columns));
        }
      }
    }
  }

  @Test
  void theTierHasAName() {
    assertThat(Matmul.tier()).isEqualTo("java");
  }

  @Test
  void partsOfOneArrayThatDoNotTouchAreFine() {
    float[] all = {2, 3, Float.NaN};
    Matmul.sgemm(false, false, 1, 1, 1, 1, all, 0, 1, all, 1, 1, 0, all, 2, 1);
    assertThat(all).containsExactly(2, 3, 6);
  }

  @Test
  void badArgumentsAreNamedBeforeAnythingIsWritten() {
    refused("m is -1, n is 1, k is 1; none may be negative", -1, 1, 1, 0, 1, 0, 1, 0, 1, 1);
    refused("m is 1, n is 1, k is -2", 1, 1, -2, 0, 1, 0, 1, 0, 1, 1);
    refused("threads is 0; at least 1 is needed", 1, 1, 1, 0, 1, 0, 1, 0, 1, 0);
    refused("aOff is -1; a number from 0 to the length of a, 4", 1, 1, 1, -1, 1, 0, 1, 0, 1, 1);
    refused("bOff is 5; a number from 0 to the length of b, 4", 1, 1, 1, 0, 1, 5, 1, 0, 1, 1);
    refused("lda is 1; at least the number of columns, 2", 1, 1, 2, 0, 1, 0, 1, 0, 1, 1);
    refused("ldb is 1; at least the number of columns, 2", 1, 2, 1, 0, 1, 0, 1, 0, 2, 1);
    refused("ldc is 1; at least the number of columns, 2", 1, 2, 1, 0, 1, 0, 2, 0, 1, 1);
    refused(
        "a has 4 elements; 3 rows of 2, 2 apart, from 0 on need 6", 3, 1, 2, 0, 2, 0, 1, 0, 1, 1);
    refused(
        "b has 4 elements; 2 rows of 1, 4 apart, from 1 on need 6", 1, 1, 2, 0, 2, 1, 4, 0, 1, 1);
    refused(
        "c has 4 elements; 2 rows of 1, 3 apart, from 1 on need 5", 2, 1, 1, 0, 1, 0, 1, 1, 3, 1);
    // Would overflow an int.
    refused("from 0 on need 4294967295", 3, 1, 1, 0, Integer.MAX_VALUE, 0, 1, 0, 1, 1);
  }

  private static void refused(
      String message,
      int m,
      int n,
      int k,
      int aOff,
      int lda,
      int bOff,
      int ldb,
      int cOff,
      int ldc,
      int threads) {
    float[] c = {5, 5, 5, 5};
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemm(
                    false,
                    false,
                    m,
                    n,
                    k,
                    1,
                    new float[4],
                    aOff,
                    lda,
                    new float[4],
                    bOff,
                    ldb,
                    0,
                    c,
                    cOff,
                    ldc,
                    threads))
        .withMessageContaining(message);
    assertThat(c).containsOnly(5);
  }

  @Test
  void aResultThatOverlapsAnOperandIsRefused() {
    float[] shared = new float[8];
    float[] other = new float[4];
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemm(false, false, 2, 2, 2, 1, shared, 0, 2, other, 0, 2, 0, shared, 3, 2))
        .withMessageContaining("c overlaps a")
        .withMessageContaining("c takes 3 to 6 and a takes 0 to 3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Matmul.sgemm(false, false, 2, 2, 2, 1, other, 0, 2, shared, 4, 2, 0, shared, 1, 2))
        .withMessageContaining("c overlaps b");
  }
}
