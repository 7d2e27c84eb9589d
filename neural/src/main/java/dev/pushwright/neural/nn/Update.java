// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** One step of an {@link Optimizer} on some numbers; see there for the rules. */
final class Update {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Optimizer.Rule rule;
  private float decay = 1;
  private float rate;
  private float epsilon;

  Update(Optimizer.Rule rule) {
    this.rule = rule;
  }

  /** Makes ready for the step number {@code step}, from 1 on. */
  void begin(double learningRate, long step, double weightDecay) {
    this.decay = (float) (1 - learningRate * weightDecay);
    boolean adam = rule == Optimizer.Rule.ADAM || rule == Optimizer.Rule.LAZY_ADAM;
    // With √(1 − β₂ᵗ) taken out of the root: one division less for each number.
    double second = adam ? StrictMath.sqrt(1 - power(BETA2, step)) : 1;
    double first = adam ? 1 - power(BETA1, step) : 1;
    this.rate = (float) (learningRate * second / first);
    this.epsilon = (float) (EPSILON * second);
  }

  // By squaring: that of StrictMath allocates.
  private static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long left = exponent; left > 0; left >>= 1) {
      power *= (left & 1) == 1 ? square : 1;
      square *= square;
    }
    return power;
  }

  /** Moves n numbers of w by those of g; what is kept for w is at the same places as w. */
  void apply(float[] w, int wOff, float[] g, int gOff, int n, float[] first, float[] second) {
    if (decay != 1) {
      for (int i = wOff; i < wOff + n; i++) {
        w[i] *= decay;
      }
    }
    switch (rule) {
      case SGD -> sgd(w, wOff, g, gOff, n, rate);
      case ADAGRAD -> adagrad(w, wOff, g, gOff, n, first, rate, epsilon);
      case ADAM, LAZY_ADAM -> adam(w, wOff, g, gOff, n, first, second, rate, epsilon);
    }
  }

  private static void sgd(float[] w, int wOff, float[] g, int gOff, int n, float rate) {
    for (int i = 0; i < n; i++) {
      w[wOff + i] -= rate * g[gOff + i];
    }
  }

  private static void adagrad(
      float[] w, int wOff, float[] g, int gOff, int n, float[] s, float rate, float epsilon) {
    for (int i = 0; i < n; i++) {
      float sum = s[wOff + i] + g[gOff + i] * g[gOff + i];
      s[wOff + i] = sum;
      w[wOff + i] -= rate * g[gOff + i] / ((float) Math.sqrt(sum) + epsilon);
    }
  }

  private static void adam(
      float[] w,
      int wOff,
      float[] g,
      int gOff,
      int n,
      float[] first,
      float[] second,
      float rate,
      float epsilon) {
    float b1 = (float) BETA1;
    float b2 = (float) BETA2;
    float c1 = (float) (1 - BETA1);
    float c2 = (float) (1 - BETA2);
    for (int i = 0; i < n; i++) {
      float x = g[gOff + i];
      float m = b1 * first[wOff + i] + c1 * x;
      float v = b2 * second[wOff + i] + c2 * x * x;
      first[wOff + i] = m;
      second[wOff + i] = v;
      w[wOff + i] -= rate * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
