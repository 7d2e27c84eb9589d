// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import java.util.Arrays;

/**
 * The tier {@code java}: copies op(B), a strip of columns at a time, into rows of their own and
 * adds four of them at a time to a row of sums. In that form the loop over j has no offsets, and
 * the compiler turns it into vector instructions; with offsets, or with two rows of sums, C2 of JDK
 * 17 does not. A narrow result is built as its transpose, for rows of some length. The order of a
 * sum depends on k alone.
 *
 * <p>Each thread keeps what it copies to: 1 kB for each row of the largest op(B) it has met, and 8
 * kB of sums.
 */
final class JavaKernel implements MatmulProvider {

  // Columns a strip: that of a B of 1,000 rows lies in the second cache.
  private static final int STRIP = 256;

  // Columns below which the loop along a row is too short; and those below which it is worth while
  // to build the transpose instead, where that has rows at least this long and twice as long.
  private static final int NARROW = 16;
  private static final int LONG = 128;

  // Rows that are gathered from a transposed matrix, or scattered to one, in one go: half of what a
  // cache line holds.
  private static final int GATHERED = 8;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private static final class Scratch {
    final float[][] sums = new float[GATHERED][STRIP];
    final float[][] rowsOfA = new float[GATHERED][];
    float[][] rowsOfB = {};

    void reserve(int k) {
      int old = rowsOfB.length;
      if (old < k) {
        float[][] rows = Arrays.copyOf(rowsOfB, k);
        for (int l = old; l < k; l++) {
          rows[l] = new float[STRIP];
        }
        for (int r = 0; r < GATHERED; r++) {
          rowsOfA[r] = new float[k];
        }
        rowsOfB = rows;
      }
    }
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int rank() {
    return 200;
  }

  @Override
  public String start() {
    return "";
  }

  // What is built as its transpose has the rows for its columns, and a whole strip is best.
  @Override
  public int tileRows(int n) {
    return n < LONG ? STRIP : MatmulProvider.super.tileRows(n);
  }

  @Override
  public void sgemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float beta,
      float[] c,
      int cOff,
      int ldc) {
    if ((n < NARROW && n < m) || (n < LONG && m >= Math.max(LONG, 2 * n))) {
      // Cᵀ = op(B)ᵀ · op(A)ᵀ: the same products, added in the same order.
      multiply(!transB, !transA, n, m, k, alpha, b, bOff, ldb, a, aOff, lda, beta, c, cOff, 1, ldc);
    } else {
      multiply(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc, 1);
    }
  }

