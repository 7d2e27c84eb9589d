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
 * == 0} or {@code k == 0} A and B are not read: what is not read may be NaN. Sums are of float32.
 * The error of an element is at most (k + 3) · 2⁻²⁴ / (1 − (k + 3) · 2⁻²⁴) times |alpha| Σ |a|·|b|
 * + |beta·c|, barring overflow and underflow.
 *
 * <p>One of several tiers does the work, see {@link MatmulProvider}. It is picked at the first
 * product, logged at INFO, and the same from then on:
 *
 * <ul>
 *   <li>{@code java}, which is always there
 *   <li>{@code vector}, where the JVM was started with {@code --add-modules jdk.incubator.vector}
 *   <li>{@code openblas} and {@code jblas}, in the module {@code pushwright-neural}, where their
 *       native libraries load
 * </ul>
 *
 * <p>{@code -Dpushwright.matmul=NAME} forces one. Tiers differ in the last bits. With one tier and
 * one kind of processor the bits depend on the arguments alone, never on the threads. With {@code
 * java} and {@code vector} the order of a sum depends on k alone: a row has the same bits by itself
 * and among others.
 *
 * <p>Each thread keeps the memory that its products need, some hundred kB to some MB; after the
 * first product of a size nothing is allocated.
 */
public final class Matmul {

  // Multiplications of a product that is cut into tiles, for several threads to work; as many as
  // take longer than it takes to wake a thread. What is written with a native tier depends on it.
  private static final double WORTH_THREADS = 1 << 22;

  private static final int TILE_COLUMNS = 256;
  private static final int TILES = 16;

  // Rows and columns that a symmetric product takes at once.
  private static final int SYMMETRIC = 64;

  // Sums of a dot product that run side by side.
  private static final int CHAINS = 8;

  private Matmul() {}

  /**
   * The name of the tier that does the work.
   *
   * @return such as {@code "java"}
   * @throws IllegalStateException when {@code -Dpushwright.matmul} forces one that is not there or
   *     does not work; the message lists what there is
   */
  public static String tier() {
    return MatmulTiers.chosen().name();
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
    MatmulArguments.sizes(m, n, k, threads);
    long aEnd = MatmulArguments.end("a", a, aOff, lda, transA ? k : m, transA ? m : k);
    long bEnd = MatmulArguments.end("b", b, bOff, ldb, transB ? n : k, transB ? k : n);
    long cEnd = MatmulArguments.end("c", c, cOff, ldc, m, n);
    MatmulArguments.apart("c", c, cOff, cEnd, "a", a, aOff, aEnd);
    MatmulArguments.apart("c", c, cOff, cEnd, "b", b, bOff, bEnd);
    multiply(
        transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc, threads);
  }

