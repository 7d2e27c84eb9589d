// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;

/**
 * Trains a {@link VaeNet}, user by user in an order that is new in each epoch. What is dropped of a
 * user's items and the noise on the latent numbers are functions of seed, epoch and user, so that
 * any number of threads, and a training that goes on from a checkpoint, give the same bits.
 */
final class VaeTrainer extends EpochTrainer {

  /** How many users a thread works at a time; the bits of a training depend on it. */
  static final int CHUNK = 64;

  private final VaeData data;
  private final VaePlan plan;
  private final DataParallel<VaeWorker> parallel;
  private final Optimizer optimizer;
  private final DataParallel.Chunk<VaeWorker> learn = this::learn;

  // The batch that is being learned.
  private long from;
  private long to;
  private double beta;

  VaeTrainer(VaeData data, VaeNet.Shape shape, VaePlan plan, Parameters parameters, int threads) {
    super(
        MultVae.NAME,
        parameters,
        plan.learningRate(),
        plan.epochs(),
        0,
        plan.patience(),
        plan.batch(),
        plan.seed());
    this.data = data;
    this.plan = plan;
    this.parallel =
        new DataParallel<>(
            parameters,
            Math.min(threads, Runtime.getRuntime().availableProcessors()),
            own -> new VaeWorker(own, data, shape, plan, CHUNK));
    this.optimizer = Optimizer.adam(plan.learningRate()).build(parameters);
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  long samples() {
    return data.size();
  }

  @Override
  boolean isWatching() {
    return data.watched() > 0;
  }

  @Override
  double ndcg() {
    int chunks = (data.size() + CHUNK - 1) / CHUNK;
    double sum =
        parallel.forward(
            chunks,
            (worker, chunk) ->
                worker.gain(chunk * CHUNK, Math.min(data.size(), (chunk + 1) * CHUNK)));
    return sum / data.watched();
  }

  @Override
  double learn(long from, long to) {
    this.from = from;
    this.to = to;
    beta = plan.beta(optimizer.steps(), steps());
    return parallel.step((int) ((to - from + CHUNK - 1) / CHUNK), learn, optimizer);
  }

  private double learn(VaeWorker worker, int chunk) {
    long begin = from + (long) chunk * CHUNK;
    return worker.learn(order(), key(), begin, Math.min(to, begin + CHUNK), 1f / (to - from), beta);
  }

  @Override
  public void close() {
    parallel.close();
  }
}
