// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.math.SparseRows;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.MultinomialCrossEntropy;
import dev.pushwright.neural.nn.Parameters;

/** One thread's network and the users it works on. */
final class VaeWorker {

  private final VaeData data;
  private final VaePlan plan;
  private final int latent;
  private final VaeNet net;
  private final MultinomialCrossEntropy loss;
  private final int[] users;
  private final int[] starts;
  private final int[] targetStarts;
  private int[] ids = {};
  private float[] x = {};
  private int[] targets = {};
  private float[] counts = {};
  private final float[] noise;

  VaeWorker(Parameters parameters, VaeData data, VaeNet.Shape shape, VaePlan plan, int rows) {
    this.data = data;
    this.plan = plan;
    this.latent = shape.latent();
    this.net = new VaeNet(parameters, data.items(), shape);
    this.loss = new MultinomialCrossEntropy(data.items());
    this.users = new int[rows];
    this.starts = new int[rows + 1];
    this.targetStarts = new int[rows + 1];
    this.noise = new float[rows * latent];
  }

  /** Learns the users at the positions {@code from} to {@code to − 1} of an epoch. */
  double learn(EpochOrder order, long key, long from, long to, float scale, double beta) {
    int rows = choose(order, from, to);
    gather(rows, key, plan.dropout());
    for (int r = 0; r < rows; r++) {
      long own = CounterRandom.key(key, users[r]);
      for (int k = 0; k < latent; k++) {
        noise[r * latent + k] = (float) CounterRandom.gaussian(own, k);
      }
    }
    float[] logits = net.learn(starts, ids, x, noise, rows);
    double sum = loss.forward(logits, targetStarts, targets, counts, rows);
    sum += beta * net.divergence();
    net.backward(loss.backward(scale), (float) (beta * scale));
    return sum;
  }

  /**
   * The sum of the gains of what is watched of the users numbered {@code from} to {@code to − 1}.
   */
  double gain(int from, int to) {
    int rows = to - from;
    for (int r = 0; r < rows; r++) {
      users[r] = data.user(from + r);
    }
    gather(rows, 0, 0);
    float[] logits = net.forward(starts, ids, x, rows);
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += data.gain(users[r], logits, r * data.items());
    }
    return sum;
  }

  private int choose(EpochOrder order, long from, long to) {
    int rows = (int) (to - from);
    for (int r = 0; r < rows; r++) {
      users[r] = data.user((int) order.at(from + r));
    }
    return rows;
  }

  /** What the users have, of length 1 together, without what is dropped; and what is to be told. */
  private void gather(int rows, long key, double dropout) {
    SparseRows all = data.rows();
    int most = 0;
    for (int r = 0; r < rows; r++) {
      most += all.end(users[r]) - all.start(users[r]);
    }
    if (ids.length < most) {
      ids = new int[most];
      x = new float[most];
      targets = new int[most];
      counts = new float[most];
    }
    int kept = 0;
    int told = 0;
    for (int r = 0; r < rows; r++) {
      starts[r] = kept;
      targetStarts[r] = told;
      long own = CounterRandom.key(key, -1L - users[r]);
      int start = all.start(users[r]);
      int end = all.end(users[r]);
      double squares = 0;
      for (int p = start; p < end; p++) {
        squares += (double) all.value(p) * all.value(p);
      }
      float scale = (float) (1 / (Math.sqrt(squares) * (1 - dropout)));
      for (int p = start; p < end; p++) {
        targets[told] = all.column(p);
        counts[told++] = all.value(p);
        if (dropout == 0 || CounterRandom.uniform(own, all.column(p)) >= dropout) {
          ids[kept] = all.column(p);
          x[kept++] = all.value(p) * scale;
        }
      }
    }
    starts[rows] = kept;
    targetStarts[rows] = told;
  }
}
