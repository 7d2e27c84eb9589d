// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.Activation;
import dev.pushwright.neural.nn.Concat;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Parameters;

/**
 * From a profile x and noise z to the features of an item: two hidden layers with ReLU and a linear
 * one. The decoder of the autoencoder and the generator of the adversarial pair.
 */
final class Generator {

  /** What the names of its parameters begin with. */
  static final String PREFIX = "generator.";

  private final Parameters parameters;
  private final Shape shape;
  private final Concat join;
  private final Dense first;
  private final Activation firstRelu = new Activation(Activation.Function.RELU);
  private final Dense second;
  private final Activation secondRelu = new Activation(Activation.Function.RELU);
  private final Dense out;

  Generator(Parameters parameters, Shape shape) {
    this.parameters = parameters;
    this.shape = shape;
    this.join = new Concat(shape.profile(), shape.noise());
    int inputs = shape.profile() + shape.noise();
    this.first = new Dense(parameters, PREFIX + "1", inputs, shape.hidden(), Initializer.he());
    this.second =
        new Dense(parameters, PREFIX + "2", shape.hidden(), shape.hidden(), Initializer.he());
    this.out =
        new Dense(parameters, PREFIX + "3", shape.hidden(), shape.item(), Initializer.glorot());
  }

  /** What it was made on. */
  Parameters parameters() {
    return parameters;
  }

  /**
   * Generates.
   *
   * @param x profiles, B×P
   * @param z noise, B×K
   * @param rows B
   * @return B×D
   */
  float[] forward(float[] x, float[] z, int rows) {
    float[] h = first.forward(join.forward(rows, x, z), rows);
    h = second.forward(firstRelu.forward(h, rows * shape.hidden()), rows);
    return out.forward(secondRelu.forward(h, rows * shape.hidden()), rows);
  }

  /**
   * Adds to the gradients.
   *
   * @param dy gradient of what {@link #forward} gave, B×D
   * @return gradient of the noise, B×K
   */
  float[] backward(float[] dy) {
    float[] dh = second.backward(secondRelu.backward(out.backward(dy)));
    return join.backward(first.backward(firstRelu.backward(dh)))[1];
  }
}
