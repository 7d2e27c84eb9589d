// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/**
 * The loss of choosing one of V classes, for B rows of logits x and a label l each:
 *
 * <pre>
 * L = Σ_rows ln(Σ_v e^x_v) − x_l      dL/dx_v = softmax(x)_v − [v = l]
 * </pre>
 *
 * <p>Rows with the label {@link #IGNORED}, such as the padding of short sequences, count nothing.
 */
public final class SoftmaxCrossEntropy {

  /** The label of a row that counts nothing. */
  public static final int IGNORED = -1;

  private final int classes;
  private float[] d = {};
  private int rows;

  /**
   * A loss.
   *
   * @param classes V, at least 1
   */
  public SoftmaxCrossEntropy(int classes) {
    this.classes = classes;
  }

  /**
   * The loss.
   *
   * @param x logits, B×V
   * @param labels from 0 to V − 1, or {@link #IGNORED}; B
   * @param rows B, at least 0
   * @return L, the sum over the rows
   */
  public double forward(float[] x, int[] labels, int rows) {
    Buffers.check("x", x.length, rows, classes);
    Buffers.check("labels", labels.length, rows, 1);
    this.rows = rows;
    d = Buffers.atLeast(d, rows, classes);
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      int from = r * classes;
      if (labels[r] == IGNORED) {
        Arrays.fill(d, from, from + classes, 0);
        continue;
      }
      if (labels[r] < 0 || labels[r] >= classes) {
        throw new IllegalArgumentException(
            "label " + labels[r] + " of row " + r + "; 0 to " + (classes - 1) + " are possible");
      }
      float largest = x[from];
      for (int v = from + 1; v < from + classes; v++) {
        largest = Math.max(largest, x[v]);
      }
      for (int v = from; v < from + classes; v++) {
        d[v] = FloatMath.exp(x[v] - largest);
      }
      double sum = 0;
      for (int v = from; v < from + classes; v++) {
        sum += d[v];
      }
      float inverse = (float) (1 / sum);
      for (int v = from; v < from + classes; v++) {
        d[v] *= inverse;
      }
      d[from + labels[r]] -= 1;
      loss += StrictMath.log(sum) + largest - x[from + labels[r]];
    }
    return loss;
  }

  /**
   * The gradient of the last {@code forward}; to be called once.
   *
   * @param scale what it is multiplied by, such as 1 / batch
   * @return gradient of the logits, B×V
   */
  public float[] backward(float scale) {
    for (int i = 0; i < rows * classes; i++) {
      d[i] *= scale;
    }
    return d;
  }
}
