// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.math.Matmul;
import java.util.Arrays;

/**
 * A layer with long short-term memory [1] with forget gates [2], for B sequences of T steps, I
 * inputs and H outputs. With σ the logistic function and ⊙ the product by element:
 *
 * <pre>
 * i = σ(x_t·W_i + h_{t−1}·U_i + b_i)     f = σ(… W_f, U_f, b_f)
 * o = σ(… W_o, U_o, b_o)                 g = tanh(… W_g, U_g, b_g)
 * c_t = f ⊙ c_{t−1} + i ⊙ g              h_t = o ⊙ tanh(c_t)
 * </pre>
 *
 * <p>The output of step t is h_t. <b>Rows are ordered by step, then by sequence:</b> row t·B + b is
 * step t of sequence b, so that what one step works on lies together. A sequence that is shorter
 * than T stays at its last h and c in the steps beyond its length, and nothing flows into x there.
 *
 * <p>W is I×4H and named {@code NAME.weight}, U is H×4H and named {@code NAME.recurrent}, b has 4H
 * and is named {@code NAME.bias}; their columns are those of i, f, o and g one after the other. b
 * begins at 0, and at 1 for f, so that at first nothing is forgotten [3]. Costs 8·B·T·H·(I + H)
 * operations forwards and twice that backwards.
 *
 * <p><b>Truncated backpropagation</b>: cut a long sequence into pieces, and begin each with a copy
 * of {@link #lastHidden} and {@link #lastCell} of the one before; gradients go back to the
 * beginning of a piece, and on only if {@link #dHidden} and {@link #dCell} are handed on to the
 * {@code backward} of the piece before.
 *
 * <p>[1] S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9, 1997. [2]
 * F. A. Gers, J. Schmidhuber, F. Cummins, "Learning to forget: continual prediction with LSTM",
 * Neural Computation 12, 2000. [3] R. Jozefowicz, W. Zaremba, I. Sutskever, "An empirical
 * exploration of recurrent network architectures", ICML 2015.
 */
public final class Lstm {

  private final int inputs;
  private final int hidden;
  private final Parameter weight;
  private final Parameter recurrent;
  private final Parameter bias;

  private float[] x = {};
  private int[] lengths = {};
  private int steps;
  private int batch;
  // T×B×4H: sums, then gates, then the gradients of the sums.
  private float[] gates = {};
  // (T + 1)×B×H each: what a step begins with, and last of all what it ends with.
  private float[] h = {};
  private float[] c = {};
  // T×B×H: tanh(c_t), and the outputs h_t.
  private float[] tanh = {};
  private float[] y = {};
  private float[] dh = {};
  private float[] dc = {};
  private float[] dx = {};
  private float[] zeros = {};
  private float[] lastHidden = {};
  private float[] lastCell = {};

