// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

/**
 * Matrices of learned numbers in a quarter of their size. Each row is cut into blocks of {@value
 * #BLOCK} numbers; a block keeps a scale s and, for each number w, the integer q = round(w / s)
 * from −127 to 127, which stands for q·s. With s the largest |w| of the block over 127, a number is
 * off by no more than 0.4 % of the largest in its block.
 *
 * <p>Scales are rounded up to 16 binary digits, so that q·s has no rounding error: what was rounded
 * once stays as it is when it is rounded again.
 */
public final class Int8Rows {

  /** How many numbers of a row share a scale. */
  public static final int BLOCK = 64;

  private static final int MOST = 127;

  private Int8Rows() {}

  /**
   * What is left of a matrix when it is kept in this form.
   *
   * @param values rows of {@code columns} numbers, all finite; not modified
   * @param columns the width of a row, at least 1
   * @return the numbers that will be read back
   */
  public static float[] rounded(float[] values, int columns) {
    float[] scales = scales(values, columns);
    return values(integers(values, columns, scales), columns, scales);
  }

  /** How many blocks a row has. */
  static int blocks(int columns) {
    return (columns + BLOCK - 1) / BLOCK;
  }

  /** A scale for each block of each row. */
  static float[] scales(float[] values, int columns) {
    int rows = values.length / columns;
    float[] scales = new float[rows * blocks(columns)];
    int at = 0;
    for (int r = 0; r < rows; r++) {
      for (int from = 0; from < columns; from += BLOCK) {
        float largest = 0;
        for (int c = from; c < Math.min(columns, from + BLOCK); c++) {
          largest = Math.max(largest, Math.abs(values[r * columns + c]));
        }
        scales[at++] = shortened(largest / MOST);
      }
    }
    return scales;
  }

  // The lower 8 of the 24 binary digits become 0, upwards. A float this small is none of use.
  private static float shortened(float scale) {
    if (scale < Float.MIN_NORMAL * 256) {
      return 0;
    }
    return Float.intBitsToFloat((Float.floatToRawIntBits(scale) + 0xff) & ~0xff);
  }

  static byte[] integers(float[] values, int columns, float[] scales) {
    byte[] integers = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      float scale = scales[block(i, columns)];
      integers[i] = (byte) (scale == 0 ? 0 : Math.round(values[i] / scale));
    }
    return integers;
  }

  static float[] values(byte[] integers, int columns, float[] scales) {
    float[] values = new float[integers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = integers[i] * scales[block(i, columns)];
    }
    return values;
  }

  private static int block(int i, int columns) {
    return i / columns * blocks(columns) + i % columns / BLOCK;
  }
}
