// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Holds gradients in float32 to central differences of a twin in double: the same function written
 * down plainly, {@code (f(x + h) − f(x − h)) / 2h} for each number.
 */
public final class GradientCheck {

  /** Of a gradient: relative to its value, absolute below 1. float32 keeps seven digits. */
  private static final double BOUND = 2e-5;

  private static final double H = 1e-5;

  private GradientCheck() {}

  /**
   * Numbers between −1 and 1.
   *
   * @param n how many
   * @param seed the same seed, the same numbers
   * @return the numbers
   */
  public static float[] random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /**
   * The same numbers in double.
   *
   * @param values the numbers
   * @return a copy
   */
  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /**
   * {@code xᵀy}, which makes a loss of any output.
   *
   * @param x numbers
   * @param y as many
   * @return the sum of their products
   */
  public static double dot(double[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /**
   * Holds the gradient of a loss at a point to the slope of its twin.
   *
   * @param what named when it fails
   * @param twin the loss in double
   * @param at the point
   * @param found the gradient there, as long
   */
  public static void check(
      String what, ToDoubleFunction<double[]> twin, float[] at, float[] found) {
    double[] point = doubles(at);
    double[] slopes = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      double before = point[i];
      point[i] = before + H;
      double up = twin.applyAsDouble(point);
      point[i] = before - H;
      double down = twin.applyAsDouble(point);
      point[i] = before;
      slopes[i] = (up - down) / (2 * H);
    }
    same(what, slopes, found);
  }

  /**
   * Holds values to those of a twin.
   *
   * @param what named when it fails
   * @param expected the twin's
   * @param found as many
   */
  public static void same(String what, double[] expected, float[] found) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, element %s", what, i)
          .isCloseTo(expected[i], within(BOUND * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
