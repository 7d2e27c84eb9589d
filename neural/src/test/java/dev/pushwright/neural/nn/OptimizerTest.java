// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.io.TensorFile;
import dev.pushwright.io.TensorFileWriter;
import dev.pushwright.testkit.GradientCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule beside its formula in double. */
class OptimizerTest {

  private static final int STEPS = 6;

  private static Optimizer.Builder builder(String rule) {
    return switch (rule) {
      case "sgd" -> Optimizer.sgd(0.1);
      case "adagrad" -> Optimizer.adagrad(0.1);
      case "adam" -> Optimizer.adam(0.1);
      default -> Optimizer.lazyAdam(0.1);
    };
  }

  /** The formulas of the class comment for one number. */
  private static double[] twin(String rule, double begin, double[] gradients, double decay) {
    double w = begin;
    double s = 0;
    double m = 0;
    double v = 0;
    double[] path = new double[gradients.length];
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      w -= 0.1 * decay * w;
      switch (rule) {
        case "sgd" -> w -= 0.1 * g;
        case "adagrad" -> {
          s += g * g;
          w -= 0.1 * g / (Math.sqrt(s) + 1e-8);
        }
        default -> {
          m = 0.9 * m + 0.1 * g;
          v = 0.999 * v + 0.001 * g * g;
          w -=
              0.1 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
        }
      }
      path[t - 1] = w;
    }
    return path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adagrad", "adam", "lazyAdam"})
  void aMatrixMovesAsTheFormulaSays(String rule) {
    for (double decay : new double[] {0, 0.3}) {
      Parameters parameters = new Parameters(1);
      // More than one block.
      Parameter w = parameters.matrix("w", 100, 77, Initializer.normal(1));
      float[] begin = w.values().clone();
      Optimizer optimizer = builder(rule).weightDecay(decay).build(parameters);
      float[][] g = new float[STEPS][];
      float[][] path = new float[STEPS][];
      for (int t = 0; t < STEPS; t++) {
        g[t] = GradientCheck.random(7700, t);
        System.arraycopy(g[t], 0, w.gradients(), 0, 7700);
        optimizer.step();
        path[t] = w.values().clone();
      }
      assertThat(w.gradients()).containsOnly(0);
      assertThat(optimizer.steps()).isEqualTo(STEPS);
      for (int i = 0; i < 7700; i += 7) {
        double[] gradients = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
          gradients[t] = g[t][i];
        }
        double[] expected = twin(rule, begin[i], gradients, decay);
        for (int t = 0; t < STEPS; t++) {
          assertThat((double) path[t][i]).isCloseTo(expected[t], within(1e-5));
        }
      }
    }
  }

  // Row 1 is looked up twice in the first step, row 2 in the second and third, row 0 never.
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adagrad", "adam", "lazyAdam"})
  void aTableMovesByTheRowsThatWereLookedUp(String rule) {
    Parameters parameters = new Parameters(1);
    Embedding layer = new Embedding(parameters, "e", 3, 2, Initializer.normal(1));
    float[] begin = layer.table().values().clone();
    Optimizer optimizer = builder(rule).build(parameters);
    int[][] ids = {{1, 1}, {2}, {2}};
    for (int[] batch : ids) {
      layer.forward(batch, batch.length);
      layer.backward(new float[] {0.5f, -1, 0.25f, 2});
      optimizer.step();
    }
    float[] end = layer.table().values();
    for (int k = 0; k < 2; k++) {
      double first = k == 0 ? 0.75 : 1;
      double later = k == 0 ? 0.5 : -1;
      double[] ofOne = rule.equals("adam") ? new double[] {first, 0, 0} : new double[] {first};
      assertThat(end[k]).isEqualTo(begin[k]);
      double[] one = twin(rule, begin[2 + k], ofOne, 0);
      assertThat((double) end[2 + k]).isCloseTo(one[one.length - 1], within(1e-5));
      double[] two = twin(rule, begin[4 + k], new double[] {0, later, later}, 0);
      assertThat((double) end[4 + k]).isCloseTo(two[2], within(1e-5));
    }
  }

  // Two tables that are looked up alike, one otherwise; rows up to a hundred times, and some never.
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adagrad", "adam", "lazyAdam"})
  void rowsThatWereLookedUpOftenMoveByTheSumOfTheirGradients(String rule) {
    for (double clip : new double[] {0, 5}) {
      Parameters parameters = new Parameters(1);
      int[] widths = {3, 40, 40};
      Embedding[] layers = new Embedding[3];
      for (int e = 0; e < 3; e++) {
        layers[e] = new Embedding(parameters, "e" + e, 300, widths[e], Initializer.normal(1));
      }
      float[][] begin = parameters.copyValues();
      Optimizer optimizer = builder(rule).clipNorm(clip).build(parameters);
      double[][][] sums = new double[3][2][];
      for (int t = 0; t < 2; t++) {
        double norm = 0;
        for (int e = 0; e < 3; e++) {
          int[] ids = new int[700];
          for (int n = 0; n < 700; n++) {
            float u = CounterRandom.uniform(e == 2 ? 9 : 8, n + 700L * t);
            ids[n] = (int) (u * u * u * 280);
          }
          float[] dy = GradientCheck.random(700 * widths[e], 3 * t + e);
          layers[e].forward(ids, 700);
          layers[e].backward(dy);
          double[] sum = new double[300 * widths[e]];
          for (int i = 0; i < dy.length; i++) {
            sum[ids[i / widths[e]] * widths[e] + i % widths[e]] += dy[i];
          }
          for (double g : sum) {
            norm += g * g;
          }
          sums[e][t] = sum;
        }
        optimizer.step();
        double factor = clip == 0 ? 1 : Math.min(1, clip / Math.sqrt(norm));
        assertThat(factor).isEqualTo(clip == 0 ? 1 : 5 / Math.sqrt(norm));
        for (int e = 0; e < 3; e++) {
          for (int i = 0; i < sums[e][t].length; i++) {
            sums[e][t][i] *= factor;
          }
        }
      }
      for (int e = 0; e < 3; e++) {
        for (int i = 0; i < begin[e].length; i++) {
          double first = sums[e][0][i];
          double second = sums[e][1][i];
          // Where there was one look-up only, lazy Adam sees one gradient, at its own step.
          if (rule.equals("lazyAdam") && second == 0) {
            double[] path = twin(rule, begin[e][i], new double[] {first}, 0);
            assertThat((double) layers[e].table().values()[i]).isCloseTo(path[0], within(2e-5));
          } else {
            double[] path = twin(rule, begin[e][i], new double[] {first, second}, 0);
            assertThat((double) layers[e].table().values()[i]).isCloseTo(path[1], within(2e-5));
          }
        }
      }
    }
  }

  @Test
  void theRateFollowsItsSchedule() {
    assertThat(Schedule.constant().factor(7)).isEqualTo(1);
    Schedule steps = Schedule.steps(10, 0.5);
    assertThat(new double[] {steps.factor(9), steps.factor(10), steps.factor(29)})
        .containsExactly(1, 0.5, 0.25);
    Schedule linear = Schedule.linear(100, 0.2);
    assertThat(new double[] {linear.factor(0), linear.factor(50), linear.factor(1000)})
        .containsExactly(new double[] {1, 0.6, 0.2}, within(1e-12));
    assertThatThrownBy(() -> Schedule.linear(3, 1.5)).hasMessageContaining("floor is 1.5");
    Schedule cosine = Schedule.cosine(100, 0.2);
    assertThat(cosine.factor(0)).isEqualTo(1);
    assertThat(cosine.factor(50)).isCloseTo(0.6, within(1e-12));
    assertThat(cosine.factor(100)).isCloseTo(0.2, within(1e-12));
    assertThat(cosine.factor(1000)).isCloseTo(0.2, within(1e-12));
    Schedule warm = steps.afterWarmUp(4);
    assertThat(new double[] {warm.factor(0), warm.factor(3), warm.factor(4), warm.factor(14)})
        .containsExactly(0.25, 1, 1, 0.5);
    assertThatThrownBy(() -> Schedule.cosine(0, 0)).hasMessageContaining("total is 0");
    Parameters parameters = new Parameters(1);
    Parameter w = parameters.matrix("w", 1, 1, Initializer.zeros());
    Optimizer optimizer = Optimizer.sgd(1).schedule(Schedule.steps(1, 0.5)).build(parameters);
    for (float expected : new float[] {-1, -1.5f, -1.75f}) {
      w.gradients()[0] = 1;
      optimizer.step();
      assertThat(w.values()[0]).isEqualTo(expected);
    }
    assertThat(optimizer.learningRate()).isEqualTo(0.125);
  }

  @Test
  void gradientsThatAreTooLongTogetherAreCut() {
    Parameters parameters = new Parameters(1);
    Parameter w = parameters.matrix("w", 1, 2, Initializer.zeros());
    Embedding e = new Embedding(parameters, "e", 5, 1, Initializer.zeros());
    Optimizer optimizer = Optimizer.sgd(1).clipNorm(6.5).build(parameters);
    // The norm of (3, 4, 12) is 13.
    w.gradients()[0] = 3;
    w.gradients()[1] = 4;
    e.forward(new int[] {2, 2}, 2);
    e.backward(new float[] {5, 7});
    optimizer.step();
    assertThat(w.values()).containsExactly(new float[] {-1.5f, -2}, within(1e-6f));
    assertThat(e.table().values()).containsExactly(new float[] {0, 0, -6, 0, 0}, within(1e-6f));
    w.gradients()[0] = 3;
    optimizer.step();
    assertThat(w.values()[0]).as("a short one is left").isCloseTo(-4.5f, within(1e-6f));
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Optimizer.sgd(0)).hasMessageContaining("learningRate is 0.0");
    assertThatThrownBy(() -> Optimizer.adam(Double.NaN)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> Optimizer.adam(1).clipNorm(-1)).hasMessageContaining("clipNorm is");
    assertThatThrownBy(() -> Optimizer.adam(1).weightDecay(-1))
        .hasMessageContaining("weightDecay is -1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adagrad", "adam", "lazyAdam"})
  void aSavedOptimizerGoesOnToTheBit(String rule, @TempDir Path folder) {
    Path file = folder.resolve("o.safetensors");
    Parameters one = new Parameters(1);
    one.matrix("w", 3, 3, Initializer.normal(1));
    Embedding table = new Embedding(one, "e", 4, 2, Initializer.normal(1));
    Optimizer first = builder(rule).build(one);
    move(one, table, first, 3);
    TensorFileWriter out = new TensorFileWriter();
    one.save(new ModelWriter(out).section("net"));
    first.save(new ModelWriter(out).section("optimizer"));
    out.write(file);
    Parameters two = new Parameters(2);
    two.matrix("w", 3, 3, Initializer.zeros());
    Embedding again = new Embedding(two, "e", 4, 2, Initializer.zeros());
    Optimizer second = builder(rule).build(two);
    try (TensorFile in = TensorFile.open(file)) {
      two.read(new ModelReader(in).section("net"));
      second.read(new ModelReader(in).section("optimizer"));
    }
    move(one, table, first, 4);
    move(two, again, second, 4);
    assertThat(two.copyValues()).isDeepEqualTo(one.copyValues());
  }

  private static void move(Parameters parameters, Embedding table, Optimizer optimizer, int n) {
    for (int t = 0; t < n; t++) {
      System.arraycopy(GradientCheck.random(9, 5 + t), 0, parameters.get("w").gradients(), 0, 9);
      table.forward(new int[] {t % 4, 1}, 2);
      table.backward(GradientCheck.random(4, t));
      optimizer.step();
    }
  }
}
