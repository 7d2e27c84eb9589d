// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a {@link VaeNet}, user by user in an order that is new in each epoch. What is dropped of a
 * user's items and the noise on the latent numbers are functions of seed, epoch and user, so that
 * any number of threads, and a training that goes on from a checkpoint, give the same bits.
 */
final class VaeTrainer implements Training, AutoCloseable {

  /** How many users a thread works at a time; the bits of a training depend on it. */
  static final int CHUNK = 64;

  private final VaeData data;
  private final VaePlan plan;
  private final Parameters parameters;
  private final DataParallel<VaeWorker> parallel;
  private final Optimizer optimizer;
  private final PairProgress progress = new PairProgress();
  private final DataParallel.Chunk<VaeWorker> learn = this::learn;

  // The batch that is being learned.
  private EpochOrder order = new EpochOrder(1, 0);
  private long key;
  private long from;
  private long to;
  private double beta;

  VaeTrainer(VaeData data, VaeNet.Shape shape, VaePlan plan, Parameters parameters, int threads) {
    this.data = data;
    this.plan = plan;
    this.parameters = parameters;
    this.parallel =
        new DataParallel<>(
            parameters,
            Math.min(threads, Runtime.getRuntime().availableProcessors()),
            own -> new VaeWorker(own, data, shape, plan, CHUNK));
    this.optimizer = Optimizer.adam(plan.learningRate()).build(parameters);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public PairProgress progress() {
    return progress;
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
      String unsound = parameters.unsound();
      if (!unsound.isEmpty()) {
        throw diverged(unsound, epoch, "its end");
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      double metric = 0;
      boolean watched = data.watched() > 0;
      if (watched) {
        metric = ndcg();
        figures.put("ndcg@10", metric);
      }
      figures.put("samples/s", data.size() / Math.max(1e-9, seconds));
      progress.epochDone(watched, metric, parameters);
      afterEpoch.run();
      // Of this run alone, so that the estimate is right after a checkpoint too.
      double share = (epoch + 1.0) / Math.max(1, epoch + 1.0 - first);
      Duration elapsed = Duration.ofNanos((long) ((System.nanoTime() - began) * share));
      context.epochDone("epochs", epoch + 1, plan.epochs(), elapsed, loss, figures);
    }
    progress.restoreBest(parameters);
  }

  /** Learns every user once; gives the mean loss of a user. */
  double epoch(int epoch) {
    long epochKey = CounterRandom.key(plan.seed(), epoch);
    key = CounterRandom.key(epochKey, 1);
    order = new EpochOrder(Math.max(1, data.size()), CounterRandom.key(epochKey, 2));
    int n = data.size();
    long steps = ((long) n + plan.batch() - 1) / plan.batch();
    double sum = 0;
    for (int at = 0; at < n; at += plan.batch()) {
      from = at;
      to = Math.min(n, at + plan.batch());
      beta = plan.beta(optimizer.steps(), steps);
      double loss = parallel.step((int) ((to - from + CHUNK - 1) / CHUNK), learn, optimizer);
      if (!Double.isFinite(loss)) {
        throw diverged("loss is " + loss, epoch, "batch " + (at / plan.batch() + 1));
      }
      sum += loss;
    }
    return sum / Math.max(1, n);
  }

  private double learn(VaeWorker worker, int chunk) {
    long begin = from + (long) chunk * CHUNK;
    return worker.learn(order, key, begin, Math.min(to, begin + CHUNK), 1f / (to - from), beta);
  }

  /** NDCG@10 of what is watched, each among items that its user does not have. */
  private double ndcg() {
    int chunks = (data.size() + CHUNK - 1) / CHUNK;
    double sum =
        parallel.forward(
            chunks,
            (worker, chunk) ->
                worker.gain(chunk * CHUNK, Math.min(data.size(), (chunk + 1) * CHUNK)));
    return sum / data.watched();
  }

  private IllegalStateException diverged(String what, int epoch, String where) {
    return new IllegalStateException(
        MultVae.NAME
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
