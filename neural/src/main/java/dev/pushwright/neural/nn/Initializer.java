// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/** What a parameter is before training. */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills a parameter.
   *
   * @param values receives rows × columns numbers, 0 at first
   * @param rows the inputs of a layer, or the rows of a table
   * @param columns its outputs, or the width of the table
   * @param key a {@link CounterRandom} key of the parameter's own
   */
  void fill(float[] values, int rows, int columns, long key);

  /**
   * The same number everywhere.
   *
   * @param value the number
   * @return the initializer
   */
  static Initializer constant(float value) {
    return (values, rows, columns, key) -> Arrays.fill(values, value);
  }

  /**
   * Nothing but zeros.
   *
   * @return the initializer
   */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * Normal numbers around 0.
   *
   * @param deviation their standard deviation, at least 0
   * @return the initializer
   */
  static Initializer normal(double deviation) {
    return (values, rows, columns, key) ->
        each(values, n -> deviation * CounterRandom.gaussian(key, n));
  }

  /**
   * Numbers from −bound to bound, all alike.
   *
   * @param bound at least 0
   * @return the initializer
   */
  static Initializer uniform(double bound) {
    return (values, rows, columns, key) ->
        each(values, n -> bound * (2.0 * CounterRandom.uniform(key, n) - 1));
  }

  /**
   * Uniform with the bound √(6 / (inputs + outputs)), for layers before tanh or sigmoid [1].
   *
   * <p>[1] X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
   * networks", AISTATS 2010.
   *
   * @return the initializer
   */
  static Initializer glorot() {
    return (values, rows, columns, key) ->
        uniform(Math.sqrt(6.0 / (rows + columns))).fill(values, rows, columns, key);
  }

  /**
   * Normal with the deviation √(2 / inputs), for layers before ReLU [1].
   *
   * <p>[1] K. He et al., "Delving deep into rectifiers", ICCV 2015.
   *
   * @return the initializer
   */
  static Initializer he() {
    return (values, rows, columns, key) ->
        normal(Math.sqrt(2.0 / rows)).fill(values, rows, columns, key);
  }

  /**
   * Uniform with the bound √(3 / inputs), which keeps the variance of what goes through [1].
   *
   * <p>[1] Y. LeCun et al., "Efficient BackProp", 1998.
   *
   * @return the initializer
   */
  static Initializer lecun() {
    return (values, rows, columns, key) ->
        uniform(Math.sqrt(3.0 / rows)).fill(values, rows, columns, key);
  }

  private static void each(float[] values, LongToDoubleFunction value) {
    for (int n = 0; n < values.length; n++) {
      values[n] = (float) value.applyAsDouble(n);
    }
  }
}
