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

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Lstm} beside a twin in double that follows the formulas step by step. */
class LstmTest {

  private static final class Shape {
    final int inputs;
    final int hidden;
    final int steps;
    final int[] lengths;

    Shape(int inputs, int hidden, int steps, int... lengths) {
      this.inputs = inputs;
      this.hidden = hidden;
      this.steps = steps;
      this.lengths = lengths;
    }

    int batch() {
      return lengths.length;
    }
  }

  /** h of all steps, then h and c of the end. */
  private static double[] twin(
      Shape s, double[] x, double[] w, double[] u, double[] bias, double[] h0, double[] c0) {
    int width = s.hidden;
    double[] y = new double[(s.steps + 2) * s.batch() * width];
    double[] h = h0.clone();
    double[] c = c0.clone();
    for (int t = 0; t < s.steps; t++) {
      for (int b = 0; b < s.batch(); b++) {
        double[] sums = bias.clone();
        for (int k = 0; k < 4 * width; k++) {
          for (int i = 0; i < s.inputs; i++) {
            sums[k] += x[(t * s.batch() + b) * s.inputs + i] * w[i * 4 * width + k];
          }
          for (int j = 0; j < width; j++) {
            sums[k] += h[b * width + j] * u[j * 4 * width + k];
          }
        }
        for (int k = 0; k < width && t < s.lengths[b]; k++) {
          double in = 1 / (1 + Math.exp(-sums[k]));
          double forget = 1 / (1 + Math.exp(-sums[width + k]));
          double out = 1 / (1 + Math.exp(-sums[2 * width + k]));
          c[b * width + k] = forget * c[b * width + k] + in * Math.tanh(sums[3 * width + k]);
          h[b * width + k] = out * Math.tanh(c[b * width + k]);
        }
        System.arraycopy(h, b * width, y, (t * s.batch() + b) * width, width);
      }
    }
    System.arraycopy(h, 0, y, s.steps * s.batch() * width, h.length);
    System.arraycopy(c, 0, y, (s.steps + 1) * s.batch() * width, c.length);
    return y;
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 4, 4, 1, 3", "1, 1, 1, 1, 0, 1", "5, 4, 3, 3, 3, 0"})
  void givesTheStatesAndAllGradients(
      int inputs, int hidden, int steps, int first, int second, int third) {
    Shape s = new Shape(inputs, hidden, steps, new int[] {first, second, third});
    int states = s.batch() * hidden;
    Parameters parameters = new Parameters(1);
    Lstm layer = new Lstm(parameters, "l", inputs, hidden, Initializer.normal(0.7));
    float[] w = parameters.get("l.weight").values();
    float[] u = parameters.get("l.recurrent").values();
    float[] bias = parameters.get("l.bias").values();
    float[] x = random(steps * s.batch() * inputs, 2);
    float[] h0 = random(states, 3);
    float[] c0 = random(states, 4);
    float[] d = random(steps * states, 5);
    float[] all = Arrays.copyOf(d, (steps + 2) * states);
    double[] expected =
        twin(s, doubles(x), doubles(w), doubles(u), doubles(bias), doubles(h0), doubles(c0));
    float[] y = layer.forward(x, steps, s.batch(), s.lengths, h0, c0);
    same("h", Arrays.copyOf(expected, steps * states), y);
    same(
        "last h",
        Arrays.copyOfRange(expected, steps * states, (steps + 1) * states),
        layer.lastHidden());
    same(
        "last c",
        Arrays.copyOfRange(expected, (steps + 1) * states, (steps + 2) * states),
        layer.lastCell());
    float[] dx = layer.backward(d);
    double[] dw = doubles(w);
    double[] du = doubles(u);
    double[] db = doubles(bias);
    check("dx", t -> dot(twin(s, t, dw, du, db, doubles(h0), doubles(c0)), all), x, dx);
    check(
        "dh0", t -> dot(twin(s, doubles(x), dw, du, db, t, doubles(c0)), all), h0, layer.dHidden());
    check("dc0", t -> dot(twin(s, doubles(x), dw, du, db, doubles(h0), t), all), c0, layer.dCell());
    check(
        "dW",
        t -> dot(twin(s, doubles(x), t, du, db, doubles(h0), doubles(c0)), all),
        w,
        parameters.get("l.weight").gradients());
    check(
        "dU",
        t -> dot(twin(s, doubles(x), dw, t, db, doubles(h0), doubles(c0)), all),
        u,
        parameters.get("l.recurrent").gradients());
    check(
        "db",
        t -> dot(twin(s, doubles(x), dw, du, t, doubles(h0), doubles(c0)), all),
        bias,
        parameters.get("l.bias").gradients());
  }

  @Test
  void sequencesCutIntoPiecesEndWhereTheyWouldHaveEnded() {
    Parameters parameters = new Parameters(1);
    Lstm layer = new Lstm(parameters, "l", 3, 5, Initializer.glorot());
    float[] x = random(6 * 2 * 3, 1);
    int[] whole = {6, 6};
    int[] half = {3, 3};
    float[] y = layer.forward(x, 6, 2, whole).clone();
    float[] last = layer.lastCell().clone();
    float[] first = layer.forward(Arrays.copyOf(x, 18), 3, 2, half).clone();
    float[] second =
        layer.forward(
            Arrays.copyOfRange(x, 18, 36), 3, 2, half, layer.lastHidden(), layer.lastCell());
    assertThat(y).startsWith(Arrays.copyOf(first, 30));
    assertThat(second).startsWith(Arrays.copyOfRange(y, 30, 60));
    assertThat(layer.lastCell()).startsWith(last);
  }

  // What is handed on between two pieces makes their gradient that of the whole.
  @Test
  void gradientsHandedOnBetweenPiecesAreThoseOfTheWhole() {
    float[] x = random(6 * 2 * 3, 1);
    float[] d = random(6 * 2 * 5, 2);
    Parameters one = new Parameters(1);
    Lstm whole = new Lstm(one, "l", 3, 5, Initializer.glorot());
    whole.forward(x, 6, 2, new int[] {6, 5});
    float[] dx = whole.backward(d).clone();
    Parameters two = one.shard();
    Lstm front = new Lstm(two, "l", 3, 5, Initializer.glorot());
    Lstm back = new Lstm(one.shard(), "l", 3, 5, Initializer.glorot());
    front.forward(Arrays.copyOf(x, 18), 3, 2, new int[] {3, 3});
    back.forward(
        Arrays.copyOfRange(x, 18, 36),
        3,
        2,
        new int[] {3, 2},
        front.lastHidden(),
        front.lastCell());
    float[] late = back.backward(Arrays.copyOfRange(d, 30, 60)).clone();
    assertThat(Arrays.copyOf(late, 18))
        .containsExactly(Arrays.copyOfRange(dx, 18, 36), within(1e-6f));
    float[] early = front.backward(Arrays.copyOf(d, 30), back.dHidden(), back.dCell()).clone();
    assertThat(Arrays.copyOf(early, 18)).containsExactly(Arrays.copyOf(dx, 18), within(1e-6f));
    front.forward(Arrays.copyOf(x, 18), 3, 2, new int[] {3, 3});
    float[] truncated = front.backward(Arrays.copyOf(d, 30));
    assertThat(truncated[12]).isNotCloseTo(dx[12], within(1e-6f));
  }

  /** A language model of 12 words, each two more than the one before. */
  private static final class Words {
    final Embedding embedding;
    final Lstm lstm;
    final Dense out;
    final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(12);
    final int[] ids = new int[5 * 4];
    final int[] next = new int[5 * 4];
    final int[] lengths = {5, 5, 4, 2};

    Words(Parameters parameters) {
      embedding = new Embedding(parameters, "e", 12, 6, Initializer.normal(0.5));
      lstm = new Lstm(parameters, "l", 6, 16, Initializer.glorot());
      out = new Dense(parameters, "o", 16, 12, Initializer.glorot());
    }

    double learn(int step, int chunk) {
      for (int b = 0; b < 4; b++) {
        int first = CounterRandom.below(step, chunk * 4L + b, 12);
        for (int t = 0; t < 5; t++) {
          ids[t * 4 + b] = (first + 2 * t) % 12;
          next[t * 4 + b] = t < lengths[b] ? (first + 2 * t + 2) % 12 : SoftmaxCrossEntropy.IGNORED;
        }
      }
      float[] y = lstm.forward(embedding.forward(ids, 20), 5, 4, lengths);
      double sum = loss.forward(out.forward(y, 20), next, 20);
      embedding.backward(lstm.backward(out.backward(loss.backward(1f / 64))));
      return sum / 64;
    }
  }

  private static double[] losses(int threads) {
    Parameters parameters = new Parameters(3);
    double[] losses = new double[120];
    try (DataParallel<Words> parallel = new DataParallel<>(parameters, threads, Words::new)) {
      Optimizer adam = Optimizer.lazyAdam(0.01).clipNorm(1).build(parameters);
      for (int step = 0; step < losses.length; step++) {
        int now = step;
        losses[step] = parallel.step(4, (words, chunk) -> words.learn(now, chunk), adam);
      }
    }
    return losses;
  }

  @Test
  void learnsWhatComesNextWithTheSameBitsOnAnyNumberOfThreads() {
    double[] one = losses(1);
    assertThat(one[0]).isCloseTo(Math.log(12), within(0.2));
    assertThat(one[119]).isLessThan(0.05);
    assertThat(losses(8)).isEqualTo(one);
  }

  @Test
  void frozenWeightsHaveNoGradient() {
    Parameters learned = new Parameters(1);
    Lstm layer = new Lstm(learned, "l", 2, 2, Initializer.glorot());
    Parameters frozen = new Parameters(1);
    learned.all().forEach(parameter -> frozen.adopt(parameter, true));
    Lstm fixed = new Lstm(frozen, "l", 2, 2, Initializer.glorot());
    float[] x = random(4, 1);
    layer.forward(x, 2, 1, new int[] {2});
    fixed.forward(x, 2, 1, new int[] {2});
    assertThat(fixed.backward(new float[] {1, 1, 1, 1}))
        .containsExactly(layer.backward(new float[] {1, 1, 1, 1}));
    assertThat(frozen.get("l.weight").gradients()).isEmpty();
  }

  @Test
  void nothingIsAllocatedAfterTheLargestBatch() {
    Lstm layer = new Lstm(new Parameters(1), "l", 16, 16, Initializer.glorot());
    float[] x = random(8 * 4 * 16, 1);
    int[] lengths = {8, 7, 3, 1};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 50; round++) {
      long before = threads.getThreadAllocatedBytes(self);
      layer.backward(layer.forward(x, 8, 4, lengths));
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
    }
    // The count itself and a product's blocks take some; the layer's buffers would be 18 kB.
    assertThat(least).isLessThan(1024);
  }

  @Test
  void badShapesAreRefused() {
    Lstm layer = new Lstm(new Parameters(1), "l", 2, 2, Initializer.glorot());
    assertThatThrownBy(() -> layer.forward(new float[8], 2, 2, new int[] {2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length 3 of sequence 1; 0 to 2 are possible");
    assertThatThrownBy(() -> layer.forward(new float[7], 2, 2, new int[] {2, 2}))
        .hasMessage("x has 7 elements; 4 rows of 2 are due");
    assertThatThrownBy(
            () -> layer.forward(new float[8], 2, 2, new int[] {2, 2}, new float[3], new float[4]))
        .hasMessage("h0 has 3 elements; 2 rows of 2 are due");
  }
}
