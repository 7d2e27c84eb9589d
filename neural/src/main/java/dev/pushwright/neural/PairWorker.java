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
    int rows = 0;
    boolean weighted = !data.isUnweighted();
    for (long n = from; n < to; n++) {
      long sample = order.at(n);
      int pair = (int) (sample / each);
      boolean positive = sample % each == 0;
      int user = data.user(pair);
      int item =
          positive ? data.item(pair) : data.positives().draw(user, CounterRandom.bits(key, sample));
      // Who has everything has nothing to be drawn.
      if (item != Positives.NONE) {
        users[rows] = user;
        items[rows] = item;
        labels[rows] = positive ? 1 : 0;
        weights[rows] = positive ? data.weight(pair) : 1;
        rows++;
      }
    }
    float[] logits = net.forward(users, items, rows);
    double sum =
        weighted ? loss.forward(logits, labels, weights, rows) : loss.forward(logits, labels, rows);
    net.backward(loss.backward(scale), (float) plan.regularization() * scale);
    return sum;
  }
}