  /**
   * A layer.
   *
   * @param parameters where it registers W, U and b
   * @param name what their names begin with
   * @param inputs I, at least 1
   * @param hidden H, at least 1
   * @param initializer what W and U begin with
   */
  public Lstm(Parameters parameters, String name, int inputs, int hidden, Initializer initializer) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.weight = parameters.matrix(name + ".weight", inputs, 4 * hidden, initializer);
    this.recurrent = parameters.matrix(name + ".recurrent", hidden, 4 * hidden, initializer);
    this.bias =
        parameters.matrix(
            name + ".bias",
            1,
            4 * hidden,
            (values, rows, columns, key) -> Arrays.fill(values, hidden, 2 * hidden, 1));
  }

  /**
   * Runs sequences that begin with h = c = 0.
   *
   * @param x inputs, T·B×I; to stay as they are until {@link #backward}
   * @param steps T, at least 0
   * @param batch B, at least 0
   * @param lengths of each sequence, 0 to T; B, to stay as they are until {@link #backward}
   * @return h of every step, T·B×H
   */
  public float[] forward(float[] x, int steps, int batch, int[] lengths) {
    zeros = Buffers.atLeast(zeros, batch, hidden);
    return forward(x, steps, batch, lengths, zeros, zeros);
  }

  /**
   * Runs sequences that begin with h and c given.
   *
   * @param x inputs, T·B×I; to stay as they are until {@link #backward}
   * @param steps T, at least 0
   * @param batch B, at least 0
   * @param lengths of each sequence, 0 to T; B, to stay as they are until {@link #backward}
   * @param h0 what h begins with, B×H; may be {@link #lastHidden}
   * @param c0 what c begins with, B×H; may be {@link #lastCell}
   * @return h of every step, T·B×H
   */
  public float[] forward(float[] x, int steps, int batch, int[] lengths, float[] h0, float[] c0) {
    Buffers.check("x", x.length, Math.multiplyExact(steps, batch), inputs);
    Buffers.check("h0", h0.length, batch, hidden);
    Buffers.check("c0", c0.length, batch, hidden);
    Buffers.check("lengths", lengths.length, batch, 1);
    for (int b = 0; b < batch; b++) {
      if (lengths[b] < 0 || lengths[b] > steps) {
        throw new IllegalArgumentException(
            "length " + lengths[b] + " of sequence " + b + "; 0 to " + steps + " are possible");
      }
    }
    this.x = x;
    this.lengths = lengths;
    this.steps = steps;
    this.batch = batch;
    int rows = steps * batch;
    gates = Buffers.atLeast(gates, rows, 4 * hidden);
    h = Buffers.atLeast(h, rows + batch, hidden);
    c = Buffers.atLeast(c, rows + batch, hidden);
    tanh = Buffers.atLeast(tanh, rows, hidden);
    y = Buffers.atLeast(y, rows, hidden);
    lastHidden = Buffers.atLeast(lastHidden, batch, hidden);
    lastCell = Buffers.atLeast(lastCell, batch, hidden);
    System.arraycopy(h0, 0, h, 0, batch * hidden);
    System.arraycopy(c0, 0, c, 0, batch * hidden);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias.values(), 0, gates, r * 4 * hidden, 4 * hidden);
    }
    product(false, rows, inputs, x, 0, weight, gates, 0);
    for (int t = 0; t < steps; t++) {
      int from = t * batch;
      product(false, batch, hidden, h, from * hidden, recurrent, gates, from * 4 * hidden);
      for (int b = 0; b < batch; b++) {
        if (t < lengths[b]) {
          step(from + b);
        } else {
          stay(from + b);
        }
      }
    }
    System.arraycopy(h, batch * hidden, y, 0, rows * hidden);
    System.arraycopy(h, rows * hidden, lastHidden, 0, batch * hidden);
    System.arraycopy(c, rows * hidden, lastCell, 0, batch * hidden);
    return y;
  }

  private void step(int row) {
    int at = row * 4 * hidden;
    for (int k = at; k < at + 3 * hidden; k++) {
      gates[k] = FloatMath.sigmoid(gates[k]);
    }
    for (int k = at + 3 * hidden; k < at + 4 * hidden; k++) {
      gates[k] = FloatMath.tanh(gates[k]);
    }
    int before = row * hidden;
    int after = before + batch * hidden;
    for (int k = 0; k < hidden; k++) {
      c[after + k] =
          gates[at + hidden + k] * c[before + k] + gates[at + k] * gates[at + 3 * hidden + k];
    }
    for (int k = 0; k < hidden; k++) {
      tanh[before + k] = FloatMath.tanh(c[after + k]);
    }
    for (int k = 0; k < hidden; k++) {
      h[after + k] = gates[at + 2 * hidden + k] * tanh[before + k];
    }
  }

  private void stay(int row) {
    int before = row * hidden;
    int after = before + batch * hidden;
    System.arraycopy(h, before, h, after, hidden);
    System.arraycopy(c, before, c, after, hidden);
  }

  /**
   * h after the last step of the last {@code forward}.
   *
   * @return B×H
   */
  public float[] lastHidden() {
    return lastHidden;
  }

  /**
   * c after the last step of the last {@code forward}.
   *
   * @return B×H
   */
  public float[] lastCell() {
    return lastCell;
  }

  /**
   * Adds to the gradients of W, U and b, unless they are frozen, and computes dx. To be called once
   * after a {@code forward}.
   *
   * @param dy gradient of h of every step, T·B×H
   * @return gradient of the inputs, T·B×I
   */
  public float[] backward(float[] dy) {
    zeros = Buffers.atLeast(zeros, batch, hidden);
    return backward(dy, zeros, zeros);
  }

  /**
   * Adds to the gradients of W, U and b, unless they are frozen, and computes dx, where the last
   * states were used too. To be called once after a {@code forward}.
   *
   * @param dy gradient of h of every step, T·B×H
   * @param dLastHidden gradient of {@link #lastHidden}, B×H
   * @param dLastCell gradient of {@link #lastCell}, B×H
   * @return gradient of the inputs, T·B×I
   */
  public float[] backward(float[] dy, float[] dLastHidden, float[] dLastCell) {
    int rows = steps * batch;
    Buffers.check("dy", dy.length, rows, hidden);
    Buffers.check("dLastHidden", dLastHidden.length, batch, hidden);
    Buffers.check("dLastCell", dLastCell.length, batch, hidden);
    dh = Buffers.atLeast(dh, batch, hidden);
    dc = Buffers.atLeast(dc, batch, hidden);
    dx = Buffers.atLeast(dx, rows, inputs);
    System.arraycopy(dLastHidden, 0, dh, 0, batch * hidden);
    System.arraycopy(dLastCell, 0, dc, 0, batch * hidden);
    for (int t = steps - 1; t >= 0; t--) {
      int from = t * batch;
      for (int b = 0; b < batch; b++) {
        for (int k = 0; k < hidden; k++) {
          dh[b * hidden + k] += dy[(from + b) * hidden + k];
        }
        if (t < lengths[b]) {
          stepBack(from + b, b);
        } else {
          Arrays.fill(gates, (from + b) * 4 * hidden, (from + b + 1) * 4 * hidden, 0);
        }
      }
      // Where a sequence stays, its sums are 0 and what is in dh goes on as it is.
      product(true, batch, hidden, gates, from * 4 * hidden, recurrent, dh, 0);
    }
    Arrays.fill(dx, 0, rows * inputs, 0);
    product(true, rows, inputs, gates, 0, weight, dx, 0);
    if (!weight.isFrozen()) {
      learn(rows);
    }
    return dx;
  }

  // Leaves the gradients of the sums in the gates' place, and of dh nothing.
  private void stepBack(int row, int b) {
    int at = row * 4 * hidden;
    int before = row * hidden;
    int own = b * hidden;
    for (int k = 0; k < hidden; k++) {
      float i = gates[at + k];
      float f = gates[at + hidden + k];
      float o = gates[at + 2 * hidden + k];
      float g = gates[at + 3 * hidden + k];
      float s = tanh[before + k];
      float down = dh[own + k];
      float cell = dc[own + k] + down * o * (1 - s * s);
      gates[at + k] = cell * g * i * (1 - i);
      gates[at + hidden + k] = cell * c[before + k] * f * (1 - f);
      gates[at + 2 * hidden + k] = down * s * o * (1 - o);
      gates[at + 3 * hidden + k] = cell * i * (1 - g * g);
      dc[own + k] = cell * f;
      dh[own + k] = 0;
    }
  }

  private void learn(int rows) {
    int width = 4 * hidden;
    Matmul.sgemm(
        true,
        false,
        inputs,
        width,
        rows,
        1,
        x,
        0,
        inputs,
        gates,
        0,
        width,
        1,
        weight.gradients(),
        0,
        width);
    Matmul.sgemm(
        true,
        false,
        hidden,
        width,
        rows,
        1,
        h,
        0,
        hidden,
        gates,
        0,
        width,
        1,
        recurrent.gradients(),
        0,
        width);
    float[] db = bias.gradients();
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < width; k++) {
        db[k] += gates[r * width + k];
      }
    }
  }

  // to += from·M, or from·Mᵀ, for M of n×4H.
  private void product(
      boolean back, int rows, int n, float[] from, int off, Parameter m, float[] to, int toOff) {
    int width = 4 * hidden;
    if (back) {
      Matmul.sgemm(
          false, true, rows, n, width, 1, from, off, width, m.values(), 0, width, 1, to, toOff, n);
    } else {
      Matmul.sgemm(
          false, false, rows, width, n, 1, from, off, n, m.values(), 0, width, 1, to, toOff, width);
    }
  }

  /**
   * The gradient of what h began with.
   *
   * @return B×H
   */
  public float[] dHidden() {
    return dh;
  }

  /**
   * The gradient of what c began with.
   *
   * @return B×H
   */
  public float[] dCell() {
    return dc;
  }

  @Override
  public String toString() {
    return "Lstm " + inputs + "→" + hidden;
  }
}
