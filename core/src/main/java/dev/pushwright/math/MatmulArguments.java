// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

/** Checks what is given to {@link Matmul}. */
final class MatmulArguments {

  private MatmulArguments() {}

  static void sizes(int m, int n, int k, int threads) {
    if (m < 0 || n < 0 || k < 0) {
      throw new IllegalArgumentException(
          "m is " + m + ", n is " + n + ", k is " + k + "; none may be negative");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
    }
  }

  /** The index after the matrix's last element; {@code off} when it has none. */
  static long end(String name, float[] array, int off, int ld, int rows, int columns) {
    if (off < 0 || off > array.length) {
      throw new IllegalArgumentException(
          name
              + "Off is "
              + off
              + "; a number from 0 to the length of "
              + name
              + ", "
              + array.length
              + ", is needed");
    }
    if (ld < columns) {
      throw new IllegalArgumentException(
          "ld"
              + name
              + " is "
              + ld
              + "; at least the number of columns, "
              + columns
              + ", is needed");
    }
    if (rows == 0 || columns == 0) {
      return off;
    }
    long end = off + (rows - 1L) * ld + columns;
    if (end > array.length) {
      throw new IllegalArgumentException(
          name
              + " has "
              + array.length
              + " elements; "
              + rows
              + " rows of "
              + columns
              + ", "
              + ld
              + " apart, from "
              + off
              + " on need "
              + end);
    }
    return end;
  }

  /** The result may lie in one array with an operand, but may not overlap it. */
  static void apart(
      String result,
      float[] c,
      int cOff,
      long cEnd,
      String operand,
      float[] array,
      int off,
      long end) {
    if (array == c && off < cEnd && cOff < end) {
      throw new IllegalArgumentException(
          result
              + " overlaps "
              + operand
              + ": they are one array, in which "
              + result
              + " takes "
              + cOff
              + " to "
              + (cEnd - 1)
              + " and "
              + operand
              + " takes "
              + off
              + " to "
              + (end - 1)
              + "; give the result an array of its own");
    }
  }

  /** As {@link #end}, for the last of a batch. */
  static long end(
      String name, float[] array, int off, int ld, int rows, int columns, int count, int stride) {
    if (stride < 0) {
      throw new IllegalArgumentException(name + "Stride is " + stride + "; at least 0 is needed");
    }
    long one = end(name, array, off, ld, rows, columns);
    long all = one == off ? off : one + (count - 1L) * stride;
    if (all > array.length) {
      throw new IllegalArgumentException(
          name
              + " has "
              + array.length
              + " elements; "
              + count
              + " matrices of "
              + rows
              + " rows of "
              + columns
              + ", "
              + stride
              + " apart, from "
              + off
              + " on need "
              + all);
    }
    return all;
  }

  /** Results of a batch follow one another, or lie side by side within the same rows. */
  static void resultsApart(int count, int m, int n, int stride, int ldc) {
    boolean oneByOne = stride >= (m - 1L) * ldc + n;
    boolean sideBySide = stride >= n && (count - 1L) * stride + n <= ldc;
    if (count > 1 && m > 0 && n > 0 && !oneByOne && !sideBySide) {
      throw new IllegalArgumentException(
          "cStride is "
              + stride
              + ", ldc is "
              + ldc
              + ": "
              + count
              + " results of "
              + m
              + " rows of "
              + n
              + " would overlap; at least "
              + ((m - 1L) * ldc + n)
              + " is needed, or rows that take them side by side");
    }
  }
}
