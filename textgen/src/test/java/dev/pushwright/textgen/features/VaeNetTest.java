// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.testkit.GradientCheck;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaeNetTest {

  private static final Shape SHAPE = new Shape(4, 5, 3, 6);
  private static final int ROWS = 4;

  private final float[] x = GradientCheck.random(ROWS * SHAPE.profile(), 1);
  private final float[] y = GradientCheck.random(ROWS * SHAPE.item(), 2);
  private final float[] noise = GradientCheck.random(ROWS * SHAPE.noise(), 3);

  private double twin(Map<String, double[]> w, VaeNet.Cost cost) {
    int h = SHAPE.hidden();
    int k = SHAPE.noise();
    double[] xs = GradientCheck.doubles(x);
    double[] joined =
        DoubleTwin.join(xs, SHAPE.profile(), GradientCheck.doubles(y), SHAPE.item(), ROWS);
    double[] hidden =
        DoubleTwin.relu(layer(w, "encoder.1", joined, SHAPE.profile() + SHAPE.item()), 0);
    double[] mean = layer(w, "encoder.mean", hidden, h);
    double[] logVariance = layer(w, "encoder.logVariance", hidden, h);
    double[] z = new double[ROWS * k];
    double[] kl = new double[k];
    for (int i = 0; i < z.length; i++) {
      z[i] = mean[i] + Math.exp(0.5 * logVariance[i]) * noise[i];
      kl[i % k] += 0.5 * (mean[i] * mean[i] + Math.exp(logVariance[i]) - 1 - logVariance[i]);
    }
    double[] g = DoubleTwin.join(xs, SHAPE.profile(), z, k, ROWS);
    g = DoubleTwin.relu(layer(w, "generator.1", g, SHAPE.profile() + k), 0);
    g = DoubleTwin.relu(layer(w, "generator.2", g, h), 0);
    g = layer(w, "generator.3", g, h);
    double error = 0;
    for (int i = 0; i < g.length; i++) {
      error += (g[i] - y[i]) * (g[i] - y[i]);
    }
    double paid = 0;
    for (double one : kl) {
      paid += Math.max(cost.freeBits() * ROWS, one);
    }
    return error / (2 * cost.variance())
        + 0.5 * g.length * Math.log(cost.variance())
        + cost.beta() * paid;
  }

  private static double[] layer(Map<String, double[]> w, String name, double[] in, int inputs) {
    return DoubleTwin.layer(w, name, in, ROWS, inputs);
  }

  // 0.1 lies between the divergences of the three numbers of z: some are pressed for, some not.
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 100})
  void lossAndGradientsAreThoseOfTheTwin(double freeBits) {
    Parameters parameters = new Parameters(6);
    VaeNet net = new VaeNet(parameters, SHAPE);
    VaeNet.Cost cost = new VaeNet.Cost(0.7, freeBits, 0.4);
    double loss = net.forward(x, y, noise, ROWS, cost);
    net.backward(noise, ROWS, cost, 1);
    Map<String, double[]> values = new HashMap<>();
    parameters.all().forEach(p -> values.put(p.name(), GradientCheck.doubles(p.values())));
    assertThat(loss).isCloseTo(twin(values, cost), within(1e-4));
    for (Parameter parameter : parameters.all()) {
      GradientCheck.check(
          parameter.name(),
          point -> {
            Map<String, double[]> w = new HashMap<>(values);
            w.put(parameter.name(), point);
            return twin(w, cost);
          },
          parameter.values(),
          parameter.gradients());
    }
  }

  @Test
  void numbersThatCostLessThanTheFreeBitsAreNotPressedFor() {
    VaeNet net = new VaeNet(new Parameters(6), SHAPE);
    net.forward(x, y, noise, ROWS, new VaeNet.Cost(1, 0.1, 0.4));
    int below = 0;
    for (int k = 0; k < SHAPE.noise(); k++) {
      below += net.divergence(k, ROWS) < 0.1 * ROWS ? 1 : 0;
    }
    assertThat(below).as("so that the case above tries both").isBetween(1, SHAPE.noise() - 1);
  }

  @Test
  void rowsAreBroughtToOneLengthAndTheGradientIsTheSlope() {
    UnitRows unit = new UnitRows(3);
    float[] at = GradientCheck.random(6, 4);
    float[] dy = GradientCheck.random(6, 5);
    float[] found = unit.forward(at, 2);
    for (int r = 0; r < 2; r++) {
      double squares = 0;
      for (int d = 3 * r; d < 3 * r + 3; d++) {
        squares += found[d] * found[d];
      }
      assertThat(squares).isCloseTo(3, within(1e-5));
    }
    GradientCheck.check(
        "rows",
        point -> {
          double sum = 0;
          for (int r = 0; r < 2; r++) {
            double squares = 0;
            for (int d = 3 * r; d < 3 * r + 3; d++) {
              squares += point[d] * point[d];
            }
            for (int d = 3 * r; d < 3 * r + 3; d++) {
              sum += dy[d] * point[d] * Math.sqrt(3 / squares);
            }
          }
          return sum;
        },
        at,
        unit.backward(dy));
  }
}
