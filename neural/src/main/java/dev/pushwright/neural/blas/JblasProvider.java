// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import dev.pushwright.math.MatmulProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jblas.NativeBlas;
import org.jblas.util.Logger;

/**
 * The tier {@code jblas}: <a href="https://jblas.org">jblas</a> 1.2.5 and the ATLAS or OpenBLAS in
 * it. What has to be known of it:
 *
 * <ul>
 *   <li>It is not thread-safe, not even on separate arrays: now and then a product is wrong. All
 *       products of the process take turns here; calls of jblas by others are not guarded.
 *   <li>Each call copies the arrays it is given as a whole. A matrix that is a small part of a
 *       large array is copied to an array of its own first.
 *   <li>On Linux its library needs {@code libgfortran.so.5}, package {@code libgfortran5} of
 *       Debian. Without it, or without a temporary folder to unpack to, the first call fails.
 *   <li>It writes to standard error what goes wrong while it loads; it is kept from that.
 * </ul>
 */
public final class JblasProvider implements MatmulProvider {

  // The smallest size from which it is faster than Java, its copying included: see MatmulBenchmark.
  private static final int CUT_OVER = 32;

  // How much longer than its matrix an array may be, to be handed over as it is.
  private static final double MAX_WASTE = 1.25;

  private static final Object LOCK = new Object();

  private static final int SILENT = Logger.ERROR + 1;

  // Arrays of exact sizes, guarded by the lock.
  private static float[] ownA = {};
  private static float[] ownB = {};
  private static float[] ownC = {};

  /** Does nothing yet. */
  public JblasProvider() {}

  @Override
  public String name() {
    return "jblas";
  }

  @Override
  public int rank() {
    // One product at a time: on two processors Java gets more done.
    return Runtime.getRuntime().availableProcessors() == 1 ? 250 : 100;
  }

  @Override
  public boolean parallel() {
    return false;
  }

  @Override
  public boolean takes(int m, int n, int k) {
    return Math.min(m, Math.min(n, k)) >= CUT_OVER;
  }

  @Override
  public String start() {
    synchronized (LOCK) {
      try {
        Logger.getLogger().setLevel(SILENT);
        float[] product = {0};
        NativeBlas.sgemm(
            'N', 'N', 1, 1, 1, 1, new float[] {2}, 0, 1, new float[] {3}, 0, 1, 0, product, 0, 1);
        Logger.getLogger().setLevel(Logger.ERROR);
        return "one product at a time";
      } catch (LinkageError e) {
        throw new IllegalStateException(reason(), e);
      }
    }
  }

  // What it says itself is that a method is missing.
  private static String reason() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", ""));
    try {
      Files.delete(Files.createTempFile(folder, "pushwright", ".tmp"));
    } catch (IOException e) {
      return "its native library cannot be unpacked to the temporary folder " + folder;
    }
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return "its native library does not load"
        + (linux ? "; it needs libgfortran.so.5, package libgfortran5 of Debian" : " here");
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
    int rowsOfA = transA ? k : m;
    int columnsOfA = transA ? m : k;
    int rowsOfB = transB ? n : k;
    int columnsOfB = transB ? k : n;
    synchronized (LOCK) {
      boolean copyA = a == c || wasteful(a, rowsOfA, columnsOfA);
      boolean copyB = b == c || wasteful(b, rowsOfB, columnsOfB);
      boolean copyC = wasteful(c, m, n);
      if (copyA) {
        ownA = sized(ownA, rowsOfA * columnsOfA);
        copy(rowsOfA, columnsOfA, a, aOff, lda, ownA, 0, columnsOfA);
      }
      if (copyB) {
        ownB = sized(ownB, rowsOfB * columnsOfB);
        copy(rowsOfB, columnsOfB, b, bOff, ldb, ownB, 0, columnsOfB);
      }
      if (copyC) {
        ownC = sized(ownC, m * n);
        if (beta != 0) {
          copy(m, n, c, cOff, ldc, ownC, 0, n);
        }
      }
      // It goes by columns: what it takes for Aᵀ and Bᵀ is our A and B, and Cᵀ = op(B)ᵀ · op(A)ᵀ.
      NativeBlas.sgemm(
          transB ? 'T' : 'N',
          transA ? 'T' : 'N',
          n,
          m,
          k,
          alpha,
          copyB ? ownB : b,
          copyB ? 0 : bOff,
          copyB ? columnsOfB : ldb,
          copyA ? ownA : a,
          copyA ? 0 : aOff,
          copyA ? columnsOfA : lda,
          beta,
          copyC ? ownC : c,
          copyC ? 0 : cOff,
          copyC ? n : ldc);
      if (copyC) {
        copy(m, n, ownC, 0, n, c, cOff, ldc);
      }
    }
  }

  private static boolean wasteful(float[] array, int rows, int columns) {
    return array.length > MAX_WASTE * rows * columns;
  }

  // An array that is too long would be copied as a whole too.
  private static float[] sized(float[] own, int size) {
    return own.length < size || own.length > MAX_WASTE * size ? new float[size] : own;
  }

  private static void copy(
      int rows, int columns, float[] from, int fromAt, int fromLd, float[] to, int toAt, int toLd) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fromAt + r * fromLd, to, toAt + r * toLd, columns);
    }
  }
}
