// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;

/** Margins: score(class) = bias(class) + Σ weight(class, column) · x(column). */
final class LinearScorer implements Scorer {

  static final String KIND = "linear";

  private final int classes;
  private final double[] weights;
  private final double[] bias;

  /**
   * A scorer.
   *
   * @param weights columns × classes, so that what one feature says stands together; not copied
   * @param bias one for each class; not copied
   */
  LinearScorer(double[] weights, double[] bias) {
    this.classes = bias.length;
    this.weights = weights;
    this.bias = bias;
  }

  @Override
  public double[] scores(Features user) {
    double[] scores = new double[classes];
    for (int p = 0; p < user.size(); p++) {
      int at = user.columns[p] * classes;
      for (int c = 0; c < classes; c++) {
        scores[c] += weights[at + c] * user.values[p];
      }
    }
    // Last, as liblinear adds it, for the sake of the bits.
    for (int c = 0; c < classes; c++) {
      scores[c] += bias[c];
    }
    return scores;
  }

  @Override
  public void save(ModelWriter out) {
    out.text("kind", KIND)
        .doubles("weights", weights, weights.length / classes, classes)
        .doubles("bias", bias);
  }

  static LinearScorer read(ModelReader in, int classes, int columns) {
    double[] weights = in.doubles("weights", columns, classes);
    double[] bias = in.doubles("bias", classes);
    for (double[] array : new double[][] {weights, bias}) {
      for (double x : array) {
        if (!(Math.abs(x) <= 1e12)) {
          throw in.damaged("weights hold " + x);
        }
      }
    }
    return new LinearScorer(weights, bias);
  }
}