  /** Without checks. */
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
      int ldc,
      int threads) {
    if (m == 0 || n == 0) {
      return;
    }
    if (alpha == 0 || k == 0) {
      for (int i = 0; i < m; i++) {
        scale(c, cOff + i * ldc, n, beta);
      }
      return;
    }
    MatmulProvider kernel = MatmulTiers.chosen(m, n, k);
    if (!kernel.parallel() || (double) m * n * k < WORTH_THREADS) {
      kernel.sgemm(transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
      return;
    }
    // Nothing here may depend on the threads: a native kernel's bits may depend on the shape.
    int rows = Math.max(kernel.tileRows(n), roundUp(m / TILES, 32));
    int down = (int) ((m + (long) rows - 1) / rows);
    int columns = down >= TILES / 2 ? n : Math.max(TILE_COLUMNS, roundUp(n / (TILES / down), 64));
    int across = (int) ((n + (long) columns - 1) / columns);
    Parallel.BlockTask work =
        (from, to) -> {
          for (int tile = from; tile < to; tile++) {
            int i = tile / across * rows;
            int j = tile % across * columns;
            kernel.sgemm(
                transA,
                transB,
                Math.min(rows, m - i),
                Math.min(columns, n - j),
                k,
                alpha,
                a,
                transA ? aOff + i : aOff + i * lda,
                lda,
                b,
                transB ? bOff + j * ldb : bOff + j,
                ldb,
                beta,
                c,
                cOff + i * ldc + j,
                ldc);
          }
        };
    if (threads == 1) {
      work.run(0, down * across);
    } else {
      Parallel.forBlocks(down * across, 1, threads, work);
    }
  }

  private static int roundUp(int number, int multiple) {
    return (number + multiple - 1) / multiple * multiple;
  }

  /**
   * Multiplies a matrix by a vector, y ← alpha · op(A) · x + beta · y, on the calling thread. With
   * {@code trans} it is the tier's product of one row; without, A is read where it lies by every
   * tier alike: no copy of it could be made in the time that the product takes.
   *
   * @param trans whether op(A) is the transpose of A
   * @param m rows of A, at least 0
   * @param n columns of A, at least 0
   * @param alpha factor of the product
   * @param a holds A, m×n; not changed
   * @param aOff where A begins
   * @param lda from one row of A to the next, at least n
   * @param x holds x, of n elements, or m if trans; not changed
   * @param xOff where x begins
   * @param beta factor of what was in y
   * @param y holds y, of m elements, or n if trans, and receives the result
   * @param yOff where y begins
   * @throws IllegalArgumentException when a number is out of range, an array is too short, or y
   *     overlaps A or x
   */
  public static void sgemv(
      boolean trans,
      int m,
      int n,
      float alpha,
      float[] a,
      int aOff,
      int lda,
      float[] x,
      int xOff,
      float beta,
      float[] y,
      int yOff) {
    if (m < 0 || n < 0) {
      throw new IllegalArgumentException("m is " + m + ", n is " + n + "; none may be negative");
    }
    int in = trans ? m : n;
    int out = trans ? n : m;
    long aEnd = MatmulArguments.end("a", a, aOff, lda, m, n);
    long xEnd = MatmulArguments.end("x", x, xOff, in, 1, in);
    long yEnd = MatmulArguments.end("y", y, yOff, out, 1, out);
    MatmulArguments.apart("y", y, yOff, yEnd, "a", a, aOff, aEnd);
    MatmulArguments.apart("y", y, yOff, yEnd, "x", x, xOff, xEnd);
    if (trans || alpha == 0 || in == 0) {
      multiply(false, false, 1, out, in, alpha, x, xOff, in, a, aOff, lda, beta, y, yOff, out, 1);
      return;
    }
    for (int i = 0; i < m; i++) {
      float product = alpha * dot(a, aOff + i * lda, x, xOff, n);
      y[yOff + i] = beta == 0 ? product : product + beta * y[yOff + i];
    }
  }

  private static float dot(float[] a, int aAt, float[] x, int xAt, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int j = 0;
    for (; j <= n - CHAINS; j += CHAINS) {
      s0 += a[aAt + j] * x[xAt + j];
      s1 += a[aAt + j + 1] * x[xAt + j + 1];
      s2 += a[aAt + j + 2] * x[xAt + j + 2];
      s3 += a[aAt + j + 3] * x[xAt + j + 3];
      s4 += a[aAt + j + 4] * x[xAt + j + 4];
      s5 += a[aAt + j + 5] * x[xAt + j + 5];
      s6 += a[aAt + j + 6] * x[xAt + j + 6];
      s7 += a[aAt + j + 7] * x[xAt + j + 7];
    }
    for (; j < n; j++) {
      s0 += a[aAt + j] * x[xAt + j];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /**
   * Multiplies a matrix by its own transpose, C ← alpha · op(A) · op(A)ᵀ + beta · C: a symmetric
   * product of rank k, at half the cost of {@code sgemm}. Both triangles of C are written, alike to
   * the bit; the lower one is what beta is applied to.
   *
   * @param trans whether op(A) is the transpose of A
   * @param n rows of op(A), rows and columns of C, at least 0
   * @param k columns of op(A), at least 0
   * @param alpha factor of the product
   * @param a holds A, which is n×k, or k×n if trans; not changed
   * @param aOff where A begins
   * @param lda from one row of A to the next, at least its number of columns
   * @param beta factor of what was in C
   * @param c holds C and receives the result
   * @param cOff where C begins
   * @param ldc from one row of C to the next, at least n
   * @param threads how many threads at most, at least 1; products too small to gain take 1
   * @throws IllegalArgumentException when a number is out of range, an array is too short, or C
   *     overlaps A
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted and
   *     the product is one that threads are used for; part of C is written then
   */
  public static void ssyrk(
      boolean trans,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOff,
      int lda,
      float beta,
      float[] c,
      int cOff,
      int ldc,
      int threads) {
    MatmulArguments.sizes(n, n, k, threads);
    long aEnd = MatmulArguments.end("a", a, aOff, lda, trans ? k : n, trans ? n : k);
    long cEnd = MatmulArguments.end("c", c, cOff, ldc, n, n);
    MatmulArguments.apart("c", c, cOff, cEnd, "a", a, aOff, aEnd);
    Parallel.BlockTask rows =
        (from, to) -> {
          int at = trans ? aOff + from : aOff + from * lda;
          multiply(
              trans,
              !trans,
              to - from,
              to,
              k,
              alpha,
              a,
              at,
              lda,
              a,
              aOff,
              lda,
              beta,
              c,
              cOff + from * ldc,
              ldc,
              1);
        };
    int working = (double) n * n * k < 2 * WORTH_THREADS ? 1 : threads;
    Parallel.forBlocks(n, SYMMETRIC, working, rows);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        c[cOff + j * ldc + i] = c[cOff + i * ldc + j];
      }
    }
  }

  /**
   * Multiplies many pairs of matrices of one shape: the matrices of a batch begin a stride apart.
   * Results follow one another, or lie side by side within the same rows, as the heads of attention
   * do. Several threads each take whole products.
   *
   * @param count how many products, at least 0
   * @param transA whether op(A) is the transpose of A
   * @param transB whether op(B) is the transpose of B
   * @param m rows of op(A) and C, at least 0
   * @param n columns of op(B) and C, at least 0
   * @param k columns of op(A) and rows of op(B), at least 0
   * @param alpha factor of the products
   * @param a holds each A, which is m×k, or k×m if transA; not changed
   * @param aOff where the first A begins
   * @param lda from one row of A to the next, at least its number of columns
   * @param aStride from one A to the next, at least 0; 0 multiplies by the same A each time
   * @param b holds each B, which is k×n, or n×k if transB; not changed
   * @param bOff where the first B begins
   * @param ldb from one row of B to the next, at least its number of columns
   * @param bStride from one B to the next, at least 0; 0 multiplies by the same B each time
   * @param beta factor of what was in each C
   * @param c holds each C and receives the results
   * @param cOff where the first C begins
   * @param ldc from one row of C to the next, at least n
   * @param cStride from one C to the next
   * @param threads how many threads at most, at least 1; batches too small to gain take 1
   * @throws IllegalArgumentException when a number is out of range, an array is too short, two
   *     results overlap, or the span of the results overlaps that of an operand in the same array
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted; some
   *     results are written then
   */
  public static void sgemmBatched(
      int count,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float alpha,
      float[] a,
      int aOff,
      int lda,
      int aStride,
      float[] b,
      int bOff,
      int ldb,
      int bStride,
      float beta,
      float[] c,
      int cOff,
      int ldc,
      int cStride,
      int threads) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + "; it may not be negative");
    }
    MatmulArguments.sizes(m, n, k, threads);
    if (count == 0) {
      return;
    }
    long aEnd =
        MatmulArguments.end("a", a, aOff, lda, transA ? k : m, transA ? m : k, count, aStride);
    long bEnd =
        MatmulArguments.end("b", b, bOff, ldb, transB ? n : k, transB ? k : n, count, bStride);
    long cEnd = MatmulArguments.end("c", c, cOff, ldc, m, n, count, cStride);
    MatmulArguments.resultsApart(count, m, n, cStride, ldc);
    MatmulArguments.apart("c", c, cOff, cEnd, "a", a, aOff, aEnd);
    MatmulArguments.apart("c", c, cOff, cEnd, "b", b, bOff, bEnd);
    double size = (double) m * n * k;
    int together = (int) Math.max(1, Math.min(count, WORTH_THREADS / 4 / Math.max(1, size)));
    Parallel.forBlocks(
        count,
        together,
        size * count < WORTH_THREADS ? 1 : threads,
        (from, to) -> {
          for (int e = from; e < to; e++) {
            multiply(
                transA,
                transB,
                m,
                n,
                k,
                alpha,
                a,
                aOff + e * aStride,
                lda,
                b,
                bOff + e * bStride,
                ldb,
                beta,
                c,
                cOff + e * cStride,
                ldc,
                1);
          }
        });
  }

  private static void scale(float[] c, int from, int n, float beta) {
    for (int j = from; j < from + n; j++) {
      c[j] = beta == 0 ? 0 : beta * c[j];
    }
  }
}
