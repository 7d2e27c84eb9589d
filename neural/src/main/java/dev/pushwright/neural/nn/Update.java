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

  /**
   * Moves the numbers of w from {@code from} to {@code to − 1} by those of g; what is kept for w is
   * at the same places. One index for all arrays: only then can the compiler tell that a number
   * written is none of those to be read, and use vector instructions.
   */
  void apply(float[] w, float[] g, int from, int to, float[] first, float[] second) {
    if (decay != 1) {
      for (int i = from; i < to; i++) {
        w[i] *= decay;
      }
    }
    switch (rule) {
      case SGD -> sgd(w, g, from, to, rate);
      case ADAGRAD -> adagrad(w, g, from, to, first, rate, epsilon);
      case ADAM, LAZY_ADAM -> adam(w, g, from, to, first, second, rate, epsilon);
    }
  }

  private static void sgd(float[] w, float[] g, int from, int to, float rate) {
    for (int i = from; i < to; i++) {
      w[i] -= rate * g[i];
    }
  }

  private static void adagrad(
      float[] w, float[] g, int from, int to, float[] s, float rate, float epsilon) {
    for (int i = from; i < to; i++) {
      float sum = s[i] + g[i] * g[i];
      s[i] = sum;
      w[i] -= rate * g[i] / ((float) Math.sqrt(sum) + epsilon);
    }
  }

  private static void adam(
      float[] w,
      float[] g,
      int from,
      int to,
      float[] first,
      float[] second,
      float rate,
      float epsilon) {
    float b1 = (float) BETA1;
    float b2 = (float) BETA2;
    float c1 = (float) (1 - BETA1);
    float c2 = (float) (1 - BETA2);
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = b1 * first[i] + c1 * x;
      float v = b2 * second[i] + c2 * x * x;
      first[i] = m;
      second[i] = v;
      w[i] -= rate * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
