// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.BinaryCrossEntropy;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameter;
import dev.pushwright.neural.nn.Parameters;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that training is made of. */
class PairTrainerTest {

  private static final double PENALTY = 0.25;

  private static InteractionMatrix matrix(int users, int items, int each) {
    return Tastes.data(users, items, each, 1)
        .interactions(Weighting.standard().withCombine(Weighting.Combine.BINARY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 64, 1000, 4097})
  void anOrderVisitsEveryIntegerOnce(int n) {
    BitSet seen = new BitSet();
    EpochOrder order = new EpochOrder(n, 42);
    int fixed = 0;
    for (int k = 0; k < n; k++) {
      int at = (int) order.at(k);
      assertThat(at).isBetween(0, n - 1);
      seen.set(at);
      fixed += at == k ? 1 : 0;
    }
    assertThat(seen.cardinality()).isEqualTo(n);
    // One on average, as in any random order.
    assertThat(fixed).isLessThan(9);
  }

  // Chi-squared over 16 × 16 cells of position and value, 225 degrees of freedom: its deviation is
  // 21, so 330 is five of them above the mean.
  @Test
  void anOrderSpreadsNeighboursEvenly() {
    int n = 40_000;
    for (long key = 0; key < 5; key++) {
      EpochOrder order = new EpochOrder(n, key);
      double[] cells = new double[256];
      for (int k = 0; k < n; k++) {
        cells[(int) (k * 16L / n) * 16 + (int) (order.at(k) * 16 / n)]++;
      }
      double chi = 0;
      for (double cell : cells) {
        chi += (cell - n / 256.0) * (cell - n / 256.0) / (n / 256.0);
      }
      assertThat(chi).isLessThan(330);
    }
  }

  private static Positives positives(int items, int... has) {
    SparseRows.Builder rows = SparseRows.builder(items);
    for (int item : has) {
      rows.add(item, 1);
    }
    rows.endRow();
    for (int i = 0; i < items; i++) {
      rows.add(i, 1);
    }
    SparseRows byUser = rows.endRow().build();
    return new Positives(byUser, byUser.transpose());
  }

  @Test
  void negativesAreDrawnAlikeFromWhatTheUserHasNot() {
    Positives positives = positives(10, 0, 3, 4);
    int[] counts = new int[10];
    int n = 70_000;
    for (int k = 0; k < n; k++) {
      counts[positives.draw(0, k)]++;
    }
    for (int i = 0; i < 10; i++) {
      double expected = positives.has(0, i) ? 0 : 1 / 7.0;
      assertThat(counts[i] / (double) n).isCloseTo(expected, within(5 * Math.sqrt(0.13 / n)));
    }
  }

  // Of 70,000 draws from ten items each is drawn 7,000 times, give or take 80.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ownItemsAreAmongTheNegativesAsOftenAsOthersUnlessTheyAreRejected(boolean rejecting) {
    Positives positives = positives(10, 0, 3, 4);
    int n = 70_000;
    int[] users = new int[n];
    boolean[] isPair = new boolean[n];
    long[] samples = new long[n];
    java.util.Arrays.setAll(samples, r -> 3L * r);
    int[] drawn = new int[n];
    positives.drawAll(rejecting, users, 11, samples, isPair, drawn, n);
    int[] counts = new int[10];
    for (int item : drawn) {
      counts[item]++;
    }
    for (int i = 0; i < 10; i++) {
      double expected = !rejecting ? 0.1 : positives.has(0, i) ? 0 : 1 / 7.0;
      assertThat(counts[i] / (double) n).isCloseTo(expected, within(5 * Math.sqrt(0.13 / n)));
    }
  }

  @Test
  void whoHasEverythingOrNearlyIsNoTroubleToTheDraw() {
    int[] allButOne = new int[4999];
    java.util.Arrays.setAll(allButOne, i -> i < 77 ? i : i + 1);
    Positives positives = positives(5000, allButOne);
    for (int k = 0; k < 50; k++) {
      assertThat(positives.draw(0, k)).isEqualTo(77);
      assertThat(positives.draw(1, k)).isEqualTo(Positives.NONE);
    }
  }

  @Test
  void watchedPairsAreLeftOutOfLearningAndNobodyLosesTheLastOne() {
    InteractionMatrix matrix = matrix(200, 100, 10);
    PairData data = new PairData(matrix, 0.2, 5);
    int all = matrix.byUser().size();
    assertThat(data.size() + data.watched()).isEqualTo(all);
    assertThat(data.watched() / (double) all)
        .isCloseTo(0.2, within(5 * Math.sqrt(0.2 * 0.8 / all)));
    BitSet learned = new BitSet();
    BitSet users = new BitSet();
    for (int p = 0; p < data.size(); p++) {
      learned.set(data.user(p) * 100 + data.item(p));
      users.set(data.user(p));
      assertThat(data.weight(p)).isEqualTo(1);
    }
    assertThat(users.cardinality()).isEqualTo(200);
    for (int n = 0; n < data.watched(); n++) {
      assertThat(learned.get(data.watchedUser(n) * 100 + data.watchedItem(n))).isFalse();
      assertThat(data.positives().has(data.watchedUser(n), data.watchedItem(n))).isTrue();
    }
    assertThat(new PairData(matrix, 0, 5).watched()).isZero();
  }

