// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.util.function.DoubleSupplier;

/**
 * Holds the gradient of a whole network to central differences of its own loss, in float32: steps
 * of 1/256 on numbers of deviation near 1 leave four digits.
 */
final class NetGradients {

  private NetGradients() {}

  /** Gives the parameters numbers that are far from 0. */
  static void scatter(Parameters parameters, double deviation) {
    for (Parameter parameter : parameters.all()) {
      for (int i = 0; i < parameter.values().length; i++) {
        parameter.values()[i] =
            (float) (deviation * CounterRandom.gaussian(9, i + parameter.columns()));
      }
    }
  }

  /**
   * Checks every number of every parameter.
   *
   * @param parameters those of the network
   * @param loss computes the loss
   * @param learn computes it once and adds to the gradients
   * @param bend how far the two one-sided slopes may differ: more is the bend of a ReLU between
   */
  static void check(Parameters parameters, DoubleSupplier loss, Runnable learn, double bend) {
    float[][] before = parameters.copyValues();
    learn.run();
    // With SGD of rate 1 the gradient is what the parameters have lost.
    Optimizer.sgd(1).build(parameters).step();
    float[][] after = parameters.copyValues();
    parameters.setValues(before);
    double here = loss.getAsDouble();
    int checked = 0;
    for (int p = 0; p < before.length; p++) {
      float[] values = parameters.all().get(p).values();
      for (int i = 0; i < values.length; i++) {
        float h = 1 / 256f;
        values[i] = before[p][i] + h;
        double up = loss.getAsDouble();
        values[i] = before[p][i] - h;
        double down = loss.getAsDouble();
        values[i] = before[p][i];
        double slope = (up - down) / (2 * h);
        if (Math.abs(up - 2 * here + down) / (2 * h) < bend) {
          assertThat((double) before[p][i] - after[p][i])
              .as("%s %s", parameters.all().get(p), i)
              .isCloseTo(slope, within(5e-3 * Math.max(1, Math.abs(slope))));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan((int) (0.9 * parameters.size()));
  }
}
