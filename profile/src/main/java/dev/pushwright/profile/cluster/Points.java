// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import java.util.Arrays;

/**
 * Points of a space, one a row. All coordinates are finite float32. Immutable.
 *
 * <p>A distance between points counts all columns alike: bring them to one scale first.
 */
public final class Points {

  private final float[] values;
  private final int size;
  private final int dimensions;

  private Points(float[] values, int dimensions) {
    this.values = values;
    this.size = values.length / dimensions;
    this.dimensions = dimensions;
  }

  /**
   * Points from an array.
   *
   * @param values n rows of {@code dimensions} numbers, row-major; copied; may be empty
   * @param dimensions how many numbers a point has, at least 1
   * @return the points
   * @throws IllegalArgumentException when the length is no multiple of the dimensions, or a number
   *     is NaN or infinite; the message names row and column
   */
  public static Points of(float[] values, int dimensions) {
    requireDimensions(dimensions);
    if (values.length % dimensions != 0) {
      throw new IllegalArgumentException(
          values.length + " numbers are no whole rows of " + dimensions);
    }
    return checked(values.clone(), dimensions);
  }

  /**
   * Points from rows.
   *
   * @param rows at least one, all of one length of at least 1; rounded to float32
   * @return the points
   * @throws IllegalArgumentException when there is no row, the lengths differ, or a number is NaN
   *     or beyond float32; the message names row and column
   */
  public static Points of(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "there are no rows to tell the dimensions by; give Points.of(new float[0], dimensions)");
    }
    int dimensions = rows[0].length;
    requireDimensions(dimensions);
    float[] values = new float[Math.multiplyExact(rows.length, dimensions)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != dimensions) {
        throw new IllegalArgumentException(
            "row " + i + " has " + rows[i].length + " numbers, row 0 has " + dimensions);
      }
      for (int j = 0; j < dimensions; j++) {
        values[i * dimensions + j] = (float) rows[i][j];
      }
    }
    return checked(values, dimensions);
  }

  private static void requireDimensions(int dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException(
          "dimensions is " + dimensions + "; a point has at least 1");
    }
  }

  private static Points checked(float[] values, int dimensions) {
    for (int p = 0; p < values.length; p++) {
      if (!Float.isFinite(values[p])) {
        throw new IllegalArgumentException(
            "row "
                + p / dimensions
                + ", column "
                + p % dimensions
                + " is "
                + values[p]
                + "; finite numbers of float32 are needed: leave the row out or fill it in");
      }
    }
    return new Points(values, dimensions);
  }

  /**
   * How many points there are.
   *
   * @return the number of rows
   */
  public int size() {
    return size;
  }

  /**
   * How many numbers a point has.
   *
   * @return the number of columns, at least 1
   */
  public int dimensions() {
    return dimensions;
  }

  /**
   * A coordinate.
   *
   * @param row the point, from 0 to size − 1
   * @param column from 0 to dimensions − 1
   * @return a finite number
   */
  public float value(int row, int column) {
    if (column < 0 || column >= dimensions) {
      throw new IndexOutOfBoundsException("column " + column + " of " + dimensions);
    }
    return values[row * dimensions + column];
  }

  /**
   * A point.
   *
   * @param row from 0 to size − 1
   * @return its coordinates; yours
   */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * dimensions, (row + 1) * dimensions);
  }

  /**
   * Some of the points.
   *
   * @param rows which, in the order wanted; each from 0 to size − 1
   * @return as many points
   */
  public Points rows(int... rows) {
    float[] chosen = new float[Math.multiplyExact(rows.length, dimensions)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * dimensions, chosen, i * dimensions, dimensions);
    }
    return new Points(chosen, dimensions);
  }

  /** The coordinates themselves, row-major; not to be changed. */
  float[] values() {
    return values;
  }

  /** The squared distance of a point from a centre. */
  double squaredDistance(int row, double[] centres, int centre) {
    return squaredDistance(values, row * dimensions, centres, centre * dimensions, dimensions);
  }

  /** The squared distance of two points. */
  double squaredDistance(int row, int other) {
    int a = row * dimensions;
    int b = other * dimensions;
    double sum = 0;
    for (int j = 0; j < dimensions; j++) {
      double difference = (double) values[a + j] - values[b + j];
      sum += difference * difference;
    }
    return sum;
  }

  /** The squared distance of {@code x[xOff …]} from {@code c[cOff …]}. */
  static double squaredDistance(float[] x, int xOff, double[] c, int cOff, int dimensions) {
    double even = 0;
    double odd = 0;
    int j = 0;
    // Two sums, so that an addition need not wait for the one before.
    for (; j + 1 < dimensions; j += 2) {
      double first = x[xOff + j] - c[cOff + j];
      double second = x[xOff + j + 1] - c[cOff + j + 1];
      even += first * first;
      odd += second * second;
    }
    if (j < dimensions) {
      double last = x[xOff + j] - c[cOff + j];
      even += last * last;
    }
    return even + odd;
  }

  /** Refuses what is no point of a space. */
  static void requirePoint(float[] point, int dimensions) {
    if (point.length != dimensions) {
      throw new IllegalArgumentException(
          "the point has " + point.length + " numbers; the model's have " + dimensions);
    }
    for (int j = 0; j < dimensions; j++) {
      if (!Float.isFinite(point[j])) {
        throw new IllegalArgumentException(
            "column " + j + " of the point is " + point[j] + "; finite numbers are needed");
      }
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Points other
        && dimensions == other.dimensions
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + dimensions;
  }

  @Override
  public String toString() {
    return size + " points of " + dimensions + " dimensions";
  }
}
