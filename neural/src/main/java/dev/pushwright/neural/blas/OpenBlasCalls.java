// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * All that needs the classes of Bytedeco, which may be missing. Its calls with arrays copy them as
 * a whole, there and back; here the matrices alone are copied, to native memory that is kept.
 */
final class OpenBlasCalls {

  // What is copied at once at most. The bits depend on the depth: it never changes with the
  // threads.
  private static final int ROWS = 1024;
  private static final int COLUMNS = 1024;
  private static final int DEPTH = 2048;

  private static final int ALIGNMENT = 64;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private OpenBlasCalls() {}

  /** Native memory of one thread. */
  private static final class Scratch {
    final Block a = new Block();
    final Block b = new Block();
    final Block c = new Block();
  }

  private static final class Block {
    private FloatBuffer memory = FloatBuffer.allocate(0);
    private FloatPointer pointer = new FloatPointer();

    FloatPointer reserve(int size) {
      if (memory.capacity() < size) {
        memory =
            // A slice loses something at both ends.
            ByteBuffer.allocateDirect(Float.BYTES * size + 2 * ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        pointer = new FloatPointer(memory);
      }
      return pointer;
    }

    FloatPointer load(int rows, int columns, float[] from, int at, int ld) {
      reserve(rows * columns);
      if (ld == columns || rows == 1) {
        memory.put(0, from, at, rows * columns);
      } else {
        for (int r = 0; r < rows; r++) {
          memory.put(r * columns, from, at + r * ld, columns);
        }
      }
      return pointer;
    }

    void store(int rows, int columns, float[] to, int at, int ld) {
      if (ld == columns || rows == 1) {
        memory.get(0, to, at, rows * columns);
      } else {
        for (int r = 0; r < rows; r++) {
          memory.get(r * columns, to, at + r * ld, columns);
        }
      }
    }
  }

  static String start() {
    openblas_nolapack.blas_set_num_threads(1);
    return "0.3, its own threads off";
  }

  static void sgemm(
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
    Scratch scratch = SCRATCH.get();
    for (int l = 0; l < k; l += DEPTH) {
      int depth = Math.min(DEPTH, k - l);
      float keep = l == 0 ? beta : 1;
      for (int j = 0; j < n; j += COLUMNS) {
        int columns = Math.min(COLUMNS, n - j);
        FloatPointer partOfB =
            transB
                ? scratch.b.load(columns, depth, b, bOff + j * ldb + l, ldb)
                : scratch.b.load(depth, columns, b, bOff + l * ldb + j, ldb);
        for (int i = 0; i < m; i += ROWS) {
          int rows = Math.min(ROWS, m - i);
          FloatPointer partOfA =
              transA
                  ? scratch.a.load(depth, rows, a, aOff + l * lda + i, lda)
                  : scratch.a.load(rows, depth, a, aOff + i * lda + l, lda);
          int at = cOff + i * ldc + j;
          FloatPointer partOfC =
              keep == 0
                  ? scratch.c.reserve(rows * columns)
                  : scratch.c.load(rows, columns, c, at, ldc);
          openblas_nolapack.cblas_sgemm(
              openblas_nolapack.CblasRowMajor,
              transA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
              transB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
              rows,
              columns,
              depth,
              alpha,
              partOfA,
              transA ? rows : depth,
              partOfB,
              transB ? depth : columns,
              keep,
              partOfC,
              columns);
          scratch.c.store(rows, columns, c, at, ldc);
        }
      }
    }
  }
}
