// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import java.util.Map;
import java.util.Objects;

/** The layers of this package's networks in double, written down plainly. */
final class DoubleTwin {

  private DoubleTwin() {}

  /** y = x·W + b for B rows, of the layer of a name. */
  static double[] layer(
      Map<String, double[]> weights, String name, double[] x, int rows, int inputs) {
    return dense(
        x,
        rows,
        inputs,
        Objects.requireNonNull(weights.get(name + ".weight")),
        Objects.requireNonNull(weights.get(name + ".bias")));
  }

  private static double[] dense(double[] x, int rows, int inputs, double[] w, double[] b) {
    int outputs = b.length;
    double[] y = new double[rows * outputs];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < outputs; o++) {
        double sum = b[o];
        for (int i = 0; i < inputs; i++) {
          sum += x[r * inputs + i] * w[i * outputs + o];
        }
        y[r * outputs + o] = sum;
      }
    }
    return y;
  }

  static double[] relu(double[] x, double slope) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : slope * x[i];
    }
    return y;
  }

  static double[] join(double[] a, int widthA, double[] b, int widthB, int rows) {
    double[] y = new double[rows * (widthA + widthB)];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(a, r * widthA, y, r * (widthA + widthB), widthA);
      System.arraycopy(b, r * widthB, y, r * (widthA + widthB) + widthA, widthB);
    }
    return y;
  }
}
