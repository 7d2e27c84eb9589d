// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.Matmul;
import dev.pushwright.math.Parallel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Dense rows of factors, one for each user or item: rows × width. */
final class Factors {

  private static final int CHUNKS = 16;
  private static final int MIN_CHUNK = 512;
  private static final double ROUNDING = 1e-14;

  private static final int BLOCK = 256;

  private Factors() {}

  /** Rows of normal numbers, each row drawn by itself. */
  static float[][] random(int rows, int width, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] factors = new float[rows][width];
    for (float[] row : factors) {
      SplittableRandom own = random.split();
      for (int k = 0; k < width; k++) {
        row[k] = (float) (deviation * own.nextGaussian());
      }
    }
    return factors;
  }

  /** The rows of a matrix, at new positions; where nothing comes from before, zeros. */
  static float[][] moved(float[][] factors, int[] newPositions, int newRows, int width) {
    float[][] moved = new float[newRows][];
    for (int row = 0; row < newPositions.length; row++) {
      moved[newPositions[row]] = factors[row].clone();
    }
    for (int row = 0; row < newRows; row++) {
      if (moved[row] == null) {
        moved[row] = new float[width];
      }
    }
    return moved;
  }

  /**
   * FᵀF, width × width. Sums of float32 within chunks that do not depend on the threads, of float64
   * over them.
   */
  static double[] gram(float[][] factors, int width, FitContext context) {
    int size = Math.max(MIN_CHUNK, (factors.length + CHUNKS - 1) / CHUNKS);
    int chunks = (factors.length + size - 1) / size;
    float[][] parts = new float[chunks][width * width];
    Parallel.forBlocks(
        factors.length,
        size,
        context.threads(),
        (from, to) -> {
          float[] flat = new float[(to - from) * width];
          for (int row = from; row < to; row++) {
            System.arraycopy(factors[row], 0, flat, (row - from) * width, width);
          }
          Matmul.sgemm(
              true,
              false,
              width,
              width,
              to - from,
              1,
              flat,
              0,
              width,
              flat,
              0,
              width,
              0,
              parts[from / size],
              0,
              width);
        });
    double[] gram = new double[width * width];
    for (float[] part : parts) {
      for (int i = 0; i < gram.length; i++) {
        gram[i] += part[i];
      }
    }
    return gram;
  }

  /** The diagonal of FᵀF, summed in float64 from the first row to the last. */
  static double[] squares(float[][] factors, int width) {
    double[] squares = new double[width];
    for (float[] row : factors) {
      for (int k = 0; k < width; k++) {
        squares[k] += (double) row[k] * row[k];
      }
    }
    return squares;
  }

  /**
   * The rotation Q after which FQ has a diagonal Gram matrix. Scores do not change when the factors
   * of both sides are rotated alike.
   *
   * @param gram FᵀF, symmetric
   * @return Q, row by row
   * @throws ArithmeticException when the matrix is not finite
   */
  static float[][] rotation(double[] gram, int width) {
    double largest = 0;
    for (double element : gram) {
      if (!Double.isFinite(element)) {
        throw new ArithmeticException("a Gram matrix holds " + element);
      }
      largest = Math.max(largest, Math.abs(element));
    }
    // Brought to one scale and without what is rounding beside the largest: elements near the
    // smallest double keep the iteration from coming to an end.
    double[] scaled = new double[gram.length];
    for (int e = 0; e < gram.length; e++) {
      double element = largest == 0 ? 0 : gram[e] / largest;
      scaled[e] = Math.abs(element) < ROUNDING ? 0 : element;
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
    if (!eigen.decompose(DMatrixRMaj.wrap(width, width, scaled))) {
      throw new ArithmeticException("the eigenvalues of a Gram matrix were not found");
    }
    float[][] rotation = new float[width][width];
    for (int k = 0; k < width; k++) {
      DMatrixRMaj vector = eigen.getEigenVector(k);
      for (int j = 0; j < width; j++) {
        rotation[j][k] = (float) vector.get(j);
      }
    }
    return rotation;
  }

  /** Puts FQ in the place of F. */
  static void rotate(float[][] factors, float[][] rotation, FitContext context) {
    int width = rotation.length;
    Parallel.forBlocks(
        factors.length,
        BLOCK,
        context.threads(),
        (from, to) -> {
          float[] sums = new float[width];
          for (int row = from; row < to; row++) {
            Arrays.fill(sums, 0);
            DenseRows.add(factors[row], rotation, width, sums);
            System.arraycopy(sums, 0, factors[row], 0, width);
          }
        });
  }

  static void save(ModelWriter out, String name, float[][] factors, int width) {
    float[] flat = new float[factors.length * width];
    for (int row = 0; row < factors.length; row++) {
      System.arraycopy(factors[row], 0, flat, row * width, width);
    }
    out.floats(name, flat, factors.length, width);
  }

  /** Reads what {@link #save} wrote; a factor beyond max is damage. */
  static float[][] read(ModelReader in, String name, int rows, int width, float max) {
    float[] flat = in.floats(name, rows, width);
    float[][] factors = new float[rows][width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(flat, row * width, factors[row], 0, width);
      for (float factor : factors[row]) {
        if (!(Math.abs(factor) <= max)) {
          throw in.damaged(name + " of row " + row + " hold " + factor);
        }
      }
    }
    return factors;
  }
}
