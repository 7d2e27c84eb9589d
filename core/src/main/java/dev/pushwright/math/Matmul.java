// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

/**
 * The product of two dense matrices of float32, row-major. With op(X) either X or its transpose,
 *
 * <pre>
 * C ← alpha · op(A) · op(B) + beta · C      op(A) is m×k, op(B) is k×n, C is m×n
 * </pre>
 *
 * <p>A matrix lies in an array from an offset on; its rows begin {@code ld} elements apart, so that
 * a part of a larger matrix can be named without copying it. What lies between the rows is neither
 * read nor written. All arguments are checked before anything is written.
 *
 * <p>As in BLAS, with {@code beta == 0} C is overwritten without being read, and with {@code alpha
 * == 0} or {@code k == 0} A and B are not read: what is not read may be NaN. Sums are of float32 in
 * an order that depends on k alone: the same bits on 1 thread and on 8, and for a row by itself or
 * among others. The error of an element is at most (k + 3) · 2⁻²⁴ / (1 − (k + 3) · 2⁻²⁴) times
 * |alpha| Σ |a|·|b| + |beta·c|, barring overflow and underflow.
 *
 * <p>The one tier, {@code java}, copies op(B) into k rows of their own and adds four of them at a
 * time to a row of sums: in that form the loop over j has no offsets, and the compiler turns it
 * into vector instructions. Needs 4·k·n bytes, and 4·(n + k) for each thread.
 */
public final class Matmul {

  // Rows a block: what is written does not depend on it.
  private static final int BLOCK = 32;

  // Multiplications below which starting threads takes longer than it saves.
  private static final double WORTH_THREADS = 1 << 22;

  private Matmul() {}

  /**
   * The name of the tier that does the work.
   *
   * @return {@code "java"}
   */
  public static String tier() {
    return "java";
  }

  /**
   * Multiplies on the calling thread, as {@link #sgemm(boolean, boolean, int, int, int, float,
   * float[], int, int, float[], int, int, float, float[], int, int, int)} with 1 thread.
   *
   * @param transA whether op(A) is the transpose of A
   * @param transB whether op(B) is the transpose of B
   * @param m rows of op(A) and C, at least 0
   * @param n columns of op(B) and C, at least 0
   * @param k columns of op(A) and rows of op(B), at least 0
   * @param alpha factor of the product
   * @param a holds A, which is m×k, or k×m if transA; not changed
   * @param aOff where A begins
   * @param lda from one row of A to the next, at least its number of columns
   * @param b holds B, which is k×n, or n×k if transB; not changed
   * @param bOff where B begins
   * @param ldb from one row of B to the next, at least its number of columns
   * @param beta factor of what was in C
   * @param c holds C and receives the result
   * @param cOff where C begins
   * @param ldc from one row of C to the next, at least n
   * @throws IllegalArgumentException when a number is out of range, an array is too short, or C
   *     overlaps A or B
   */
  public static void sgemm(
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
    sgemm(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc, 1);
  }

