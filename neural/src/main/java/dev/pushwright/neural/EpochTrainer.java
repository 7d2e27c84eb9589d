// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.Divergence;
import dev.pushwright.neural.nn.EpochClock;
import dev.pushwright.neural.nn.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training in epochs of batches: reports progress, keeps the best epoch where something is
 * watched, and stops at a loss or a parameter that is not finite. The samples of an epoch come in
 * an order that is new in each, a function of seed and epoch alone.
 */
abstract class EpochTrainer implements Training, AutoCloseable {

  // How often an epoch's parameters are looked at for the mean.
  private static final int AVERAGED = 64;

  private final String name;
  private final Parameters parameters;
  private final double learningRate;
  private final int epochs;
  private final int averaged;
  private final int patience;
  private final int batch;
  private final long seed;
  private final TrainingProgress progress = new TrainingProgress();

  /** The order of the epoch that is being learned. */
  private EpochOrder order = new EpochOrder(1, 0);

  private long key;

  /**
   * A trainer.
   *
   * @param name of the algorithm, for messages
   * @param parameters what is learned
   * @param learningRate η, for messages
   * @param epochs how many, at most
   * @param averaged of how many of them, the last, the mean of the parameters is taken; 0: none
   * @param patience how many in a row may be no better on what is watched
   * @param batch how many samples a step has
   * @param seed drives every choice
   */
  EpochTrainer(
      String name,
      Parameters parameters,
      double learningRate,
      int epochs,
      int averaged,
      int patience,
      int batch,
      long seed) {
    this.name = name;
    this.parameters = parameters;
    this.learningRate = learningRate;
    this.epochs = epochs;
    this.averaged = averaged;
    this.patience = patience;
    this.batch = batch;
    this.seed = seed;
  }

  /** How many samples an epoch has. */
  abstract long samples();

  /** Learns the samples from {@code from} to {@code to − 1}; gives the sum of their losses. */
  abstract double learn(long from, long to);

  /** Whether anything is watched. */
  abstract boolean isWatching();

  /** NDCG@10 of what is watched. */
  abstract double ndcg();

  @Override
  public abstract void close();

  @Override
  public final Parameters parameters() {
    return parameters;
  }

  @Override
  public final TrainingProgress progress() {
    return progress;
  }

  /** The order of the samples in this epoch. */
  final EpochOrder order() {
    return order;
  }

  /** A {@link CounterRandom} key of this epoch's own. */
  final long key() {
    return key;
  }

  /**
   * Trains to the end, from where {@link #progress()} says.
   *
   * @param context threads and progress
   * @param afterEpoch is called after each epoch
   */
  final void run(FitContext context, Runnable afterEpoch) {
    EpochClock clock = new EpochClock(progress.epochs());
    while (progress.epochs() < epochs && !progress.isOver(patience)) {
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
      if (isWatching()) {
        metric = ndcg();
        figures.put("ndcg@10", metric);
      }
      figures.put("samples/s", samples() / Math.max(1e-9, seconds));
      progress.epochDone(isWatching(), metric, parameters);
      afterEpoch.run();
      context.epochDone("epochs", epoch + 1, epochs, clock.elapsed(epoch + 1), loss, figures);
    }
    progress.restoreBest(parameters);
  }

  /** Learns every sample once; gives the mean loss. */
  final double epoch(int epoch) {
    long n = samples();
    if (n == 0) {
      return 0;
    }
    begin(epoch);
    long every = Math.max(1, steps() / AVERAGED);
    double sum = 0;
    for (long at = 0; at < n; at += batch) {
      double loss = step(at);
      if (!Double.isFinite(loss)) {
        throw diverged("loss is " + loss, epoch, "batch " + (at / batch + 1));
      }
      sum += loss;
      if (epoch >= epochs - averaged && (at / batch + 1) % every == 0) {
        progress.mean().add(parameters);
      }
    }
    if (averaged > 0 && epoch + 1 == epochs) {
      progress.mean().moveTo(parameters);
    }
    return sum / n;
  }

  /** Makes ready for the steps of an epoch. */
  final void begin(int epoch) {
    long epochKey = CounterRandom.key(seed, epoch);
    key = CounterRandom.key(epochKey, 1);
    order = new EpochOrder(samples(), CounterRandom.key(epochKey, 2));
  }

  /** Learns the batch that begins at a sample; gives the sum of its losses. */
  final double step(long at) {
    return learn(at, Math.min(samples(), at + batch));
  }

  /** How many steps an epoch has. */
  final long steps() {
    return (samples() + batch - 1) / batch;
  }

  private IllegalStateException diverged(String what, int epoch, String where) {
    return Divergence.of(name, what, epoch, epochs, where, learningRate);
  }
}
