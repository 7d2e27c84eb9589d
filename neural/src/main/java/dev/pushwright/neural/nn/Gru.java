// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import dev.pushwright.math.Matmul;
import java.util.Arrays;

/**
 * A layer of gated recurrent units [1] over B sequences of T steps, I inputs and H units:
 *
 * <pre>
 * r_t = σ(x_t·W_r + h_t−1·U_r + b_r)                 what is kept of the past to look at
 * z_t = σ(x_t·W_z + h_t−1·U_z + b_z)                 what is kept of the past
 * n_t = tanh(x_t·W_n + b_n + r_t ⊙ (h_t−1·U_n + c))
 * h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_t−1
 * </pre>
 *
 * <p>The reset gate r comes after the product with U_n, unlike in [1]: one product of h with all of
 * U does then [2]. Step t of sequence b is row b·T + t. A sequence that ends early is padded at its
 * end: later steps change no earlier ones, and have no gradient where dy is 0.
 *
 * <p>W is I×3H, named {@code NAME.input}, U is H×3H, {@code NAME.recurrent}, both with the columns
 * of r, z and n; b has 3H, {@code NAME.bias}, c has H, {@code NAME.candidate-bias}. Costs
 * 6·B·T·H·(I + H) operations forwards and twice that backwards.
 *
 * <p>[1] K. Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical
 * machine translation", EMNLP 2014. [2] J. Appleyard, T. Kočiský, P. Blunsom, "Optimizing
 * performance of recurrent neural networks on GPUs", 2016.
 */
public final class Gru {

  private final int inputs;
  private final int units;
  private final Parameter input;
  private final Parameter recurrent;
  private final Parameter bias;
  private final Parameter candidateBias;
  private float[] x = {};
  private int batch;
  private int steps;
  // The gates r, z and n after their functions, B·T×3H.
  private float[] gates = {};
  // h·U, B·T×3H; of the gates r and z it is of no use later.
  private float[] past = {};
  // h before each step, B·T×H.
  private float[] before = {};
  private float[] y = {};
  private float[] dGates = {};
  private float[] dPast = {};
  private float[] dState = {};
  private float[] dx = {};
  private float[] noStart = {};

