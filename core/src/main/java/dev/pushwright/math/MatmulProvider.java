// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

/**
 * A tier of {@link Matmul}: one way to multiply matrices. Found by {@link java.util.ServiceLoader}
 * in {@code META-INF/services/dev.pushwright.math.MatmulProvider}; an implementation is public,
 * with a public constructor without arguments that does nothing.
 *
 * <p>{@link Matmul} takes the tier of the highest {@link #rank} that {@linkplain #start starts} and
 * gives the right numbers for a few products; a tier that fails is skipped, with the message of
 * what it threw as the reason. It stands in this package, and not beside the other providers,
 * because what is there builds on this.
 */
public interface MatmulProvider {

  /**
   * The name it is forced by, unique.
   *
   * @return lower-case letters and digits, a letter first; {@code java} and {@code vector} are
   *     taken
   */
  String name();

  /**
   * How fast it is beside the others.
   *
   * @return the higher, the earlier it is tried; {@code vector} has 400, {@code openblas} 300,
   *     {@code java} 200, {@code jblas} 250 on one processor and 100 on several
   */
  int rank();

  /**
   * Loads what it needs. Called once, before the first product, by one thread; prints nothing.
   *
   * @return what is worth knowing about it, such as a version, in a few words; may be empty
   * @throws RuntimeException when it cannot work here; the message says why, in a few words. A
   *     {@link LinkageError} is taken as the same
   */
  String start();

  /**
   * Whether several threads may be in {@link #sgemm} at once and gain by it. Otherwise {@link
   * Matmul} hands over whole products, and the tier itself sees to it that concurrent calls are
   * safe.
   *
   * @return whether it is so
   */
  default boolean parallel() {
    return true;
  }

  /**
   * Whether a product is large enough for this tier. The others are worked by the {@code java}
   * tier. May depend on nothing but the arguments.
   *
   * @param m rows of the result
   * @param n columns of the result
   * @param k length of the sums
   * @return whether this tier is the faster one
   */
  default boolean takes(int m, int n, int k) {
    return true;
  }

  /**
   * How many rows a product has at least where {@link Matmul} cuts one into tiles: with fewer, the
   * time goes into copying B again for each tile. May depend on nothing but the argument.
   *
   * @param n columns of the product that is cut
   * @return at least 1
   */
  default int tileRows(int n) {
    return 128;
  }

  /**
   * C ← alpha · op(A) · op(B) + beta · C, as {@link Matmul#sgemm(boolean, boolean, int, int, int,
   * float, float[], int, int, float[], int, int, float, float[], int, int)} tells. The arguments
   * are checked: m, n, k are at least 1, alpha is not 0, what is named lies within the arrays, and
   * C overlaps neither A nor B, though all may lie in one array. Nothing outside of the m×n
   * elements of C is written. With beta 0 C is not read.
   *
   * @param transA whether op(A) is the transpose of A
   * @param transB whether op(B) is the transpose of B
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A) and rows of op(B)
   * @param alpha factor of the product
   * @param a holds A; not changed
   * @param aOff where A begins
   * @param lda from one row of A to the next
   * @param b holds B; not changed
   * @param bOff where B begins
   * @param ldb from one row of B to the next
   * @param beta factor of what was in C
   * @param c holds C and receives the result
   * @param cOff where C begins
   * @param ldc from one row of C to the next
   */
  void sgemm(
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
      int ldc);
}
