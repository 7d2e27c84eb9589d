// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.math.Matmul;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;

/**
 * Judges whether an item y goes with a profile x, as one number s for each of B rows u = (x, y):
 * with φ the leaky ReLU of slope {@value #SLOPE},
 *
 * <pre>
 * a₁ = u·W₁ + b₁     a₂ = φ(a₁)·W₂ + b₂     s = φ(a₂)·w₃ + b₃
 * </pre>
 *
 * <p><b>Gradient penalty</b> [1]. The gradient of s with respect to y is
 *
 * <pre>
 * δ₂ = w₃ᵀ ⊙ φ′(a₂)     δ₁ = (δ₂·W₂ᵀ) ⊙ φ′(a₁)     g = δ₁·Vᵀ
 * </pre>
 *
 * <p>with V the rows of W₁ that y meets. The penalty is p = Σ (|g| − 1)²; with γ = dp/dg = 2·(|g| −
 * 1)·g/|g|, and since φ″ is 0 wherever it exists, only the weights carry it on:
 *
 * <pre>
 * dV  = γᵀ·δ₁     ε₁ = (γ·V) ⊙ φ′(a₁)
 * dW₂ = ε₁ᵀ·δ₂    ε₂ = (ε₁·W₂) ⊙ φ′(a₂)     dw₃ = Σ_rows ε₂
 * </pre>
 *
 * <p>[1] I. Gulrajani et al., "Improved training of Wasserstein GANs", NIPS 2017; there of y alone
 * too.
 */
final class Critic {

  private static final float SLOPE = 0.2f;

  // Below it the direction of a gradient is not known.
  private static final double SHORTEST = 1e-12;

  private final Parameters parameters;
  private final int profile;
  private final int item;
  private final int inputs;
  private final int hidden;
  private final Parameter w1;
  private final Parameter b1;
  private final Parameter w2;
  private final Parameter b2;
  private final Parameter w3;
  private final Parameter b3;

  private int rows;
  private float[] u = {};
  private float[] a1 = {};
  private float[] h1 = {};
  private float[] a2 = {};
  private float[] h2 = {};
  private float[] s = {};
  private float[] d1 = {};
  private float[] d2 = {};
  private float[] e1 = {};
  private float[] e2 = {};
  private float[] g = {};

  Critic(Parameters parameters, Shape shape) {
    this.parameters = parameters;
    this.profile = shape.profile();
    this.item = shape.item();
    this.inputs = profile + item;
    this.hidden = shape.hidden();
    this.w1 = parameters.matrix("critic.1.weight", inputs, hidden, Initializer.he());
    this.b1 = parameters.matrix("critic.1.bias", 1, hidden, Initializer.zeros());
    this.w2 = parameters.matrix("critic.2.weight", hidden, hidden, Initializer.he());
    this.b2 = parameters.matrix("critic.2.bias", 1, hidden, Initializer.zeros());
    this.w3 = parameters.matrix("critic.3.weight", hidden, 1, Initializer.glorot());
    this.b3 = parameters.matrix("critic.3.bias", 1, 1, Initializer.zeros());
  }

  /** What it was made on. */
  Parameters parameters() {
    return parameters;
  }

  /**
   * Judges.
   *
   * @param u profiles and items side by side, B×(P + D); to stay as it is until the gradients are
   *     had
   * @param rows B
   * @return s, B
   */
  float[] forward(float[] u, int rows) {
    this.u = u;
    this.rows = rows;
    a1 = atLeast(a1, rows * hidden);
    h1 = atLeast(h1, rows * hidden);
    a2 = atLeast(a2, rows * hidden);
    h2 = atLeast(h2, rows * hidden);
    s = atLeast(s, rows);
    layer(u, inputs, w1, b1, a1);
    leaky(a1, h1);
    layer(h1, hidden, w2, b2, a2);
    leaky(a2, h2);
    float[] w = w3.values();
    for (int r = 0; r < rows; r++) {
      double sum = b3.values()[0];
      for (int j = 0; j < hidden; j++) {
        sum += (double) h2[r * hidden + j] * w[j];
      }
      s[r] = (float) sum;
    }
    return s;
  }

