// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static dev.pushwright.testkit.GradientCheck.check;
import static dev.pushwright.testkit.GradientCheck.dot;
import static dev.pushwright.testkit.GradientCheck.doubles;
import static dev.pushwright.testkit.GradientCheck.random;
import static dev.pushwright.testkit.GradientCheck.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each layer beside a twin in double: what it gives, and its gradients against central differences
 * of the twin. The loss is Σ c·y with random c, so that the gradient of y is c.
 */
class LayersTest {

  private static double[] dense(double[] x, double[] w, double[] b, int rows, int in, int out) {
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        y[r * out + o] = b[o];
        for (int i = 0; i < in; i++) {
          y[r * out + o] += x[r * in + i] * w[i * out + o];
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 7, 3", "33, 4, 18"})
  void denseLayersGiveTheProductAndItsGradients(int rows, int in, int out) {
    Parameters parameters = new Parameters(1);
    Dense layer = new Dense(parameters, "d", in, out, Initializer.glorot());
    float[] w = layer.weight().values();
    float[] b = layer.bias().values();
    System.arraycopy(random(out, 2), 0, b, 0, out);
    float[] x = random(rows * in, 3);
    float[] c = random(rows * out, 4);
    same("y", dense(doubles(x), doubles(w), doubles(b), rows, in, out), layer.forward(x, rows));
    float[] dx = layer.backward(c);
    check("dx", t -> dot(dense(t, doubles(w), doubles(b), rows, in, out), c), x, dx);
    check(
        "dW",
        t -> dot(dense(doubles(x), t, doubles(b), rows, in, out), c),
        w,
        layer.weight().gradients());
    check(
        "db",
        t -> dot(dense(doubles(x), doubles(w), t, rows, in, out), c),
        b,
        layer.bias().gradients());
    float[] once = layer.weight().gradients().clone();
    layer.forward(x, rows);
    layer.learn(c);
    for (int i = 0; i < once.length; i++) {
      assertThat(layer.weight().gradients()[i]).isCloseTo(2 * once[i], within(1e-4f));
    }
    parameters.clearGradients();
    assertThat(layer.weight().gradients()).containsOnly(0);
  }

  private static DoubleUnaryOperator twin(Activation.Function function) {
    return switch (function) {
      case RELU -> x -> Math.max(x, 0);
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case TANH -> Math::tanh;
      case GELU ->
          x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    };
  }

  @ParameterizedTest
  @EnumSource
  void activationsGiveTheFunctionAndItsSlope(Activation.Function function) {
    float[] x = random(400, 5);
    for (int i = 0; i < x.length; i++) {
      x[i] *= i % 5;
    }
    // No central difference at the bend of ReLU.
    for (int i = 0; i < x.length; i++) {
      x[i] += Math.abs(x[i]) < 1e-3 ? 0.01f : 0;
    }
    float[] c = random(x.length, 6);
    Activation layer = new Activation(function);
    double[] expected = Arrays.stream(doubles(x)).map(twin(function)).toArray();
    same("y", expected, layer.forward(x, x.length));
    check("dx", t -> dot(Arrays.stream(t).map(twin(function)).toArray(), c), x, layer.backward(c));
  }

  @ParameterizedTest
  @EnumSource
  void activationsOfLargeNumbersAreFinite(Activation.Function function) {
    float[] x = {-1e30f, -100, 0, 100, 1e30f};
    Activation layer = new Activation(function);
    float[] y = layer.forward(x, 5);
    float[] dx = layer.backward(new float[] {1, 1, 1, 1, 1});
    for (int i = 0; i < 4; i++) {
      assertThat(y[i]).isFinite();
      assertThat(dx[i]).isFinite();
    }
  }

  private static double[] norm(double[] x, double[] g, double[] b, int rows) {
    int width = g.length;
    double[] y = new double[rows * width];
    for (int r = 0; r < rows; r++) {
      double[] row = Arrays.copyOfRange(x, r * width, (r + 1) * width);
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < width; i++) {
        y[r * width + i] = g[i] * (row[i] - mean) / Math.sqrt(variance + 1e-5) + b[i];
      }
    }
    return y;
  }

  @Test
  void layerNormGivesTheStandardisedRowsAndTheirGradients() {
    int rows = 4;
    int width = 9;
    Parameters parameters = new Parameters(1);
    LayerNorm layer = new LayerNorm(parameters, "n", width);
    float[] g = parameters.get("n.gain").values();
    float[] b = parameters.get("n.bias").values();
    System.arraycopy(random(width, 1), 0, g, 0, width);
    System.arraycopy(random(width, 2), 0, b, 0, width);
    float[] x = random(rows * width, 3);
    float[] c = random(rows * width, 4);
    same("y", norm(doubles(x), doubles(g), doubles(b), rows), layer.forward(x, rows));
    check("dx", t -> dot(norm(t, doubles(g), doubles(b), rows), c), x, layer.backward(c));
    check(
        "dg",
        t -> dot(norm(doubles(x), t, doubles(b), rows), c),
        g,
        parameters.get("n.gain").gradients());
    check(
        "db",
        t -> dot(norm(doubles(x), doubles(g), t, rows), c),
        b,
        parameters.get("n.bias").gradients());
  }

  @Test
  void aConstantRowIsNoTroubleToLayerNorm() {
    LayerNorm layer = new LayerNorm(new Parameters(1), "n", 3);
    assertThat(layer.forward(new float[] {7, 7, 7}, 1)).startsWith(0, 0, 0);
    for (float d : layer.backward(new float[] {1, 0, -1})) {
      assertThat(d).isFinite();
    }
  }

  @Test
  void embeddingsGiveTheirRowsAndSumTheGradientsOfRowsLookedUpTwice() {
    Parameters parameters = new Parameters(1);
    Embedding layer = new Embedding(parameters, "e", 5, 3, Initializer.normal(1));
    int[] ids = {4, 0, 4, 2};
    float[] table = layer.table().values().clone();
    float[] y = layer.forward(ids, 4);
    for (int r = 0; r < 4; r++) {
      for (int k = 0; k < 3; k++) {
        assertThat(y[r * 3 + k]).isEqualTo(table[ids[r] * 3 + k]);
      }
    }
    float[] c = random(12, 2);
    layer.backward(c);
    // With SGD of rate 1 the gradient is what the table has lost.
    Optimizer.sgd(1).build(parameters).step();
    float[] gradient = new float[15];
    for (int i = 0; i < 15; i++) {
      gradient[i] = table[i] - layer.table().values()[i];
    }
    check(
        "dE",
        t -> {
          double loss = 0;
          for (int i = 0; i < 12; i++) {
            loss += t[ids[i / 3] * 3 + i % 3] * c[i];
          }
          return loss;
        },
        table,
        gradient);
  }

  @Test
  void embeddingsWriteIntoAPartOfAnInput() {
    Embedding layer = new Embedding(new Parameters(1), "e", 5, 2, Initializer.normal(1));
    float[] y = new float[2 * 7];
    layer.forward(new int[] {9, 1, 3}, 1, 2, y, 4, 7);
    float[] table = layer.table().values();
    assertThat(y)
        .containsExactly(0, 0, 0, 0, table[2], table[3], 0, 0, 0, 0, 0, table[6], table[7], 0);
  }

  @Test
  void aRowThatIsNotThereIsRefused() {
    Embedding layer = new Embedding(new Parameters(1), "e", 5, 2, Initializer.normal(1));
    assertThatThrownBy(() -> layer.forward(new int[] {5}, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void dropoutKeepsTheMeanAndSendsBackWhatItLetThrough() {
    Dropout layer = new Dropout(0.25);
    float[] x = new float[20_000];
    Arrays.fill(x, 1);
    float[] y = layer.forward(x, x.length, Mode.TRAIN, 42).clone();
    long dropped = 0;
    double sum = 0;
    for (float v : y) {
      dropped += v == 0 ? 1 : 0;
      sum += v;
      assertThat(v == 0 || Math.abs(v - 4 / 3f) < 1e-6).isTrue();
    }
    // Five standard deviations of the share.
    assertThat(dropped / 20_000.0).isCloseTo(0.25, within(5 * Math.sqrt(0.25 * 0.75 / 20_000)));
    assertThat(sum / 20_000).isCloseTo(1, within(0.03));
    assertThat(layer.backward(x)).startsWith(y);
    assertThat(layer.forward(x, x.length, Mode.TRAIN, 42)).startsWith(y);
    assertThat(layer.forward(x, x.length, Mode.TRAIN, 43)).isNotEqualTo(y);
    assertThat(layer.forward(x, x.length, Mode.INFER, 42)).isSameAs(x);
    assertThat(layer.backward(y)).isSameAs(y);
    assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("share is 1.0");
  }

  @Test
  void concatPutsColumnsSideBySideAndTakesThemApart() {
    Concat layer = new Concat(1, 2);
    assertThat(layer.forward(2, new float[] {1, 2}, new float[] {3, 4, 5, 6}))
        .startsWith(1, 3, 4, 2, 5, 6);
    float[][] d = layer.backward(new float[] {1, 2, 3, 4, 5, 6});
    assertThat(d[0]).startsWith(1, 4);
    assertThat(d[1]).startsWith(2, 3, 5, 6);
    assertThatThrownBy(() -> layer.forward(1, new float[1]))
        .hasMessageContaining("1 inputs were given, 2 are due");
  }

  @Test
  void productsHaveTheGradientsOfTheProduct() {
    float[] x = random(10, 1);
    float[] y = random(10, 2);
    float[] c = random(10, 3);
    Product layer = new Product();
    double[] expected = new double[10];
    Arrays.setAll(expected, i -> (double) x[i] * y[i]);
    same("z", expected, layer.forward(x, y, 10));
    layer.backward(c);
    for (float[][] pair : new float[][][] {{x, y, layer.dx()}, {y, x, layer.dy()}}) {
      check(
          "d",
          t -> {
            double loss = 0;
            for (int i = 0; i < 10; i++) {
              loss += t[i] * pair[1][i] * c[i];
            }
            return loss;
          },
          pair[0],
          pair[2]);
    }
  }

  @Test
  void arraysThatAreTooShortAreRefused() {
    assertThatThrownBy(() -> new Activation(Activation.Function.RELU).forward(new float[3], 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x has 3 elements; 4 rows of 1 are due");
    Dense dense = new Dense(new Parameters(1), "d", 3, 2, Initializer.zeros());
    assertThatThrownBy(() -> dense.forward(new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
