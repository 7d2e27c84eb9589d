// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;
import java.util.List;

/** The gradients of all parameters of a network, for one chunk of a batch. */
final class Gradients {

  private final float[][] dense;
  private final RowGradients[] sparse;

  private Gradients(float[][] dense, RowGradients[] sparse) {
    this.dense = dense;
    this.sparse = sparse;
  }

  /** New ones, 0. */
  static Gradients zeros(List<Parameter> parameters) {
    return new Gradients(
        parameters.stream().map(Gradients::dense).toArray(float[][]::new),
        parameters.stream().map(Gradients::sparse).toArray(RowGradients[]::new));
  }

  /** Those that the parameters have now. */
  static Gradients own(List<Parameter> parameters) {
    return new Gradients(
        parameters.stream().map(Parameter::gradients).toArray(float[][]::new),
        parameters.stream().map(Parameter::rowGradients).toArray(RowGradients[]::new));
  }

  static float[] dense(Parameter parameter) {
    return new float[parameter.isTable() || parameter.isFrozen() ? 0 : parameter.values().length];
  }

  static RowGradients sparse(Parameter parameter) {
    return parameter.isTable() && !parameter.isFrozen()
        ? new RowGradients(parameter.columns())
        : RowGradients.NONE;
  }

  void clear() {
    for (int p = 0; p < dense.length; p++) {
      Arrays.fill(dense[p], 0);
      sparse[p].clear();
    }
  }

  float[] dense(int parameter) {
    return dense[parameter];
  }

  RowGradients sparse(int parameter) {
    return sparse[parameter];
  }
}
