// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.math.Matmul;

/**
 * A fully connected layer, y = x·W + b, for B rows of I inputs and O outputs:
 *
 * <pre>
 * dW += xᵀ·dy     db += Σ_rows dy     dx = dy·Wᵀ
 * </pre>
 *
 * <p>W is I×O and named {@code NAME.weight}; b has O and is named {@code NAME.bias}. Costs 2·B·I·O
 * operations forwards and twice that backwards.
 */
public final class Dense {

  private final int inputs;
  private final int outputs;
  private final Parameter weight;
  private final Parameter bias;
  private float[] x = {};
  private int rows;
  private float[] y = {};
  private float[] dx = {};

  /**
   * A layer; b begins at 0.
   *
   * @param parameters where it registers W and b
   * @param name what their names begin with
   * @param inputs I, at least 1
   * @param outputs O, at least 1
   * @param initializer what W begins with
   */
  public Dense(
      Parameters parameters, String name, int inputs, int outputs, Initializer initializer) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weight = parameters.matrix(name + ".weight", inputs, outputs, initializer);
    this.bias = parameters.matrix(name + ".bias", 1, outputs, Initializer.zeros());
  }

  /**
   * Computes y.
   *
   * @param x inputs, B×I; to stay as it is until {@link #backward}
   * @param rows B, at least 0
   * @return outputs, B×O
   */
  public float[] forward(float[] x, int rows) {
    this.x = x;
    this.rows = rows;
    y = Buffers.atLeast(y, rows, outputs);
    if (outputs == 1) {
      Buffers.check("x", x.length, rows, inputs);
      SingleOutput.forward(x, weight.values(), bias.values()[0], y, rows);
      return y;
    }
    float[] b = bias.values();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(b, 0, y, r * outputs, outputs);
    }
    Matmul.sgemm(
        false,
        false,
        rows,
        outputs,
        inputs,
        1,
        x,
        0,
        inputs,
        weight.values(),
        0,
        outputs,
        1,
        y,
        0,
        outputs);
    return y;
  }

  /**
   * Adds to the gradients of W and b, unless they are frozen, and computes dx.
   *
   * @param dy gradient of the outputs, B×O
   * @return gradient of the inputs, B×I
   */
  public float[] backward(float[] dy) {
    learn(dy);
    dx = Buffers.atLeast(dx, rows, inputs);
    if (outputs == 1) {
      SingleOutput.backward(dy, weight.values(), dx, rows);
      return dx;
    }
    Matmul.sgemm(
        false,
        true,
        rows,
        inputs,
        outputs,
        1,
        dy,
        0,
        outputs,
        weight.values(),
        0,
        outputs,
        0,
        dx,
        0,
        inputs);
    return dx;
  }

  /**
   * Adds to the gradients of W and b without computing dx, which the first layer of a network has
   * no use for.
   *
   * @param dy gradient of the outputs, B×O
   */
  public void learn(float[] dy) {
    if (weight.isFrozen()) {
      return;
    }
    if (outputs == 1) {
      bias.gradients()[0] += SingleOutput.learn(x, dy, weight.gradients(), rows);
      return;
    }
    Matmul.sgemm(
        true,
        false,
        inputs,
        outputs,
        rows,
        1,
        x,
        0,
        inputs,
        dy,
        0,
        outputs,
        1,
        weight.gradients(),
        0,
        outputs);
    int r = 0;
    for (; r + 8 <= rows; r += 8) {
      addRows(dy, r * outputs, outputs, bias.gradients());
    }
    for (; r < rows; r++) {
      addRow(dy, r * outputs, bias.gradients());
    }
  }

  // Eight at a time: the loop is short, and its sums are read and written once.
  private static void addRows(float[] dy, int at, int ld, float[] db) {
    for (int o = 0; o < db.length; o++) {
      int i = at + o;
      db[o] +=
          ((dy[i] + dy[i + ld]) + (dy[i + 2 * ld] + dy[i + 3 * ld]))
              + ((dy[i + 4 * ld] + dy[i + 5 * ld]) + (dy[i + 6 * ld] + dy[i + 7 * ld]));
    }
  }

  private static void addRow(float[] dy, int at, float[] db) {
    for (int o = 0; o < db.length; o++) {
      db[o] += dy[at + o];
    }
  }

  /**
   * W.
   *
   * @return I×O
   */
  public Parameter weight() {
    return weight;
  }

  /**
   * b.
   *
   * @return 1×O
   */
  public Parameter bias() {
    return bias;
  }

  @Override
  public String toString() {
    return "Dense " + inputs + "→" + outputs;
  }
}
