// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Holds gradients in float32 to central differences of a twin in float64. */
final class Slope {

  /** Relative above 1, absolute below. */
  private static final double BOUND = 5e-5;

  private static final double H = 1e-6;

  private Slope() {}

  static float[] random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  static void check(String what, ToDoubleFunction<double[]> twin, float[] at, float[] found) {
    double[] point = doubles(at);
    for (int i = 0; i < point.length; i++) {
      double before = point[i];
      point[i] = before + H;
      double up = twin.applyAsDouble(point);
      point[i] = before - H;
      double down = twin.applyAsDouble(point);
      point[i] = before;
      double slope = (up - down) / (2 * H);
      assertThat((double) found[i])
          .as("%s, element %s", what, i)
          .isCloseTo(slope, within(BOUND * Math.max(1, Math.abs(slope))));
    }
  }

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
