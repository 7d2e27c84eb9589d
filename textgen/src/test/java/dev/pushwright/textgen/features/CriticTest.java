// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.testkit.GradientCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class CriticTest {

  private static final Shape SHAPE = new Shape(4, 5, 2, 6);
  private static final int ROWS = 3;
  private static final int WIDTH = SHAPE.profile() + SHAPE.item();
  private static final double H = 1e-5;

  private final Parameters parameters = new Parameters(5);
  private final Critic critic = new Critic(parameters, SHAPE);
  private final float[] u = GradientCheck.random(ROWS * WIDTH, 1);

  CriticTest() {
    // Biases other than 0, so that their part is not hidden.
    for (Parameter parameter : parameters.all()) {
      if (parameter.name().endsWith("bias")) {
        float[] values =
            GradientCheck.random(parameter.values().length, parameter.name().hashCode());
        System.arraycopy(values, 0, parameter.values(), 0, values.length);
      }
    }
  }

  private Map<String, double[]> values() {
    Map<String, double[]> values = new HashMap<>();
    parameters.all().forEach(p -> values.put(p.name(), GradientCheck.doubles(p.values())));
    return values;
  }

  private static double[] judge(Map<String, double[]> w, double[] u) {
    int h = SHAPE.hidden();
    int rows = u.length / WIDTH;
    double[] a = DoubleTwin.relu(DoubleTwin.layer(w, "critic.1", u, rows, WIDTH), 0.2f);
    a = DoubleTwin.relu(DoubleTwin.layer(w, "critic.2", a, rows, h), 0.2f);
    return DoubleTwin.layer(w, "critic.3", a, rows, h);
  }

  /** Σ (|∂s/∂y| − 1)², the gradient itself by central differences of the twin. */
  private static double penalty(Map<String, double[]> w, double[] u) {
    double penalty = 0;
    for (int r = 0; r < ROWS; r++) {
      double squares = 0;
      for (int d = 0; d < SHAPE.item(); d++) {
        double[] point = u.clone();
        int at = r * WIDTH + SHAPE.profile() + d;
        point[at] += H;
        double up = judge(w, point)[r];
        point[at] -= 2 * H;
        double slope = (up - judge(w, point)[r]) / (2 * H);
        squares += slope * slope;
      }
      penalty += (Math.sqrt(squares) - 1) * (Math.sqrt(squares) - 1);
    }
    return penalty;
  }

  private void checkWeights(String what, ToDoubleFunction<Map<String, double[]>> twin) {
    for (Parameter parameter : parameters.all()) {
      GradientCheck.check(
          what + " by " + parameter.name(),
          point -> {
            Map<String, double[]> w = values();
            w.put(parameter.name(), point);
            return twin.applyAsDouble(w);
          },
          parameter.values(),
          parameter.gradients());
    }
  }

  @Test
  void scoresAreThoseOfTheTwin() {
    float[] s = critic.forward(u, ROWS);
    double[] expected = judge(values(), GradientCheck.doubles(u));
    for (int r = 0; r < ROWS; r++) {
      assertThat((double) s[r]).isCloseTo(expected[r], within(1e-5));
    }
  }

  @Test
  void gradientsAreTheSlopes() {
    float[] ds = GradientCheck.random(ROWS, 2);
    critic.forward(u, ROWS);
    critic.learn(ds);
    checkWeights("scores", w -> weighted(judge(w, GradientCheck.doubles(u)), ds));
  }

  private static double weighted(double[] s, float[] ds) {
    double sum = 0;
    for (int r = 0; r < ROWS; r++) {
      sum += ds[r] * s[r];
    }
    return sum;
  }

  @Test
  void itemGradientIsTheSlopeAndTeachesNothing() {
    float[] ds = GradientCheck.random(ROWS, 3);
    critic.forward(u, ROWS);
    float[] g = critic.itemGradient(ds);
    double[] point = GradientCheck.doubles(u);
    for (int r = 0; r < ROWS; r++) {
      for (int d = 0; d < SHAPE.item(); d++) {
        int at = r * WIDTH + SHAPE.profile() + d;
        double before = point[at];
        point[at] = before + H;
        double up = weighted(judge(values(), point), ds);
        point[at] = before - H;
        double slope = (up - weighted(judge(values(), point), ds)) / (2 * H);
        point[at] = before;
        assertThat((double) g[r * SHAPE.item() + d]).isCloseTo(slope, within(1e-5));
      }
    }
    assertThat(parameters.all()).allSatisfy(p -> assertThat(p.gradients()).containsOnly(0f));
  }

  @Test
  void penaltyIsThatOfTheTwinAndItsGradientsAreTheSlopes() {
    critic.forward(u, ROWS);
    double found = critic.penalise(1);
    assertThat(found).isCloseTo(penalty(values(), GradientCheck.doubles(u)), within(1e-4));
    for (Parameter parameter : parameters.all()) {
      double[] point = GradientCheck.doubles(parameter.values());
      for (int i = 0; i < point.length; i++) {
        double before = point[i];
        point[i] = before + 1e-4;
        double up = penaltyWith(parameter.name(), point);
        point[i] = before - 1e-4;
        double slope = (up - penaltyWith(parameter.name(), point)) / 2e-4;
        point[i] = before;
        assertThat((double) parameter.gradients()[i])
            .as("penalty by %s, element %s", parameter.name(), i)
            .isCloseTo(slope, within(2e-4 * Math.max(1, Math.abs(slope))));
      }
    }
  }

  private double penaltyWith(String name, double[] point) {
    Map<String, double[]> w = values();
    w.put(name, point);
    return penalty(w, GradientCheck.doubles(u));
  }
}
