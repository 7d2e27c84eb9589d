// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import dev.pushwright.math.MatmulProvider;

/**
 * The tier {@code openblas}: <a href="https://www.openblas.net">OpenBLAS</a> through the bindings
 * of <a href="https://bytedeco.org">Bytedeco</a>. Taken where {@code org.bytedeco:openblas} and the
 * natives of the platform, {@code openblas} and {@code javacpp} with a classifier such as {@code
 * linux-x86_64}, are on the class path.
 *
 * <p>OpenBLAS is set to one thread, for the whole process: {@link dev.pushwright.math.Matmul} cuts
 * large products into parts and has threads of its own. Each of them keeps native memory for copies
 * of the parts, 20 MB at most.
 */
public final class OpenBlasProvider implements MatmulProvider {

  private static final String LOGGER = "org.bytedeco.javacpp.logger";

  // Multiplications from which it is faster than Java, copying included; MatmulBenchmark.
  private static final double CUT_OVER = 1 << 10;

  /** Does nothing yet. */
  public OpenBlasProvider() {}

  @Override
  public String name() {
    return "openblas";
  }

  @Override
  public int rank() {
    return 300;
  }

  @Override
  public boolean takes(int m, int n, int k) {
    return (double) m * n * k >= CUT_OVER;
  }

  @Override
  public String start() {
    // Its own logger writes to standard error.
    if (System.getProperty(LOGGER) == null) {
      System.setProperty(LOGGER, "slf4j");
    }
    try {
      return OpenBlasCalls.start();
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException("org.bytedeco:openblas is not on the class path", e);
    } catch (LinkageError e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalStateException(
          message.startsWith("no jni")
              ? "org.bytedeco:openblas has no natives of this platform on the class path"
              : "its native library does not load, " + message,
          e);
    }
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
    OpenBlasCalls.sgemm(
        transA, transB, m, n, k, alpha, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
  }
}
