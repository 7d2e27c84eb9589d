// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tier {@code vector}, on {@code jdk.incubator.vector}, which is there only where the JVM was
 * started with {@code --add-modules jdk.incubator.vector}: this class is compiled apart from the
 * others and loaded by name.
 *
 * <p>The product is built, as in [1], of tiles that lie in registers: 6 rows by 4 vectors, or by 2
 * where vectors are of 256 bits and registers are 16. op(B) is copied into panels as wide as a
 * tile, {@value #DEPTH} rows at a time; A is read where it lies. Each element is one chain of fused
 * multiply-adds over at most {@value #DEPTH} terms, and those chains are added in turn: the order
 * depends on k alone, so that the bits are the same for any width of vectors, for a row by itself
 * and among others.
 *
 * <ol>
 *   <li>K. Goto, R. van de Geijn. Anatomy of high-performance matrix multiplication. ACM
 *       Transactions on Mathematical Software 34(3), 2008.
 * </ol>
 */
final class VectorKernel implements MatmulProvider {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  // Rows of a tile.
  private static final int ROWS = 6;

  // Vectors of a tile side by side: as many as 6 rows of sums leave registers for.
  private static final int WIDE = LANES == 8 ? 2 : 4;
  private static final int WIDTH = WIDE * LANES;

  // Terms of a chain: a panel of 64 columns takes 64 kB of the second cache.
  private static final int DEPTH = 256;

  // Columns whose panels are held at once, a multiple of any width.
  private static final int COLUMNS = 1024;

  // Rows below which copying B costs more than it saves.
  private static final int PACKED_FROM = 12;

  // While the JVM interprets calls of vectors, each makes an object, and they are slower by far
  // than scalars. Until they are compiled, scalar fused multiply-adds give the same bits.
  private static final long WARM_UP_NANOS = 20_000_000_000L;
  private static final long HOT_NANOS = 30_000;
  // The sum of the numbers of vectors, 1, 2 and 4, whose tiles are compiled.
  private static volatile int hot;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private static final class Scratch {
    float[] panels = {};
    final float[] tile = new float[ROWS * WIDTH];

    float[] panels(int size) {
      if (panels.length < size) {
        panels = new float[size];
      }
      return panels;
    }
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int rank() {
    return 400;
  }

  @Override
  public String start() {
    if (LANES < 4) {
      throw new IllegalStateException("vectors of " + LANES + " floats are too short to gain by");
    }
    Thread thread = new Thread(VectorKernel::warmUp, "pushwright-matmul-warm-up");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return SPECIES.vectorBitSize() + " bits";
  }

  /** Runs the tiles on numbers of its own, the most important first, until they are fast. */
  private static void warmUp() {
    int depth = 64;
    float[] numbers = new float[depth * WIDTH];
    float[] tile = new float[ROWS * WIDTH];
    float[] result = new float[ROWS * WIDTH];
    long began = System.nanoTime();
    for (int vectors = WIDE; vectors > 0; vectors /= 2) {
      int step = vectors * LANES;
      int fast = 0;
      while (fast < 5) {
        long start = System.nanoTime();
        if (start - began > WARM_UP_NANOS) {
          return;
        }
        rows(vectors, depth, numbers, 0, depth, 1, numbers, 0, step, tile);
        row(vectors, depth, numbers, 0, 1, numbers, 0, step, tile);
        for (int keep = 0; keep < 2; keep++) {
          store(tile, 0, ROWS, step, step, 1, keep, result, 0, step);
        }
        fast = System.nanoTime() - start < HOT_NANOS ? fast + 1 : 0;
      }
      hot += vectors;
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
    Scratch scratch = SCRATCH.get();
    float[] tile = scratch.tile;
    int compiled = hot;
    int rowStep = transA ? 1 : lda;
    int termStep = transA ? lda : 1;
    int padded = roundUp(Math.min(COLUMNS, n));
    for (int first = 0; first < k; first += DEPTH) {
      int depth = Math.min(DEPTH, k - first);
      float keep = first == 0 ? beta : 1;
      int aFrom = aOff + first * termStep;
      for (int column = 0; column < n; column += COLUMNS) {
        int columns = Math.min(COLUMNS, n - column);
        int bFrom = transB ? bOff + column * ldb + first : bOff + first * ldb + column;
        // Whole panels can be read where they lie; the last one, if it is not whole, never.
        int inPlace = !transB && m < PACKED_FROM ? columns / WIDTH * WIDTH : 0;
        float[] panels = scratch.panels(padded * depth);
        pack(transB, inPlace, columns, depth, b, bFrom, ldb, panels);
        for (int j = 0; j < columns; ) {
          int left = columns - j;
          int vectors = vectors(left);
          int width = Math.min(left, vectors * LANES);
          boolean there = j < inPlace;
          float[] from = there ? b : panels;
          int at = there ? bFrom + j : j * depth;
          int step = there ? ldb : vectors * LANES;
          int high = m < ROWS ? 1 : ROWS;
          for (int i = 0; i < m; i += high) {
            // The last tile begins early enough to be whole; what it has twice is stored once.
            int again = Math.max(0, i + high - m);
            int row = aFrom + (i - again) * rowStep;
            int to = cOff + i * ldc + column + j;
            if ((compiled & vectors) == 0) {
              scalar(high, vectors * LANES, depth, a, row, rowStep, termStep, from, at, step, tile);
              storeScalar(tile, again, high, vectors * LANES, 0, width, alpha, keep, c, to, ldc);
            } else {
              if (high == 1) {
                row(vectors, depth, a, row, termStep, from, at, step, tile);
              } else {
                rows(vectors, depth, a, row, rowStep, termStep, from, at, step, tile);
              }
              store(tile, again, high, vectors * LANES, width, alpha, keep, c, to, ldc);
            }
          }
          j += width;
        }
      }
    }
  }

  private static int roundUp(int n) {
    return (n + WIDTH - 1) / WIDTH * WIDTH;
  }

  /** Panels of op(B) from column first on, one after the other; what a panel lacks is 0. */
  private static void pack(
      boolean transB,
      int first,
      int columns,
      int depth,
      float[] b,
      int bFrom,
      int ldb,
      float[] panels) {
    for (int j = first; j < columns; j += WIDTH) {
      int width = Math.min(WIDTH, columns - j);
      int step = vectors(columns - j) * LANES;
      int to = j * depth;
      if (transB) {
        transpose(width, depth, b, bFrom + j * ldb, ldb, panels, to, step);
        if (width < step) {
          for (int l = 0; l < depth; l++) {
            Arrays.fill(panels, to + l * step + width, to + (l + 1) * step, 0);
          }
        }
      } else if (width == WIDTH) {
        for (int l = 0; l < depth; l++) {
          System.arraycopy(b, bFrom + l * ldb + j, panels, to + l * step, WIDTH);
        }
      } else {
        for (int l = 0; l < depth; l++) {
          int at = to + l * step;
          System.arraycopy(b, bFrom + l * ldb + j, panels, at, width);
          Arrays.fill(panels, at + width, at + step, 0);
        }
      }
    }
  }

  private static void transpose(
      int width, int depth, float[] b, int from, int ldb, float[] panels, int to, int step) {
    int j = 0;
    for (; j + 4 <= width; j += 4) {
      int at0 = from + j * ldb;
      int at1 = at0 + ldb;
      int at2 = at1 + ldb;
      int at3 = at2 + ldb;
      for (int l = 0; l < depth; l++) {
        int at = to + l * step + j;
        panels[at] = b[at0 + l];
        panels[at + 1] = b[at1 + l];
        panels[at + 2] = b[at2 + l];
        panels[at + 3] = b[at3 + l];
      }
    }
    for (; j < width; j++) {
      for (int l = 0; l < depth; l++) {
        panels[to + l * step + j] = b[from + j * ldb + l];
      }
    }
  }

  /** How many vectors the panel has that begins with so many columns left. */
  private static int vectors(int left) {
    return left > 2 * LANES ? WIDE : left > LANES ? 2 : 1;
  }

  private static void rows(
      int vectors,
      int depth,
      float[] a,
      int aAt,
      int rowStep,
      int termStep,
      float[] b,
      int bAt,
      int bStep,
      float[] tile) {
    switch (vectors) {
      case 4 -> tile6x4(depth, a, aAt, rowStep, termStep, b, bAt, bStep, tile);
      case 2 -> tile6x2(depth, a, aAt, rowStep, termStep, b, bAt, bStep, tile);
      default -> tile6x1(depth, a, aAt, rowStep, termStep, b, bAt, bStep, tile);
    }
  }

  private static void scalar(
      int high,
      int wide,
      int depth,
      float[] a,
      int aAt,
      int rowStep,
      int termStep,
      float[] b,
      int bAt,
      int bStep,
      float[] tile) {
    Arrays.fill(tile, 0, high * wide, 0);
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      for (int r = 0; r < high; r++) {
        float x = a[aAt + l * termStep + r * rowStep];
        int to = r * wide;
        for (int j = 0; j < wide; j++) {
          tile[to + j] = Math.fma(x, b[from + j], tile[to + j]);
        }
      }
    }
  }

  private static void row(
      int vectors,
      int depth,
      float[] a,
      int aAt,
      int termStep,
      float[] b,
      int bAt,
      int bStep,
      float[] tile) {
    switch (vectors) {
      case 4 -> tile1x4(depth, a, aAt, termStep, b, bAt, bStep, tile);
      case 2 -> tile1x2(depth, a, aAt, termStep, b, bAt, bStep, tile);
      default -> tile1x1(depth, a, aAt, termStep, b, bAt, bStep, tile);
    }
  }

  /** C ← alpha · tile + keep · C, for the rows of the tile from {@code first} on. */
  private static void store(
      float[] tile,
      int first,
      int high,
      int step,
      int width,
      float alpha,
      float keep,
      float[] c,
      int cAt,
      int ldc) {
    int whole = width / LANES * LANES;
    for (int r = first; r < high; r++) {
      int from = r * step;
      int to = cAt + (r - first) * ldc;
      if (keep == 0) {
        for (int j = 0; j < whole; j += LANES) {
          FloatVector.fromArray(SPECIES, tile, from + j).mul(alpha).intoArray(c, to + j);
        }
      } else {
        FloatVector factor = FloatVector.broadcast(SPECIES, alpha);
        for (int j = 0; j < whole; j += LANES) {
          FloatVector.fromArray(SPECIES, tile, from + j)
              .fma(factor, FloatVector.fromArray(SPECIES, c, to + j).mul(keep))
              .intoArray(c, to + j);
        }
      }
    }
    if (whole < width) {
      storeScalar(tile, first, high, step, whole, width, alpha, keep, c, cAt, ldc);
    }
  }

  private static void storeScalar(
      float[] tile,
      int first,
      int high,
      int step,
      int column,
      int width,
      float alpha,
      float keep,
      float[] c,
      int cAt,
      int ldc) {
    for (int r = first; r < high; r++) {
      int from = r * step;
      int to = cAt + (r - first) * ldc;
      for (int j = column; j < width; j++) {
        float product = tile[from + j];
        c[to + j] = keep == 0 ? alpha * product : Math.fma(product, alpha, keep * c[to + j]);
      }
    }
  }

  private static void tile6x4(
      int depth,
      float[] a,
      int aAt,
      int rowStep,
      int termStep,
      float[] b,
      int bAt,
      int bStep,
      float[] tile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s02 = zero;
    FloatVector s03 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s12 = zero;
    FloatVector s13 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s22 = zero;
    FloatVector s23 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    FloatVector s32 = zero;
    FloatVector s33 = zero;
    FloatVector s40 = zero;
    FloatVector s41 = zero;
    FloatVector s42 = zero;
    FloatVector s43 = zero;
    FloatVector s50 = zero;
    FloatVector s51 = zero;
    FloatVector s52 = zero;
    FloatVector s53 = zero;
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      int at = aAt + l * termStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, from + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, from + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      s02 = x.fma(b2, s02);
      s03 = x.fma(b3, s03);
      x = FloatVector.broadcast(SPECIES, a[at + rowStep]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      s12 = x.fma(b2, s12);
      s13 = x.fma(b3, s13);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * rowStep]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      s22 = x.fma(b2, s22);
      s23 = x.fma(b3, s23);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * rowStep]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      s32 = x.fma(b2, s32);
      s33 = x.fma(b3, s33);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * rowStep]);
      s40 = x.fma(b0, s40);
      s41 = x.fma(b1, s41);
      s42 = x.fma(b2, s42);
      s43 = x.fma(b3, s43);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * rowStep]);
      s50 = x.fma(b0, s50);
      s51 = x.fma(b1, s51);
      s52 = x.fma(b2, s52);
      s53 = x.fma(b3, s53);
    }
    s00.intoArray(tile, 0);
    s01.intoArray(tile, LANES);
    s02.intoArray(tile, 2 * LANES);
    s03.intoArray(tile, 3 * LANES);
    s10.intoArray(tile, 4 * LANES);
    s11.intoArray(tile, 5 * LANES);
    s12.intoArray(tile, 6 * LANES);
    s13.intoArray(tile, 7 * LANES);
    s20.intoArray(tile, 8 * LANES);
    s21.intoArray(tile, 9 * LANES);
    s22.intoArray(tile, 10 * LANES);
    s23.intoArray(tile, 11 * LANES);
    s30.intoArray(tile, 12 * LANES);
    s31.intoArray(tile, 13 * LANES);
    s32.intoArray(tile, 14 * LANES);
    s33.intoArray(tile, 15 * LANES);
    s40.intoArray(tile, 16 * LANES);
    s41.intoArray(tile, 17 * LANES);
    s42.intoArray(tile, 18 * LANES);
    s43.intoArray(tile, 19 * LANES);
    s50.intoArray(tile, 20 * LANES);
    s51.intoArray(tile, 21 * LANES);
    s52.intoArray(tile, 22 * LANES);
    s53.intoArray(tile, 23 * LANES);
  }

  private static void tile6x2(
      int depth,
      float[] a,
      int aAt,
      int rowStep,
      int termStep,
      float[] b,
      int bAt,
      int bStep,
      float[] tile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    FloatVector s40 = zero;
    FloatVector s41 = zero;
    FloatVector s50 = zero;
    FloatVector s51 = zero;
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      int at = aAt + l * termStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = FloatVector.broadcast(SPECIES, a[at + rowStep]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * rowStep]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * rowStep]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * rowStep]);
      s40 = x.fma(b0, s40);
      s41 = x.fma(b1, s41);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * rowStep]);
      s50 = x.fma(b0, s50);
      s51 = x.fma(b1, s51);
    }
    s00.intoArray(tile, 0);
    s01.intoArray(tile, LANES);
    s10.intoArray(tile, 2 * LANES);
    s11.intoArray(tile, 3 * LANES);
    s20.intoArray(tile, 4 * LANES);
    s21.intoArray(tile, 5 * LANES);
    s30.intoArray(tile, 6 * LANES);
    s31.intoArray(tile, 7 * LANES);
    s40.intoArray(tile, 8 * LANES);
    s41.intoArray(tile, 9 * LANES);
    s50.intoArray(tile, 10 * LANES);
    s51.intoArray(tile, 11 * LANES);
  }

  private static void tile6x1(
      int depth,
      float[] a,
      int aAt,
      int rowStep,
      int termStep,
      float[] b,
      int bAt,
      int bStep,
      float[] tile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s10 = zero;
    FloatVector s20 = zero;
    FloatVector s30 = zero;
    FloatVector s40 = zero;
    FloatVector s50 = zero;
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      int at = aAt + l * termStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      s00 = x.fma(b0, s00);
      x = FloatVector.broadcast(SPECIES, a[at + rowStep]);
      s10 = x.fma(b0, s10);
      x = FloatVector.broadcast(SPECIES, a[at + 2 * rowStep]);
      s20 = x.fma(b0, s20);
      x = FloatVector.broadcast(SPECIES, a[at + 3 * rowStep]);
      s30 = x.fma(b0, s30);
      x = FloatVector.broadcast(SPECIES, a[at + 4 * rowStep]);
      s40 = x.fma(b0, s40);
      x = FloatVector.broadcast(SPECIES, a[at + 5 * rowStep]);
      s50 = x.fma(b0, s50);
    }
    s00.intoArray(tile, 0);
    s10.intoArray(tile, LANES);
    s20.intoArray(tile, 2 * LANES);
    s30.intoArray(tile, 3 * LANES);
    s40.intoArray(tile, 4 * LANES);
    s50.intoArray(tile, 5 * LANES);
  }

  private static void tile1x4(
      int depth, float[] a, int aAt, int termStep, float[] b, int bAt, int bStep, float[] tile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s02 = zero;
    FloatVector s03 = zero;
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      int at = aAt + l * termStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, from + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, from + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      s02 = x.fma(b2, s02);
      s03 = x.fma(b3, s03);
    }
    s00.intoArray(tile, 0);
    s01.intoArray(tile, LANES);
    s02.intoArray(tile, 2 * LANES);
    s03.intoArray(tile, 3 * LANES);
  }

  private static void tile1x2(
      int depth, float[] a, int aAt, int termStep, float[] b, int bAt, int bStep, float[] tile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      int at = aAt + l * termStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, from + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
    }
    s00.intoArray(tile, 0);
    s01.intoArray(tile, LANES);
  }

  private static void tile1x1(
      int depth, float[] a, int aAt, int termStep, float[] b, int bAt, int bStep, float[] tile) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    for (int l = 0; l < depth; l++) {
      int from = bAt + l * bStep;
      int at = aAt + l * termStep;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, from);
      FloatVector x = FloatVector.broadcast(SPECIES, a[at]);
      s00 = x.fma(b0, s00);
    }
    s00.intoArray(tile, 0);
  }
}
