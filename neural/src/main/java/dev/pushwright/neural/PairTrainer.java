// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Schedule;

/**
 * Trains a {@link PairNet} on pairs and on negatives that are drawn anew in each epoch, in an order
 * that is new in each epoch. Every sample is a function of seed, epoch and its number: a batch is
 * drawn by the threads that learn it, and a training that goes on from a checkpoint ends with the
 * bits of one that was not stopped.
 *
 * <p>A batch is learned in chunks of {@value #CHUNK} samples, summed in their order, see {@link
 * DataParallel}: same bits for any number of threads.
 */
final class PairTrainer extends EpochTrainer {

  /** How many samples a thread works at a time; the bits of a training depend on it. */
  static final int CHUNK = 128;

  private final PairData data;
  private final PairPlan plan;
  private final Validation validation;
  private final DataParallel<PairWorker> parallel;
  private final Optimizer optimizer;
  private final DataParallel.Chunk<PairWorker> learn = this::learn;

  // The batch that is being learned.
  private long from;
  private long to;
  private float scale;

  /**
   * A trainer.
   *
   * @param name of the algorithm, for messages
   * @param data what to learn from
   * @param architecture of the network
   * @param plan how to learn it
   * @param parameters receives the parameters of the network
   * @param threads how many threads at most, at least 1; more than there are processors would wait
   *     for each other
   */
  PairTrainer(
      String name,
      PairData data,
      PairNet.Architecture architecture,
      PairPlan plan,
      Parameters parameters,
      int threads) {
    super(
        name,
        parameters,
        plan.learningRate(),
        plan.epochs(),
        plan.averagedEpochs(),
        plan.patience(),
        plan.batch(),
        plan.seed());
    this.data = data;
    this.plan = plan;
    this.validation = new Validation(data, plan.seed());
    int rows = Math.max(CHUNK, 1 + Validation.NEGATIVES);
    this.parallel =
        new DataParallel<>(
            parameters,
            Math.min(threads, Runtime.getRuntime().availableProcessors()),
            own -> new PairWorker(own, data, architecture, plan, rows));
    this.optimizer =
        plan.optimizer().of(plan.learningRate()).schedule(schedule()).build(parameters);
  }

  private Schedule schedule() {
    return plan.learningRateFloor() == 1
        ? Schedule.constant()
        : Schedule.linear(Math.max(1, plan.epochs() * steps()), plan.learningRateFloor());
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  long samples() {
    return (long) data.size() * (1 + plan.negatives());
  }

  @Override
  boolean isWatching() {
    return validation.isOn();
  }

  @Override
  double ndcg() {
    return validation.ndcg(parallel);
  }

  @Override
  double learn(long from, long to) {
    this.from = from;
    this.to = to;
    scale = plan.sums() ? 1 : 1f / (to - from);
    return parallel.step((int) ((to - from + CHUNK - 1) / CHUNK), learn, optimizer);
  }

  private double learn(PairWorker worker, int chunk) {
    long begin = from + (long) chunk * CHUNK;
    return worker.learn(order(), key(), begin, Math.min(to, begin + CHUNK), scale);
  }

  @Override
  public void close() {
    parallel.close();
  }
}