  private void layer(float[] in, int width, Parameter w, Parameter b, float[] to) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(b.values(), 0, to, r * hidden, hidden);
    }
    multiply(false, false, rows, hidden, width, in, width, w.values(), 0, hidden, 1, to, hidden);
  }

  private void leaky(float[] a, float[] h) {
    for (int i = 0; i < rows * hidden; i++) {
      h[i] = a[i] > 0 ? a[i] : SLOPE * a[i];
    }
  }

  private void slopes(float[] a, float[] d) {
    for (int i = 0; i < rows * hidden; i++) {
      d[i] *= a[i] > 0 ? 1 : SLOPE;
    }
  }

  /** Fills d₂ and d₁ with the gradients of a₂ and a₁, given that of s. */
  private void back(float[] ds) {
    d1 = atLeast(d1, rows * hidden);
    d2 = atLeast(d2, rows * hidden);
    float[] w = w3.values();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < hidden; j++) {
        d2[r * hidden + j] = ds[r] * w[j];
      }
    }
    slopes(a2, d2);
    multiply(false, true, rows, hidden, hidden, d2, hidden, w2.values(), 0, hidden, 0, d1, hidden);
    slopes(a1, d1);
  }

  /**
   * Adds to the gradients of the weights.
   *
   * @param ds gradient of s, B
   */
  void learn(float[] ds) {
    back(ds);
    for (int r = 0; r < rows; r++) {
      b3.gradients()[0] += ds[r];
      for (int j = 0; j < hidden; j++) {
        int i = r * hidden + j;
        w3.gradients()[j] += ds[r] * h2[i];
        b2.gradients()[j] += d2[i];
        b1.gradients()[j] += d1[i];
      }
    }
    multiply(
        true, false, hidden, hidden, rows, h1, hidden, d2, 0, hidden, 1, w2.gradients(), hidden);
    multiply(
        true, false, inputs, hidden, rows, u, inputs, d1, 0, hidden, 1, w1.gradients(), hidden);
  }

  /**
   * The gradient of the items; the weights learn nothing.
   *
   * @param ds gradient of s, B
   * @return B×D
   */
  float[] itemGradient(float[] ds) {
    back(ds);
    g = atLeast(g, rows * item);
    multiply(
        false,
        true,
        rows,
        item,
        hidden,
        d1,
        hidden,
        w1.values(),
        profile * hidden,
        hidden,
        0,
        g,
        item);
    return g;
  }

  /**
   * The gradient penalty at the rows of the last {@link #forward}, and its gradients, which are
   * added to those of the weights.
   *
   * @param scale what the gradients are multiplied by, such as λ / batch
   * @return Σ (|g| − 1)²
   */
  double penalise(float scale) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    itemGradient(ones);
    double penalty = 0;
    // From here on g holds γ.
    for (int r = 0; r < rows; r++) {
      double squares = 0;
      for (int d = r * item; d < (r + 1) * item; d++) {
        squares += (double) g[d] * g[d];
      }
      double length = Math.sqrt(squares);
      penalty += (length - 1) * (length - 1);
      float factor = (float) (scale * 2 * (length - 1) / Math.max(SHORTEST, length));
      for (int d = r * item; d < (r + 1) * item; d++) {
        g[d] *= factor;
      }
    }
    e1 = atLeast(e1, rows * hidden);
    e2 = atLeast(e2, rows * hidden);
    multiplyTo(true, item, hidden, rows, g, item, d1, w1.gradients(), profile * hidden);
    multiply(
        false,
        false,
        rows,
        hidden,
        item,
        g,
        item,
        w1.values(),
        profile * hidden,
        hidden,
        0,
        e1,
        hidden);
    slopes(a1, e1);
    multiplyTo(true, hidden, hidden, rows, e1, hidden, d2, w2.gradients(), 0);
    multiply(false, false, rows, hidden, hidden, e1, hidden, w2.values(), 0, hidden, 0, e2, hidden);
    slopes(a2, e2);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < hidden; j++) {
        w3.gradients()[j] += e2[r * hidden + j];
      }
    }
    return penalty;
  }

  private static void multiplyTo(
      boolean transA, int m, int n, int k, float[] a, int lda, float[] b, float[] c, int cOff) {
    Matmul.sgemm(transA, false, m, n, k, 1, a, 0, lda, b, 0, n, 1, c, cOff, n);
  }

  private static void multiply(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int lda,
      float[] b,
      int bOff,
      int ldb,
      float beta,
      float[] c,
      int ldc) {
    Matmul.sgemm(transA, transB, m, n, k, 1, a, 0, lda, b, bOff, ldb, beta, c, 0, ldc);
  }

  private static float[] atLeast(float[] buffer, int n) {
    return buffer.length >= n ? buffer : new float[n];
  }
}
