// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** Buffers that grow to the largest batch and stay. */
final class Buffers {

  private Buffers() {}

  /** The buffer, or a larger one when it has less than rows × columns; what was in it is lost. */
  static float[] atLeast(float[] buffer, int rows, int columns) {
    int needed = Math.multiplyExact(rows, columns);
    return buffer.length >= needed ? buffer : new float[needed];
  }

  /** Throws when an array is too short for what is said to be in it. */
  static void check(String name, int length, int rows, int columns) {
    if (rows < 0 || (long) rows * columns > length) {
      throw new IllegalArgumentException(
          name + " has " + length + " elements; " + rows + " rows of " + columns + " are due");
    }
  }
}