  private static double loss(
      PairNet net, int[] users, int[] items, float[] labels, Parameters parameters) {
    double sum = new BinaryCrossEntropy().forward(net.forward(users, items, 6), labels, 6);
    for (Parameter parameter : parameters.all()) {
      float[] w = parameter.values();
      int columns = parameter.columns();
      for (int r = 0; r < 6; r++) {
        if (parameter.isTable()) {
          int row = parameter.name().endsWith("user") ? users[r] : items[r];
          sum += penalty(w, row * columns, (row + 1) * columns, 0);
        } else if (parameter.name().equals("bias")) {
          sum += penalty(w, 0, 1, 0);
        } else if (parameter.name().equals("out.weight")) {
          boolean gmf = parameters.all().get(0).name().equals("gmf.user");
          sum += penalty(w, 0, gmf ? parameters.all().get(0).columns() : 0, 1);
        }
      }
    }
    return sum;
  }

  private static double penalty(float[] w, int from, int to, double around) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += PENALTY / 2 * (w[i] - around) * (w[i] - around);
    }
    return sum;
  }

  /**
   * The gradient of a whole network against central differences of its own loss, in float32: steps
   * of 1/64 on numbers of deviation near 1 leave four digits.
   */
  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "neumf", "mf"})
  void theGradientOfANetworkIsTheSlopeOfItsLoss(String name) {
    PairNet.Architecture shape =
        switch (name) {
          case "gmf" -> new NcfNet.Shape(4, List.of());
          case "mlp" -> new NcfNet.Shape(0, List.of(6, 5, 3));
          case "neumf" -> new NcfNet.Shape(3, List.of(6, 5, 3));
          default -> new MfNet.Shape(9, 0.7);
        };
    Parameters parameters = new Parameters(3);
    PairNet net = shape.make(parameters, 4, 5);
    int[] users = {0, 1, 1, 2, 3, 0};
    int[] items = {4, 3, 0, 0, 1, 4};
    float[] labels = {1, 0, 1, 1, 0, 0};
    for (Parameter parameter : parameters.all()) {
      for (int i = 0; i < parameter.values().length; i++) {
        parameter.values()[i] =
            (float) dev.pushwright.neural.nn.CounterRandom.gaussian(9, i + parameter.columns());
      }
    }
    float[][] before = parameters.copyValues();
    BinaryCrossEntropy loss = new BinaryCrossEntropy();
    loss.forward(net.forward(users, items, 6), labels, 6);
    net.backward(loss.backward(1), (float) PENALTY);
    // With SGD of rate 1 the gradient is what the parameters have lost.
    Optimizer.sgd(1).build(parameters).step();
    float[][] after = parameters.copyValues();
    parameters.setValues(before);
    int checked = 0;
    for (int p = 0; p < before.length; p++) {
      float[] values = parameters.all().get(p).values();
      for (int i = 0; i < values.length; i++) {
        float h = 1 / 256f;
        values[i] = before[p][i] + h;
        double up = loss(net, users, items, labels, parameters);
        values[i] = before[p][i] - h;
        double down = loss(net, users, items, labels, parameters);
        values[i] = before[p][i];
        double here = loss(net, users, items, labels, parameters);
        // Not across the bend of a ReLU, where the two one-sided slopes differ.
        if (Math.abs(up - 2 * here + down) / (2 * h) < 0.006) {
          assertThat((double) before[p][i] - after[p][i])
              .as("%s %s", parameters.all().get(p), i)
              .isCloseTo((up - down) / (2 * h), within(5e-3));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan((int) (0.9 * parameters.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gmf", "mlp", "mlp without layers", "neumf", "wide neumf", "mf"})
  void scoringAllItemsIsTheNetworkItemByItem(String name) {
    PairNet.Architecture shape =
        switch (name) {
          case "gmf" -> new NcfNet.Shape(5, List.of());
          case "mlp" -> new NcfNet.Shape(0, List.of(12, 7, 3));
          case "mlp without layers" -> new NcfNet.Shape(0, List.of(12));
          case "neumf" -> new NcfNet.Shape(6, List.of(12, 7, 5, 2));
          case "wide neumf" -> new NcfNet.Shape(6, List.of(12, 64, 40, 5));
          default -> new MfNet.Shape(11, 0.7);
        };
    // More items than a block.
    int items = 700;
    Parameters parameters = new Parameters(4);
    PairNet net = shape.make(parameters, 3, items);
    for (Parameter parameter : parameters.all()) {
      for (int i = 0; i < parameter.values().length; i++) {
        parameter.values()[i] += (float) dev.pushwright.neural.nn.CounterRandom.gaussian(6, i) / 2;
      }
    }
    PairScorer scorer = shape.scorer(parameters, items);
    for (int u = 0; u < 3; u++) {
      float[] scores = new float[items];
      scorer.score(parameters, u, scores);
      int[] users = new int[items];
      int[] all = new int[items];
      java.util.Arrays.fill(users, u);
      java.util.Arrays.setAll(all, i -> i);
      float[] expected = java.util.Arrays.copyOf(net.forward(users, all, items), items);
      float largest = 1;
      for (float score : expected) {
        largest = Math.max(largest, Math.abs(score));
      }
      assertThat(scores).containsExactly(expected, within(1e-5f * largest));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aStepTakesItsSamplesFromTheEpoch(int threads) {
    PairData data = new PairData(matrix(40, 60, 10), 0, 1);
    PairPlan plan =
        new PairPlan(OptimizerRule.LAZY_ADAM, 0.01, 1, 0.001, 3, 0, 4, true, 300, false, 0, 5, 1);
    Parameters parameters = new Parameters(1);
    try (PairTrainer trainer =
        new PairTrainer(
            "neumf", data, new NcfNet.Shape(4, List.of(8, 4)), plan, parameters, threads)) {
      assertThat(trainer.samples()).isEqualTo(5L * data.size());
      double first = trainer.epoch(0);
      // Nothing is known yet: ln 2 a sample.
      assertThat(first).isBetween(0.4, Math.log(2) + 0.01);
      double loss = first;
      for (int epoch = 1; epoch < 20; epoch++) {
        loss = trainer.epoch(epoch);
      }
      assertThat(loss).isLessThan(first - 0.05);
    }
  }

  // Of more steps than moments that are looked at, and of fewer.
  @ParameterizedTest
  @ValueSource(ints = {5, 100})
  void theLastEpochEndsWithTheMeanOfTheAveragedOnes(int batch) {
    PairData data = new PairData(matrix(40, 60, 10), 0, 1);
    Parameters parameters = new Parameters(1);
    try (PairTrainer trainer = trainer(data, averaging(2, batch), parameters)) {
      for (int epoch = 0; epoch < 3; epoch++) {
        trainer.epoch(epoch);
      }
    }
    Parameters stepped = new Parameters(1);
    try (PairTrainer trainer = trainer(data, averaging(0, batch), stepped)) {
      trainer.epoch(0);
      long every = Math.max(1, trainer.steps() / 64);
      double[][] sums = new double[stepped.all().size()][];
      int moments = 0;
      for (int epoch = 1; epoch < 3; epoch++) {
        trainer.begin(epoch);
        for (long step = 1; step <= trainer.steps(); step++) {
          trainer.step((step - 1) * batch);
          if (step % every == 0) {
            moments++;
            float[][] now = stepped.copyValues();
            for (int p = 0; p < sums.length; p++) {
              sums[p] = sums[p] == null ? new double[now[p].length] : sums[p];
              for (int i = 0; i < now[p].length; i++) {
                sums[p][i] += now[p][i];
              }
            }
          }
        }
      }
      float[][] found = parameters.copyValues();
      for (int p = 0; p < sums.length; p++) {
        for (int i = 0; i < found[p].length; i++) {
          assertThat(found[p][i]).isEqualTo((float) (sums[p][i] / moments));
        }
      }
      assertThat(stepped.copyValues()).isNotEqualTo(found);
    }
  }

  private static PairPlan averaging(int averaged, int batch) {
    return new PairPlan(
        OptimizerRule.LAZY_ADAM, 0.01, 1, 0.001, 3, averaged, 4, true, batch, false, 0, 5, 1);
  }

  private static PairTrainer trainer(PairData data, PairPlan plan, Parameters parameters) {
    return new PairTrainer("neumf", data, new NcfNet.Shape(4, List.of(8, 4)), plan, parameters, 1);
  }

  // Of the trainer's own: mf-logloss multiplies no matrices, which have buffers of their own.
  @Test
  void aStepAllocatesNothingOnceItHasBegun() {
    PairData data = new PairData(matrix(100, 200, 20), 0, 1);
    PairPlan plan =
        new PairPlan(OptimizerRule.LAZY_ADAM, 0.01, 1, 0.001, 3, 0, 4, true, 256, false, 0, 5, 1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long own = Thread.currentThread().getId();
    try (PairTrainer trainer =
        new PairTrainer("mf", data, new MfNet.Shape(8, 0.1), plan, new Parameters(1), 1)) {
      trainer.epoch(0);
      trainer.epoch(1);
      trainer.begin(2);
      long steps = trainer.samples() / plan.batch();
      assertThat(steps).isGreaterThan(20);
      long before = threads.getThreadAllocatedBytes(own);
      for (int step = 0; step < steps; step++) {
        trainer.step((long) step * plan.batch());
      }
      // The bean itself allocates a little for each answer.
      assertThat(threads.getThreadAllocatedBytes(own) - before).isLessThan(64 * steps);
    }
  }
}
