// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.testkit.GradientCheck;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class DataParallelTest {

  private static final int ROWS = 96;
  private static final int CHUNK = 16;

  /** Embedding, dense, norm, GELU, dropout, dense: a bit of everything. */
  private static final class Net {
    final Embedding embedding;
    final Dense hidden;
    final LayerNorm norm;
    final Activation gelu = new Activation(Activation.Function.GELU);
    final Dropout dropout = new Dropout(0.1);
    final Dense out;
    final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(3);
    final int[] ids = new int[CHUNK];
    final int[] labels = new int[CHUNK];

    Net(Parameters parameters) {
      embedding = new Embedding(parameters, "embedding", 40, 8, Initializer.normal(0.5));
      hidden = new Dense(parameters, "hidden", 8, 16, Initializer.he());
      norm = new LayerNorm(parameters, "norm", 16);
      out = new Dense(parameters, "out", 16, 3, Initializer.glorot());
    }

    double train(int step, int chunk) {
      for (int r = 0; r < CHUNK; r++) {
        ids[r] = CounterRandom.below(step, chunk * CHUNK + r, 40);
        labels[r] = ids[r] % 3;
      }
      float[] h = norm.forward(hidden.forward(embedding.forward(ids, CHUNK), CHUNK), CHUNK);
      long key = CounterRandom.key(step, chunk);
      h = dropout.forward(gelu.forward(h, CHUNK * 16), CHUNK * 16, Mode.TRAIN, key);
      double sum = loss.forward(out.forward(h, CHUNK), labels, CHUNK);
      float[] d = dropout.backward(out.backward(loss.backward(1f / ROWS)));
      embedding.backward(hidden.backward(norm.backward(gelu.backward(d))));
      return sum;
    }
  }

  private static final class Trained {
    final double[] losses = new double[30];
    float[][] values = {};
  }

  private static Trained train(int threads, Optimizer.Builder optimizer) {
    Parameters parameters = new Parameters(7);
    Trained trained = new Trained();
    try (DataParallel<Net> parallel = new DataParallel<>(parameters, threads, Net::new)) {
      Optimizer built = optimizer.build(parameters);
      for (int step = 0; step < trained.losses.length; step++) {
        int now = step;
        trained.losses[step] =
            parallel.step(ROWS / CHUNK, (net, chunk) -> net.train(now, chunk), built) / ROWS;
      }
    }
    trained.values = parameters.copyValues();
    return trained;
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    for (Optimizer.Builder optimizer :
        new Optimizer.Builder[] {
          Optimizer.lazyAdam(0.01),
          Optimizer.adam(0.01).clipNorm(0.5).weightDecay(0.01),
          Optimizer.adagrad(0.05)
        }) {
      Trained one = train(1, optimizer);
      for (int threads : new int[] {2, 3, 8}) {
        Trained more = train(threads, optimizer);
        assertThat(more.losses).isEqualTo(one.losses);
        assertThat(more.values).isDeepEqualTo(one.values);
      }
    }
  }

  // Pinned: the losses of seed 7 when this was written. Another kernel for matrix products rounds
  // otherwise, which thirty steps do not blow up to the fourth digit.
  @Test
  void theLossOfAFixedSeedFallsAlongItsCurve() {
    double[] losses = train(2, Optimizer.lazyAdam(0.01)).losses;
    double[] pinned = {1.47372, 1.07330, 0.54381};
    assertThat(new double[] {losses[0], losses[9], losses[29]})
        .containsExactly(pinned, within(2e-4));
  }

  @Test
  void theSumOfChunksIsTheGradientOfTheWhole() {
    Parameters whole = new Parameters(3);
    Dense all = new Dense(whole, "d", 4, 3, Initializer.he());
    float[] x = GradientCheck.random(ROWS * 4, 1);
    float[] c = GradientCheck.random(ROWS * 3, 2);
    all.forward(x, ROWS);
    all.backward(c);
    Optimizer.sgd(1).build(whole).step();
    Parameters parts = new Parameters(3);
    try (DataParallel<Dense> parallel =
        new DataParallel<>(parts, 2, p -> new Dense(p, "d", 4, 3, Initializer.he()))) {
      parallel.step(
          ROWS / CHUNK,
          (layer, chunk) -> {
            int from = chunk * CHUNK;
            layer.forward(java.util.Arrays.copyOfRange(x, from * 4, (from + CHUNK) * 4), CHUNK);
            layer.backward(java.util.Arrays.copyOfRange(c, from * 3, (from + CHUNK) * 3));
            return 0;
          },
          Optimizer.sgd(1).build(parts));
    }
    assertThat(parts.get("d.weight").values())
        .containsExactly(whole.get("d.weight").values(), within(1e-4f));
    assertThat(parts.get("d.bias").values())
        .containsExactly(whole.get("d.bias").values(), within(1e-4f));
  }

  @Test
  void everyTaskOfEveryPhaseIsDoneOnce() {
    try (Phases phases = new Phases(4)) {
      for (int round = 0; round < 3000; round++) {
        int tasks = round % 17;
        AtomicIntegerArray done = new AtomicIntegerArray(17);
        phases.run(tasks, (task, worker) -> done.incrementAndGet(task));
        for (int t = 0; t < 17; t++) {
          assertThat(done.get(t)).isEqualTo(t < tasks ? 1 : 0);
        }
      }
    }
  }

  @Test
  void aTaskThatFailsFailsThePhaseAndNotTheNext() {
    try (Phases phases = new Phases(3)) {
      assertThatThrownBy(
              () ->
                  phases.run(
                      10,
                      (task, worker) -> {
                        throw new IllegalStateException("task " + task);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("task ");
      AtomicIntegerArray done = new AtomicIntegerArray(1);
      phases.run(10, (task, worker) -> done.incrementAndGet(0));
      assertThat(done.get(0)).isEqualTo(10);
    }
  }

  @Test
  void anInterruptedThreadIsCancelled() {
    try (Phases phases = new Phases(2)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> phases.run(3, (task, worker) -> {}))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
