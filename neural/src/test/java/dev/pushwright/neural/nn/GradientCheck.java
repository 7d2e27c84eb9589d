// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Holds gradients in float32 to central differences of a twin in double. */
final class GradientCheck {

  /** Of a gradient: relative to its value, absolute below 1. float32 keeps seven digits. */
  static final double BOUND = 2e-5;

  private static final double H = 1e-5;

  private GradientCheck() {}

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

  static double dot(double[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Holds the gradient of a loss at a point to the slope of its twin. */
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

  /** Holds values to those of a twin. */
  static void same(String what, double[] expected, float[] found) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, element %s", what, i)
          .isCloseTo(expected[i], within(BOUND * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
