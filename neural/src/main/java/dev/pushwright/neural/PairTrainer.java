// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Schedule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a {@link PairNet} on pairs and on negatives that are drawn anew in each epoch, in an order
 * that is new in each epoch. Every sample is a function of seed, epoch and its number: a batch is
 * drawn by the threads that learn it, and a training that goes on from a checkpoint ends with the
 * bits of one that was not stopped.
 *
 * <p>A batch is learned in chunks of {@value #CHUNK} samples, summed in their order, see {@link
 * DataParallel}: same bits for any number of threads.
 */
final class PairTrainer implements Training, AutoCloseable {

  /** How many samples a thread works at a time; the bits of a training depend on it. */
  static final int CHUNK = 128;

  private final String name;
  private final PairData data;
  private final PairPlan plan;
  private final Parameters parameters;
  private final Validation validation;
  private final DataParallel<PairWorker> parallel;
  private final Optimizer optimizer;
  private final PairProgress progress = new PairProgress();
  private final DataParallel.Chunk<PairWorker> learn = this::learn;

  // The batch that is being learned.
  private EpochOrder order = new EpochOrder(1, 0);
  private long key;
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
    this.name = name;
    this.data = data;
    this.plan = plan;
    this.parameters = parameters;
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
    long steps = plan.epochs() * ((samples() + plan.batch() - 1) / plan.batch());
    return plan.learningRateFloor() == 1
        ? Schedule.constant()
        : Schedule.linear(Math.max(1, steps), plan.learningRateFloor());
  }

  @Override
  public PairProgress progress() {
    return progress;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Trains to the end, from where {@link #progress()} says.
   *
   * @param context threads and progress
   * @param afterEpoch is called after each epoch
   */
  void run(FitContext context, Runnable afterEpoch) {
    long began = System.nanoTime();
    int first = progress.epochs();
    while (progress.epochs() < plan.epochs() && !progress.isOver(plan.patience())) {
      int epoch = progress.epochs();
      long start = System.nanoTime();
      double loss = epoch(epoch);
      double seconds = (System.nanoTime() - start) * 1e-9;
      requireSound(epoch);
      Map<String, Double> figures = new LinkedHashMap<>();
      double metric = 0;
      if (validation.isOn()) {
        metric = validation.ndcg(parallel);
        figures.put("ndcg@10", metric);
      }
      figures.put("samples/s", samples() / Math.max(1e-9, seconds));
      progress.epochDone(validation.isOn(), metric, parameters);
      afterEpoch.run();
      // Of this run alone, so that the estimate is right after a checkpoint too.
      Duration elapsed =
          Duration.ofNanos(
              (long)
                  ((System.nanoTime() - began)
                      * ((epoch + 1.0) / Math.max(1, epoch + 1.0 - first))));
      context.epochDone("epochs", epoch + 1, plan.epochs(), elapsed, loss, figures);
    }
    progress.restoreBest(parameters);
  }

  /** How many samples an epoch has. */
  long samples() {
    return (long) data.size() * (1 + plan.negatives());
  }

  /** Learns every pair once; gives the mean loss. */
  double epoch(int epoch) {
    long n = samples();
    if (n == 0) {
      return 0;
    }
    begin(epoch);
    double sum = 0;
    for (long at = 0; at < n; at += plan.batch()) {
      double loss = step(at);
      if (!Double.isFinite(loss)) {
        throw diverged("loss is " + loss, epoch, "batch " + (at / plan.batch() + 1));
      }
      sum += loss;
    }
    return sum / n;
  }

  /** Makes ready for the steps of an epoch. */
  void begin(int epoch) {
    long epochKey = CounterRandom.key(plan.seed(), epoch);
    key = CounterRandom.key(epochKey, 1);
    order = new EpochOrder(samples(), CounterRandom.key(epochKey, 2));
  }

  /** Learns the batch that begins at a sample; gives the sum of its losses. */
  double step(long at) {
    from = at;
    to = Math.min(samples(), at + plan.batch());
    scale = plan.sums() ? 1 : 1f / (to - from);
    return parallel.step((int) ((to - from + CHUNK - 1) / CHUNK), learn, optimizer);
  }

  private double learn(PairWorker worker, int chunk) {
    long begin = from + (long) chunk * CHUNK;
    return worker.learn(order, key, begin, Math.min(to, begin + CHUNK), scale);
  }

  private void requireSound(int epoch) {
    String unsound = parameters.unsound();
    if (!unsound.isEmpty()) {
      throw diverged(unsound, epoch, "its end");
    }
  }

  private IllegalStateException diverged(String what, int epoch, String where) {
    return new IllegalStateException(
        name
            + " diverged: "
            + what
            + " in epoch "
            + (epoch + 1)
            + " of "
            + plan.epochs()
            + ", "
            + where
            + ", at learningRate "
            + plan.learningRate()
            + "; lower learningRate");
  }

  @Override
  public void close() {
    parallel.close();
  }
}
