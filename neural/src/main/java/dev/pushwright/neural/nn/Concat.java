// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/** Puts the columns of several inputs side by side, for B rows: I₁ + I₂ + … columns. */
public final class Concat {

  private final int[] widths;
  private final int width;
  private final float[][] parts;
  private int rows;
  private float[] y = {};

  /**
   * A layer.
   *
   * @param widths I₁, I₂, …: how many columns each input has, at least 1
   */
  public Concat(int... widths) {
    this.widths = widths.clone();
    this.width = Arrays.stream(widths).sum();
    this.parts = new float[widths.length][0];
  }

  /**
   * Joins.
   *
   * @param rows B, at least 0
   * @param inputs as many as there are widths, B×I₁, B×I₂, …
   * @return B×(I₁ + I₂ + …)
   */
  public float[] forward(int rows, float[]... inputs) {
    if (inputs.length != widths.length) {
      throw new IllegalArgumentException(
          inputs.length + " inputs were given, " + widths.length + " are due");
    }
    this.rows = rows;
    y = Buffers.atLeast(y, rows, width);
    int at = 0;
    for (int p = 0; p < widths.length; p++) {
      copy(inputs[p], 0, widths[p], y, at, width, widths[p]);
      at += widths[p];
    }
    return y;
  }

  /**
   * Takes the gradient apart.
   *
   * @param dy gradient of the output, B×(I₁ + I₂ + …)
   * @return the gradients of the inputs, B×I₁, B×I₂, …
   */
  public float[][] backward(float[] dy) {
    int at = 0;
    for (int p = 0; p < widths.length; p++) {
      parts[p] = Buffers.atLeast(parts[p], rows, widths[p]);
      copy(dy, at, width, parts[p], 0, widths[p], widths[p]);
      at += widths[p];
    }
    return parts;
  }

  private void copy(float[] from, int off, int ld, float[] to, int toOff, int toLd, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, off + r * ld, to, toOff + r * toLd, columns);
    }
  }
}
