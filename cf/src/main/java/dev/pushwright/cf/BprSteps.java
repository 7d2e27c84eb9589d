// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/**
 * Gradient steps on BPR-Opt, see {@link Bpr}, and the loss they met, −ln σ(x) just before each
 * step. F factors a row. Not thread-safe.
 */
final class BprSteps {

  // 1 + e^−|x| is at most 2, so that the product of so many is far from overflowing.
  private static final int STEPS_A_LOGARITHM = 512;

  private final float rate;
  private final float keep;
  private double loss;
  private long count;

  // The loss at confidence 1 of the steps since the last logarithm: one does for many.
  private double product = 1;

  /**
   * Steps of one length.
   *
   * @param rate η
   * @param regularization λ
   */
  BprSteps(float rate, float regularization) {
    this.rate = rate;
    this.keep = 1 - rate * regularization;
  }

  /**
   * A step of everything that a user and two items have.
   *
   * @param user F, changed
   * @param item F, of the item the user has; changed
   * @param other F, of the item the user has not; changed
   * @param biases by item; two are changed
   * @param i the item the user has
   * @param j the item the user has not
   * @param confidence c, from 0 to 2
   */
  void step(
      float[] user, float[] item, float[] other, float[] biases, int i, int j, float confidence) {
    float x = biases[i] - biases[j] + difference(user, item, other);
    float g = rate * slope(x, confidence);
    biases[i] = keep * biases[i] + g;
    biases[j] = keep * biases[j] - g;
    update(user, item, other, g, keep);
  }

  /**
   * A step of a user's factors alone.
   *
   * @param user F, changed
   * @param item F, of the item the user has
   * @param other F, of the item the user has not
   * @param bias the bias of the first item less that of the second
   * @param confidence c, from 0 to 2
   */
  void stepOfUser(float[] user, float[] item, float[] other, float bias, float confidence) {
    float g = rate * slope(bias + difference(user, item, other), confidence);
    for (int f = 0; f < user.length; f++) {
      user[f] = keep * user[f] + g * (item[f] - other[f]);
    }
  }

  /** The slope c · (1 − σ(x)) = c · e^−x / (1 + e^−x), without overflow; notes the loss. */
  private float slope(float x, float confidence) {
    // Strict, for the bits of every machine.
    double t = StrictMath.exp(-Math.abs(x));
    loss += x < 0 ? -x : 0;
    product *= 1 + t;
    count++;
    if (count % STEPS_A_LOGARITHM == 0) {
      loss += StrictMath.log(product);
      product = 1;
    }
    return (float) (confidence * (x < 0 ? 1 : t) / (1 + t));
  }

  // Several sums, for additions of one have to wait for each other.
  private static float difference(float[] user, float[] item, float[] other) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int f = 0;
    for (; f < user.length - 7; f += 8) {
      s0 += user[f] * (item[f] - other[f]);
      s1 += user[f + 1] * (item[f + 1] - other[f + 1]);
      s2 += user[f + 2] * (item[f + 2] - other[f + 2]);
      s3 += user[f + 3] * (item[f + 3] - other[f + 3]);
      s4 += user[f + 4] * (item[f + 4] - other[f + 4]);
      s5 += user[f + 5] * (item[f + 5] - other[f + 5]);
      s6 += user[f + 6] * (item[f + 6] - other[f + 6]);
      s7 += user[f + 7] * (item[f + 7] - other[f + 7]);
    }
    for (; f < user.length; f++) {
      s0 += user[f] * (item[f] - other[f]);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static void update(float[] user, float[] item, float[] other, float g, float keep) {
    for (int f = 0; f < user.length; f++) {
      float p = user[f];
      float q = item[f];
      float r = other[f];
      user[f] = keep * p + g * (q - r);
      item[f] = keep * q + g * p;
      other[f] = keep * r - g * p;
    }
  }

  /** The sum of −ln σ(x) over all steps; not finite once a step has diverged. */
  double loss() {
    return loss + StrictMath.log(product);
  }

  /** How many steps there were. */
  long count() {
    return count;
  }
}
