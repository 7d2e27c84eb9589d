// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Optimizer;

/** By which rule parameters move, see {@link Optimizer}. */
public enum OptimizerRule {
  /** Stochastic gradient descent. */
  SGD,
  /** Steps that shrink with what was walked. */
  ADAGRAD,
  /** Steps by the moments of the gradient, of every row of users and items at each step: slow. */
  ADAM,
  /** The same, of the rows that a batch has. */
  LAZY_ADAM;

  Optimizer.Builder of(double learningRate) {
    return switch (this) {
      case SGD -> Optimizer.sgd(learningRate);
      case ADAGRAD -> Optimizer.adagrad(learningRate);
      case ADAM -> Optimizer.adam(learningRate);
      case LAZY_ADAM -> Optimizer.lazyAdam(learningRate);
    };
  }
}
