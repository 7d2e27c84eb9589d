// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * How unlikely counts are, for B rows of logits x over V classes: the negative logarithm of the
 * multinomial likelihood, without the part that does not depend on x. Row r has the counts (or
 * weights) c at the classes v:
 *
 * <pre>
 * L = Σ_rows Σ_k c_rk · (ln(Σ_v e^x_rv) − x_rv_k)      dL/dx_rv = (Σ_k c_rk)·softmax(x_r)_v − c_rv
 * </pre>
 *
 * <p>With a single count of 1 a row that is {@link SoftmaxCrossEntropy}.
 */
public final class MultinomialCrossEntropy {

  private final int classes;
  private float[] d = {};
  private int rows;

  /**
   * A loss.
   *
   * @param classes V, at least 1
   */
  public MultinomialCrossEntropy(int classes) {
    this.classes = classes;
  }

  /**
   * The loss.
   *
   * @param x logits, B×V
   * @param starts where the counts of each row begin, and where those of the last end: B + 1
   *     numbers, ascending
   * @param ids the class of each count, from 0 to V − 1
   * @param counts c, at least 0
   * @param rows B, at least 0
   * @return L, the sum over the rows
   */
  public double forward(float[] x, int[] starts, int[] ids, float[] counts, int rows) {
    Buffers.check("x", x.length, rows, classes);
    Buffers.check("starts", starts.length, rows + 1, 1);
    Buffers.check("ids", ids.length, starts[rows], 1);
    Buffers.check("counts", counts.length, starts[rows], 1);
    this.rows = rows;
    d = Buffers.atLeast(d, rows, classes);
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      int from = r * classes;
      double total = 0;
      for (int k = starts[r]; k < starts[r + 1]; k++) {
        total += counts[k];
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
      float share = (float) (total / sum);
      for (int v = from; v < from + classes; v++) {
        d[v] *= share;
      }
      double normalizer = StrictMath.log(sum) + largest;
      for (int k = starts[r]; k < starts[r + 1]; k++) {
        loss += counts[k] * (normalizer - x[from + ids[k]]);
        d[from + ids[k]] -= counts[k];
      }
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