  private static void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float beta,
      float[] c,
      int cOff,
      int rowStep,
      int columnStep) {
    Scratch scratch = SCRATCH.get();
    scratch.reserve(k);
    float[][] rowsOfA = scratch.rowsOfA;
    float[][] sums = scratch.sums;
    for (int j = 0; j < n; j += STRIP) {
      int width = Math.min(STRIP, n - j);
      pack(transB, width, k, b, transB ? bOff + j * ldb : bOff + j, ldb, scratch.rowsOfB);
      for (int first = 0; first < m; first += GATHERED) {
        int rows = Math.min(GATHERED, m - first);
        if (transA) {
          gather(rows, k, a, aOff + first, lda, rowsOfA);
        }
        for (int r = 0; r < rows; r++) {
          if (transA) {
            sum(rowsOfA[r], 0, scratch.rowsOfB, k, sums[r], width);
          } else {
            sum(a, aOff + (first + r) * lda, scratch.rowsOfB, k, sums[r], width);
          }
        }
        int to = cOff + first * rowStep + j * columnStep;
        if (columnStep == 1) {
          for (int r = 0; r < rows; r++) {
            store(alpha, sums[r], beta, c, to + r * rowStep, width);
          }
        } else {
          scatter(alpha, sums, rows, beta, c, to, columnStep, width);
        }
      }
    }
  }

  private static void gather(int rows, int k, float[] a, int aOff, int lda, float[][] rowsOfA) {
    for (int l = 0; l < k; l++) {
      for (int r = 0; r < rows; r++) {
        rowsOfA[r][l] = a[aOff + l * lda + r];
      }
    }
  }

  private static void pack(
      boolean transB, int width, int k, float[] b, int bOff, int ldb, float[][] rows) {
    if (!transB) {
      for (int l = 0; l < k; l++) {
        System.arraycopy(b, bOff + l * ldb, rows[l], 0, width);
      }
      return;
    }
    int l = 0;
    for (; l + GATHERED <= k; l += GATHERED) {
      transpose(width, b, bOff + l, ldb, rows, l);
    }
    for (; l < k; l++) {
      float[] row = rows[l];
      for (int j = 0; j < width; j++) {
        row[j] = b[bOff + j * ldb + l];
      }
    }
  }

  // Eight at a time: each line of B is read twice instead of sixteen times.
  private static void transpose(int width, float[] b, int from, int ldb, float[][] rows, int l) {
    float[] row0 = rows[l];
    float[] row1 = rows[l + 1];
    float[] row2 = rows[l + 2];
    float[] row3 = rows[l + 3];
    float[] row4 = rows[l + 4];
    float[] row5 = rows[l + 5];
    float[] row6 = rows[l + 6];
    float[] row7 = rows[l + 7];
    int at = from;
    for (int j = 0; j < width; j++) {
      row0[j] = b[at];
      row1[j] = b[at + 1];
      row2[j] = b[at + 2];
      row3[j] = b[at + 3];
      row4[j] = b[at + 4];
      row5[j] = b[at + 5];
      row6[j] = b[at + 6];
      row7[j] = b[at + 7];
      at += ldb;
    }
  }

  private static void sum(float[] a, int at, float[][] rowsOfB, int k, float[] sums, int width) {
    int l = k & 3;
    Arrays.fill(sums, 0, width, 0);
    for (int first = 0; first < l; first++) {
      add(sums, width, a[at + first], rowsOfB[first]);
    }
    for (; l < k; l += 4) {
      int x = at + l;
      float[] row0 = rowsOfB[l];
      float[] row1 = rowsOfB[l + 1];
      float[] row2 = rowsOfB[l + 2];
      float[] row3 = rowsOfB[l + 3];
      add4(sums, width, a[x], row0, a[x + 1], row1, a[x + 2], row2, a[x + 3], row3);
    }
  }

  private static void add(float[] sums, int width, float x, float[] row) {
    for (int j = 0; j < width; j++) {
      sums[j] += x * row[j];
    }
  }

  private static void add4(
      float[] sums,
      int width,
      float x0,
      float[] row0,
      float x1,
      float[] row1,
      float x2,
      float[] row2,
      float x3,
      float[] row3) {
    for (int j = 0; j < width; j++) {
      sums[j] += x0 * row0[j] + x1 * row1[j] + x2 * row2[j] + x3 * row3[j];
    }
  }

  private static void store(float alpha, float[] sums, float beta, float[] c, int from, int width) {
    if (beta == 0) {
      for (int j = 0; j < width; j++) {
        c[from + j] = alpha * sums[j];
      }
    } else {
      for (int j = 0; j < width; j++) {
        c[from + j] = alpha * sums[j] + beta * c[from + j];
      }
    }
  }

  private static void scatter(
      float alpha, float[][] sums, int rows, float beta, float[] c, int from, int step, int width) {
    if (rows == GATHERED && beta == 0) {
      scatter(alpha, sums, c, from, step, width);
      return;
    }
    for (int r = 0; r < rows; r++) {
      float[] row = sums[r];
      for (int j = 0; j < width; j++) {
        int to = from + r + j * step;
        c[to] = beta == 0 ? alpha * row[j] : alpha * row[j] + beta * c[to];
      }
    }
  }

  private static void scatter(
      float alpha, float[][] sums, float[] c, int from, int step, int width) {
    float[] row0 = sums[0];
    float[] row1 = sums[1];
    float[] row2 = sums[2];
    float[] row3 = sums[3];
    float[] row4 = sums[4];
    float[] row5 = sums[5];
    float[] row6 = sums[6];
    float[] row7 = sums[7];
    int to = from;
    for (int j = 0; j < width; j++) {
      c[to] = alpha * row0[j];
      c[to + 1] = alpha * row1[j];
      c[to + 2] = alpha * row2[j];
      c[to + 3] = alpha * row3[j];
      c[to + 4] = alpha * row4[j];
      c[to + 5] = alpha * row5[j];
      c[to + 6] = alpha * row6[j];
      c[to + 7] = alpha * row7[j];
      to += step;
    }
  }
}
