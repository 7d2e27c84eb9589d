// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static dev.pushwright.testkit.GradientCheck.check;
import static dev.pushwright.testkit.GradientCheck.dot;
import static dev.pushwright.testkit.GradientCheck.doubles;
import static dev.pushwright.testkit.GradientCheck.random;
import static dev.pushwright.testkit.GradientCheck.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.testkit.GradientCheck;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers over sequences beside twins in double, as {@link LayersTest} does it. */
class SequenceLayersTest {

  /** What a twin is given: one of them is moved at a time. */
  private static final class Given {
    final double[][] arrays;

    Given(double[][] arrays) {
      this.arrays = arrays;
    }

    Given with(int index, double[] values) {
      double[][] copy = arrays.clone();
      copy[index] = values;
      return new Given(copy);
    }
  }

  private static void checkAll(
      Function<Given, double[]> twin, float[] c, String[] names, float[][] at, float[][] found) {
    Given given = new Given(Arrays.stream(at).map(GradientCheck::doubles).toArray(double[][]::new));
    for (int i = 0; i < names.length; i++) {
      int index = i;
      check(names[i], t -> dot(twin.apply(given.with(index, t)), c), at[i], found[i]);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  // x, start, W, U, b, c.
  private static double[] gru(Given given, int batch, int steps, int in, int units) {
    double[] x = given.arrays[0];
    double[] w = given.arrays[2];
    double[] u = given.arrays[3];
    double[] y = new double[batch * steps * units];
    for (int s = 0; s < batch; s++) {
      double[] h = Arrays.copyOfRange(given.arrays[1], s * units, (s + 1) * units);
      for (int t = 0; t < steps; t++) {
        int row = s * steps + t;
        double[] fromInput = given.arrays[4].clone();
        double[] fromPast = new double[3 * units];
        for (int g = 0; g < 3 * units; g++) {
          for (int i = 0; i < in; i++) {
            fromInput[g] += x[row * in + i] * w[i * 3 * units + g];
          }
          for (int i = 0; i < units; i++) {
            fromPast[g] += h[i] * u[i * 3 * units + g];
          }
        }
        for (int j = 0; j < units; j++) {
          double r = sigmoid(fromInput[j] + fromPast[j]);
          double z = sigmoid(fromInput[units + j] + fromPast[units + j]);
          double n =
              Math.tanh(
                  fromInput[2 * units + j] + r * (fromPast[2 * units + j] + given.arrays[5][j]));
          y[row * units + j] = (1 - z) * n + z * h[j];
        }
        h = Arrays.copyOfRange(y, row * units, (row + 1) * units);
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "3, 4, 5, 2", "2, 7, 3, 9"})
  void recurrentUnitsGiveTheirStatesAndAllGradients(int batch, int steps, int in, int units) {
    Parameters parameters = new Parameters(1);
    Gru layer = new Gru(parameters, "g", in, units);
    float[] b = parameters.get("g.bias").values();
    float[] c = parameters.get("g.candidate-bias").values();
    System.arraycopy(random(b.length, 2), 0, b, 0, b.length);
    System.arraycopy(random(c.length, 3), 0, c, 0, c.length);
    float[] x = random(batch * steps * in, 4);
    float[] start = random(batch * units, 5);
    float[] weights = random(batch * steps * units, 6);
    float[] w = parameters.get("g.input").values();
    float[] u = parameters.get("g.recurrent").values();
    float[][] at = {x, start, w, u, b, c};
    Given given = new Given(Arrays.stream(at).map(GradientCheck::doubles).toArray(double[][]::new));
    same("h", gru(given, batch, steps, in, units), layer.forward(x, start, batch, steps));
    float[] dx = layer.backward(weights);
    checkAll(
        g -> gru(g, batch, steps, in, units),
        weights,
        new String[] {"dx", "dStart", "dW", "dU", "db", "dc"},
        at,
        new float[][] {
          dx,
          layer.dStart(),
          parameters.get("g.input").gradients(),
          parameters.get("g.recurrent").gradients(),
          parameters.get("g.bias").gradients(),
          parameters.get("g.candidate-bias").gradients()
        });
  }

  @Test
  void aSequenceGoesOnFromItsStateAndPaddingChangesNothing() {
    Parameters parameters = new Parameters(1);
    Gru layer = new Gru(parameters, "g", 3, 4);
    float[] x = random(5 * 3, 2);
    float[] whole = layer.forward(x, 1, 5).clone();
    assertThat(Arrays.copyOf(layer.forward(x, 1, 3), 12)).containsExactly(Arrays.copyOf(whole, 12));
    float[] state = Arrays.copyOfRange(whole, 8, 12);
    float[] rest = layer.forward(Arrays.copyOfRange(x, 9, 15), state, 1, 2);
    assertThat(Arrays.copyOf(rest, 8)).containsExactly(Arrays.copyOfRange(whole, 12, 20));
    assertThatThrownBy(() -> layer.forward(x, 2, 3)).hasMessageContaining("x has 15 elements");
    assertThatThrownBy(() -> layer.forward(x, new float[3], 1, 3))
        .hasMessageContaining("start has 3 elements");
  }

  @Test
  void frozenUnitsHandOnTheGradientAndLearnNothing() {
    Parameters origin = new Parameters(1);
    Gru trained = new Gru(origin, "g", 2, 3);
    Parameters parameters = new Parameters(2);
    origin.all().forEach(p -> parameters.adopt(p, true));
    Gru frozen = new Gru(parameters, "g", 2, 3);
    float[] x = random(8, 3);
    float[] c = random(12, 4);
    trained.forward(x, 2, 2);
    frozen.forward(x, 2, 2);
    assertThat(frozen.backward(c)).containsExactly(trained.backward(c));
    assertThat(parameters.get("g.input").gradients()).isEmpty();
  }

  // q, k, v.
  private static double[] attention(Given given, int[] lengths, int steps, int places, int d) {
    double[] v = given.arrays[2];
    int e = v.length / (lengths.length * places);
    double[] y = new double[lengths.length * steps * e];
    for (int row = 0; row < lengths.length * steps; row++) {
      int memory = row / steps * places;
      double[] weights = new double[lengths[row / steps]];
      for (int s = 0; s < weights.length; s++) {
        for (int i = 0; i < d; i++) {
          weights[s] += given.arrays[0][row * d + i] * given.arrays[1][(memory + s) * d + i];
        }
        weights[s] = Math.exp(weights[s] / Math.sqrt(d));
      }
      double sum = Arrays.stream(weights).sum();
      for (int s = 0; s < weights.length; s++) {
        for (int j = 0; j < e; j++) {
          y[row * e + j] += weights[s] / sum * v[(memory + s) * e + j];
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "4, 5, 3, 2", "1, 6, 7, 18"})
  void attentionGivesTheWeightedMeanAndAllGradients(int steps, int places, int d, int e) {
    int[] lengths = {places, 1, Math.max(1, places - 1)};
    float[] q = random(3 * steps * d, 1);
    float[] k = random(3 * places * d, 2);
    float[] v = random(3 * places * e, 3);
    float[] c = random(3 * steps * e, 4);
    Attention layer = new Attention(d, e);
    Given given = new Given(new double[][] {doubles(q), doubles(k), doubles(v)});
    same(
        "y",
        attention(given, lengths, steps, places, d),
        layer.forward(q, k, v, lengths, 3, steps, places));
    layer.backward(c);
    checkAll(
        g -> attention(g, lengths, steps, places, d),
        c,
        new String[] {"dq", "dk", "dv"},
        new float[][] {q, k, v},
        new float[][] {layer.dq(), layer.dk(), layer.dv()});
    if (places > 1) {
      assertThat(Arrays.copyOfRange(layer.weights(), steps * places, (steps + 1) * places))
          .startsWith(1f)
          .endsWith(0f);
    }
  }

  @Test
  void aMemoryOfNoPlaceIsRefused() {
    Attention layer = new Attention(1, 1);
    float[] one = {1};
    assertThatThrownBy(() -> layer.forward(one, one, one, new int[] {0}, 1, 1, 1))
        .hasMessage("memory 0 has 0 places; 1 to 1 are possible");
    assertThatThrownBy(() -> new Attention(0, 1)).hasMessageContaining("width is 0");
  }
}