  /**
   * Multiplies on several threads.
   *
   * @param transA whether op(A) is the transpose of A
   * @param transB whether op(B) is the transpose of B
   * @param m rows of op(A) and C, at least 0
   * @param n columns of op(B) and C, at least 0
   * @param k columns of op(A) and rows of op(B), at least 0
   * @param alpha factor of the product
   * @param a holds A, which is m×k, or k×m if transA; not changed
   * @param aOff where A begins
   * @param lda from one row of A to the next, at least its number of columns
   * @param b holds B, which is k×n, or n×k if transB; not changed
   * @param bOff where B begins
   * @param ldb from one row of B to the next, at least its number of columns
   * @param beta factor of what was in C
   * @param c holds C and receives the result
   * @param cOff where C begins
   * @param ldc from one row of C to the next, at least n
   * @param threads how many threads at most, at least 1; products too small to gain take 1
   * @throws IllegalArgumentException when a number is out of range, an array is too short, or C
   *     overlaps A or B
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted and
   *     the product is one that threads are used for; part of C is written then
   */
  public static void sgemm(
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
      int ldc,
      int threads) {
    if (m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "m is " + m + ", n is " + n + ", k is " + k + "; none may be negative");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
    }
    long aEnd = end("a", a, aOff, lda, transA ? k : m, transA ? m : k);
    long bEnd = end("b", b, bOff, ldb, transB ? n : k, transB ? k : n);
    long cEnd = end("c", c, cOff, ldc, m, n);
    checkApart("a", a, aOff, aEnd, c, cOff, cEnd);
    checkApart("b", b, bOff, bEnd, c, cOff, cEnd);
    if (m == 0 || n == 0) {
      return;
    }
    if (alpha == 0 || k == 0) {
      for (int i = 0; i < m; i++) {
        scale(c, cOff + i * ldc, n, beta);
      }
      return;
    }
    float[][] rowsOfB = packed(transB, n, k, b, bOff, ldb);
    Parallel.BlockTask rows =
        (from, to) -> {
          float[] sums = new float[n];
          float[] rowOfA = new float[k];
          for (int i = from; i < to; i++) {
            if (transA) {
              for (int l = 0; l < k; l++) {
                rowOfA[l] = a[aOff + l * lda + i];
              }
            } else {
              System.arraycopy(a, aOff + i * lda, rowOfA, 0, k);
            }
            multiply(rowOfA, rowsOfB, sums);
            store(alpha, sums, beta, c, cOff + i * ldc);
          }
        };
    if (threads == 1 || (double) m * n * k < WORTH_THREADS) {
      rows.run(0, m);
    } else {
      Parallel.forBlocks(m, BLOCK, threads, rows);
    }
  }

  /** The index after the matrix's last element; {@code off} when it has none. */
  private static long end(String name, float[] array, int off, int ld, int rows, int columns) {
    if (off < 0 || off > array.length) {
      throw new IllegalArgumentException(
          name
              + "Off is "
              + off
              + "; a number from 0 to the length of "
              + name
              + ", "
              + array.length
              + ", is needed");
    }
    if (ld < columns) {
      throw new IllegalArgumentException(
          "ld"
              + name
              + " is "
              + ld
              + "; at least the number of columns, "
              + columns
              + ", is needed");
    }
    if (rows == 0 || columns == 0) {
      return off;
    }
    long end = off + (rows - 1L) * ld + columns;
    if (end > array.length) {
      throw new IllegalArgumentException(
          name
              + " has "
              + array.length
              + " elements; "
              + rows
              + " rows of "
              + columns
              + ", "
              + ld
              + " apart, from "
              + off
              + " on need "
              + end);
    }
    return end;
  }

  private static void checkApart(
      String name, float[] array, int off, long end, float[] c, int cOff, long cEnd) {
    if (array == c && off < cEnd && cOff < end) {
      throw new IllegalArgumentException(
          "c overlaps "
              + name
              + ": they are one array, in which c takes "
              + cOff
              + " to "
              + (cEnd - 1)
              + " and "
              + name
              + " takes "
              + off
              + " to "
              + (end - 1)
              + "; give the result an array of its own");
    }
  }

  private static float[][] packed(boolean transB, int n, int k, float[] b, int bOff, int ldb) {
    float[][] rows = new float[k][n];
    if (!transB) {
      for (int l = 0; l < k; l++) {
        System.arraycopy(b, bOff + l * ldb, rows[l], 0, n);
      }
      return rows;
    }
    for (int j = 0; j < n; j++) {
      int from = bOff + j * ldb;
      for (int l = 0; l < k; l++) {
        rows[l][j] = b[from + l];
      }
    }
    return rows;
  }

  private static void multiply(float[] rowOfA, float[][] rowsOfB, float[] sums) {
    int k = rowOfA.length;
    int l = k & 3;
    java.util.Arrays.fill(sums, 0);
    for (int first = 0; first < l; first++) {
      add(sums, rowOfA[first], rowsOfB[first]);
    }
    for (; l < k; l += 4) {
      add4(
          sums,
          rowOfA[l],
          rowsOfB[l],
          rowOfA[l + 1],
          rowsOfB[l + 1],
          rowOfA[l + 2],
          rowsOfB[l + 2],
          rowOfA[l + 3],
          rowsOfB[l + 3]);
    }
  }

  private static void add(float[] sums, float x, float[] row) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x * row[j];
    }
  }

  private static void add4(
      float[] sums,
      float x0,
      float[] row0,
      float x1,
      float[] row1,
      float x2,
      float[] row2,
      float x3,
      float[] row3) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += x0 * row0[j] + x1 * row1[j] + x2 * row2[j] + x3 * row3[j];
    }
  }

  private static void store(float alpha, float[] sums, float beta, float[] c, int from) {
    if (beta == 0) {
      for (int j = 0; j < sums.length; j++) {
        c[from + j] = alpha * sums[j];
      }
    } else {
      for (int j = 0; j < sums.length; j++) {
        c[from + j] = alpha * sums[j] + beta * c[from + j];
      }
    }
  }

  private static void scale(float[] c, int from, int n, float beta) {
    for (int j = from; j < from + n; j++) {
      c[j] = beta == 0 ? 0 : beta * c[j];
    }
  }
}
