// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * The logistic loss of B logits x against targets t, each with a weight w:
 *
 * <pre>
 * L = Σ w·(ln(1 + e^−|x|) + max(x, 0) − t·x)      dL/dx = w·(σ(x) − t)
 * </pre>
 *
 * <p>That is −t·ln σ(x) − (1 − t)·ln(1 − σ(x)), written so that no logit overflows.
 */
public final class BinaryCrossEntropy {

  // Factors from 1 to 2 that are multiplied before their logarithm is taken: below 2^1023.
  private static final int FACTORS = 1000;

  private float[] d = {};
  private int rows;

  /** A loss. */
  public BinaryCrossEntropy() {}

  /**
   * The loss where all weigh 1.
   *
   * @param x logits, B
   * @param targets t from 0 to 1, B
   * @param rows B, at least 0
   * @return L, the sum over the rows
   */
  public double forward(float[] x, float[] targets, int rows) {
    prepare(x, targets, rows);
    double loss = 0;
    double product = 1;
    int factors = 0;
    for (int r = 0; r < rows; r++) {
      float e = FloatMath.exp(-Math.abs(x[r]));
      d[r] = (x[r] >= 0 ? 1 : e) / (1 + e) - targets[r];
      loss += Math.max(x[r], 0) - (double) targets[r] * x[r];
      product *= 1 + (double) e;
      if (++factors == FACTORS) {
        loss += StrictMath.log(product);
        product = 1;
        factors = 0;
      }
    }
    return loss + StrictMath.log(product);
  }

  /**
   * The loss.
   *
   * @param x logits, B
   * @param targets t from 0 to 1, B
   * @param weights w, at least 0, B
   * @param rows B, at least 0
   * @return L, the sum over the rows
   */
  public double forward(float[] x, float[] targets, float[] weights, int rows) {
    prepare(x, targets, rows);
    Buffers.check("weights", weights.length, rows, 1);
    double loss = 0;
    for (int r = 0; r < rows; r++) {
      float e = FloatMath.exp(-Math.abs(x[r]));
      d[r] = weights[r] * ((x[r] >= 0 ? 1 : e) / (1 + e) - targets[r]);
      loss +=
          weights[r]
              * (Math.max(x[r], 0) - (double) targets[r] * x[r] + StrictMath.log(1 + (double) e));
    }
    return loss;
  }

  private void prepare(float[] x, float[] targets, int rows) {
    Buffers.check("x", x.length, rows, 1);
    Buffers.check("targets", targets.length, rows, 1);
    this.rows = rows;
    d = Buffers.atLeast(d, rows, 1);
  }

  /**
   * The gradient of the last {@code forward}; to be called once.
   *
   * @param scale what it is multiplied by, such as 1 / batch
   * @return gradient of the logits, B
   */
  public float[] backward(float scale) {
    for (int r = 0; r < rows; r++) {
      d[r] *= scale;
    }
    return d;
  }
}
