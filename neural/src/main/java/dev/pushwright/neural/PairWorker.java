// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.BinaryCrossEntropy;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Parameters;

/** One thread's network and the samples it works on: allocates nothing once it has begun. */
final class PairWorker {

  private final PairData data;
  private final PairPlan plan;
  private final PairNet net;
  private final BinaryCrossEntropy loss = new BinaryCrossEntropy();
  private final long[] samples;
  private final int[] pairs;
  private final boolean[] isPair;
  private final int[] drawnFor;
  private final int[] drawn;
  private final int[] users;
  private final int[] items;
  private final float[] labels;
  private final float[] weights;

  PairWorker(
      Parameters parameters,
      PairData data,
      PairNet.Architecture architecture,
      PairPlan plan,
      int rows) {
    this.data = data;
    this.plan = plan;
    this.net = architecture.make(parameters, data.users(), data.items());
    this.samples = new long[rows];
    this.pairs = new int[rows];
    this.isPair = new boolean[rows];
    this.drawnFor = new int[rows];
    this.drawn = new int[rows];
    this.users = new int[rows];
    this.items = new int[rows];
    this.labels = new float[rows];
    this.weights = new float[rows];
  }

  PairNet net() {
    return net;
  }

  /**
   * Draws and learns the samples from {@code from} to {@code to − 1} of an epoch. Sample k of the
   * epoch's order is pair k / (1 + negatives) itself, or one of its negatives.
   */
  double learn(EpochOrder order, long key, long from, long to, float scale) {
    int each = 1 + plan.negatives();
    int n = (int) (to - from);
    // Pass by pass, so that the look-ups of a pass do not wait for each other.
    for (int r = 0; r < n; r++) {
      samples[r] = order.at(from + r);
    }
    for (int r = 0; r < n; r++) {
      int pair = (int) (samples[r] / each);
      pairs[r] = pair;
      isPair[r] = samples[r] == (long) pair * each;
      drawnFor[r] = data.user(pair);
    }
    data.positives().drawAll(plan.rejectPositives(), drawnFor, key, samples, isPair, drawn, n);
    int rows = 0;
    boolean weighted = !data.isUnweighted();
    for (int r = 0; r < n; r++) {
      boolean positive = isPair[r];
      int item = positive ? data.item(pairs[r]) : drawn[r];
      // Who has everything has nothing to be drawn.
      if (item != Positives.NONE) {
        users[rows] = drawnFor[r];
        samples[rows] = samples[r];
        items[rows] = item;
        labels[rows] = positive ? 1 : 0;
        weights[rows] = positive && weighted ? data.weight(pairs[r]) : 1;
        rows++;
      }
    }
    float[] logits = net.learn(users, items, samples, CounterRandom.key(key, 1), rows);
    double sum =
        weighted ? loss.forward(logits, labels, weights, rows) : loss.forward(logits, labels, rows);
    net.backward(loss.backward(scale), (float) plan.regularization() * scale);
    return sum;
  }
}
