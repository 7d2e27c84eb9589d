// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;

/**
 * What {@link Als} minimises, with its numbers.
 *
 * @param alpha how fast confidence grows with the weight
 * @param unobservedWeight the confidence in a pair that was not observed, above 0, at most 1
 * @param regularization λ, above 0
 * @param frequencyScaling ν, from 0 to 1
 */
record AlsLoss(
    double alpha, double unobservedWeight, double regularization, double frequencyScaling) {

  // Beyond it a confidence changes no score by more than float32 can tell.
  private static final double MAX_CONFIDENCE = 1e9;

  /** The confidence in a pair that was observed. */
  float confidence(float weight) {
    return (float) Math.min(MAX_CONFIDENCE, 1 + alpha * weight);
  }

  /**
   * The system of one user, or one item: {@code w·FᵀF + Σ (c − w)·f·fᵀ + λ·W^ν·I}, whose right-hand
   * side is Σ c·f.
   *
   * @param columns the items of the user
   * @param weights their weights
   * @param other the other side, which has a diagonal Gram matrix
   * @param system is filled
   */
  void fill(int[] columns, float[] weights, Side other, RidgeSystem system) {
    system.clear();
    double total = unobservedWeight * (other.factors.length - columns.length);
    for (int n = 0; n < columns.length; n++) {
      float confidence = confidence(weights[n]);
      total += confidence;
      system.add(other.factors[columns[n]], (float) (confidence - unobservedWeight), confidence);
    }
    // Strict: a model answers to the bit on any machine.
    double ridge = regularization * StrictMath.pow(total, frequencyScaling);
    for (int k = 0; k < system.width(); k++) {
      system.base()[k] = (float) (unobservedWeight * other.squares[k] + ridge);
    }
  }

  /** The factors of users or of items, rotated so that their Gram matrix is diagonal. */
  static final class Side {

    private final float[][] factors;
    private final double[] squares;

    /**
     * A side.
     *
     * @param factors rows × width; not copied
     * @param width how many factors a row has
     */
    Side(float[][] factors, int width) {
      this.factors = factors;
      this.squares = Factors.squares(factors, width);
    }

    float[][] factors() {
      return factors;
    }
  }

  void save(ModelWriter out) {
    out.doubles("loss", new double[] {alpha, unobservedWeight, regularization, frequencyScaling});
  }

  static AlsLoss read(ModelReader in) {
    double[] loss = in.doubles("loss", 4);
    if (!(loss[0] >= 0 && loss[0] <= Als.MAX_ALPHA)
        || !(loss[1] >= Als.MIN_WEIGHT && loss[1] <= 1)
        || !(loss[2] >= Als.MIN_REGULARIZATION && loss[2] <= Als.MAX_REGULARIZATION)
        || !(loss[3] >= 0 && loss[3] <= 1)) {
      throw in.damaged("loss has a number that no option allows");
    }
    return new AlsLoss(loss[0], loss[1], loss[2], loss[3]);
  }
}