  /**
   * A layer; biases begin at 0.
   *
   * @param parameters where it registers its parameters
   * @param name what their names begin with
   * @param inputs I, at least 1
   * @param units H, at least 1
   */
  public Gru(Parameters parameters, String name, int inputs, int units) {
    this.inputs = inputs;
    this.units = units;
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(units));
    this.input = parameters.matrix(name + ".input", inputs, 3 * units, uniform);
    this.recurrent = parameters.matrix(name + ".recurrent", units, 3 * units, uniform);
    this.bias = parameters.matrix(name + ".bias", 1, 3 * units, Initializer.zeros());
    this.candidateBias = parameters.matrix(name + ".candidate-bias", 1, units, Initializer.zeros());
  }

  /**
   * Runs over sequences from the state 0.
   *
   * @param x inputs, B·T×I; to stay as they are until {@link #backward}
   * @param batch B, at least 0
   * @param steps T, at least 0
   * @return the states, B·T×H
   */
  public float[] forward(float[] x, int batch, int steps) {
    if (noStart.length < batch * units) {
      noStart = new float[batch * units];
    }
    return forward(x, noStart, batch, steps);
  }

  /**
   * Runs over sequences.
   *
   * @param x inputs, B·T×I; to stay as they are until {@link #backward}
   * @param start the states before the first step, B×H
   * @param batch B, at least 0
   * @param steps T, at least 0
   * @return the states, B·T×H
   */
  public float[] forward(float[] x, float[] start, int batch, int steps) {
    this.x = x;
    this.batch = batch;
    this.steps = steps;
    int rows = Math.multiplyExact(batch, steps);
    Buffers.check("x", x.length, rows, inputs);
    Buffers.check("start", start.length, batch, units);
    int wide = 3 * units;
    gates = Buffers.atLeast(gates, rows, wide);
    past = Buffers.atLeast(past, rows, wide);
    before = Buffers.atLeast(before, rows, units);
    y = Buffers.atLeast(y, rows, units);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias.values(), 0, gates, r * wide, wide);
    }
    float[] w = input.values();
    Matmul.sgemm(false, false, rows, wide, inputs, 1, x, 0, inputs, w, 0, wide, 1, gates, 0, wide);
    float[] u = recurrent.values();
    int hLd = steps * units;
    int gLd = steps * wide;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        int row = b * steps + t;
        if (t == 0) {
          System.arraycopy(start, b * units, before, row * units, units);
        } else {
          System.arraycopy(y, (row - 1) * units, before, row * units, units);
        }
      }
      Matmul.sgemm(
          false, false, batch, wide, units, 1, before, t * units, hLd, u, 0, wide, 0, past,
          t * wide, gLd);
      for (int b = 0; b < batch; b++) {
        step(b * steps + t);
      }
    }
    return y;
  }

  private void step(int row) {
    int r = row * 3 * units;
    int n = r + 2 * units;
    int h = row * units;
    float[] g = gates;
    float[] p = past;
    float[] c = candidateBias.values();
    for (int j = r; j < n; j++) {
      g[j] = FloatMath.sigmoid(g[j] + p[j]);
    }
    for (int j = 0; j < units; j++) {
      p[n + j] += c[j];
    }
    for (int j = 0; j < units; j++) {
      g[n + j] = FloatMath.tanh(g[n + j] + g[r + j] * p[n + j]);
    }
    int z = r + units;
    for (int j = 0; j < units; j++) {
      y[h + j] = g[n + j] + g[z + j] * (before[h + j] - g[n + j]);
    }
  }

  /**
   * Adds to the gradients of the parameters, unless they are frozen, and computes dx.
   *
   * @param dy gradient of the states, B·T×H
   * @return gradient of the inputs, B·T×I
   */
  public float[] backward(float[] dy) {
    int rows = batch * steps;
    Buffers.check("dy", dy.length, rows, units);
    int wide = 3 * units;
    dGates = Buffers.atLeast(dGates, rows, wide);
    dPast = Buffers.atLeast(dPast, rows, wide);
    dState = Buffers.atLeast(dState, batch, units);
    dx = Buffers.atLeast(dx, rows, inputs);
    Arrays.fill(dState, 0, batch * units, 0);
    float[] u = recurrent.values();
    int gLd = steps * wide;
    for (int t = steps - 1; t >= 0; t--) {
      for (int b = 0; b < batch; b++) {
        stepBack(b * steps + t, dy, b * units);
      }
      Matmul.sgemm(
          false, true, batch, units, wide, 1, dPast, t * wide, gLd, u, 0, wide, 1, dState, 0,
          units);
    }
    learn(rows, wide);
    float[] w = input.values();
    Matmul.sgemm(false, true, rows, inputs, wide, 1, dGates, 0, wide, w, 0, wide, 0, dx, 0, inputs);
    return dx;
  }

  // Leaves dh ⊙ z in the state's gradient, to which that through U is added.
  private void stepBack(int row, float[] dy, int state) {
    int r = row * 3 * units;
    int z = r + units;
    int n = z + units;
    int h = row * units;
    float[] g = gates;
    float[] p = past;
    for (int j = 0; j < units; j++) {
      float dh = dy[h + j] + dState[state + j];
      float zj = g[z + j];
      float nj = g[n + j];
      float rj = g[r + j];
      float dn = dh * (1 - zj) * (1 - nj * nj);
      float dr = dn * p[n + j] * rj * (1 - rj);
      float dz = dh * (before[h + j] - nj) * zj * (1 - zj);
      dGates[r + j] = dr;
      dGates[z + j] = dz;
      dGates[n + j] = dn;
      dPast[r + j] = dr;
      dPast[z + j] = dz;
      dPast[n + j] = dn * rj;
      dState[state + j] = dh * zj;
    }
  }

  private void learn(int rows, int wide) {
    if (input.isFrozen()) {
      return;
    }
    float[] dw = input.gradients();
    Matmul.sgemm(true, false, inputs, wide, rows, 1, x, 0, inputs, dGates, 0, wide, 1, dw, 0, wide);
    float[] du = recurrent.gradients();
    Matmul.sgemm(
        true, false, units, wide, rows, 1, before, 0, units, dPast, 0, wide, 1, du, 0, wide);
    float[] db = bias.gradients();
    float[] dc = candidateBias.gradients();
    for (int row = 0; row < rows; row++) {
      int at = row * wide;
      for (int j = 0; j < wide; j++) {
        db[j] += dGates[at + j];
      }
      for (int j = 0; j < units; j++) {
        dc[j] += dPast[at + 2 * units + j];
      }
    }
  }

  /**
   * The gradient of the states before the first step, after {@link #backward}.
   *
   * @return B×H
   */
  public float[] dStart() {
    return dState;
  }

  @Override
  public String toString() {
    return "Gru " + inputs + "→" + units;
  }
}
