// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.api.FitContext;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Divergence;
import dev.pushwright.neural.nn.EpochClock;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains a {@link TextNet} on texts by Adam. Each epoch reads every text once, in an order of its
 * own; texts of about the same length go into one batch, so that little is padded. Every choice is
 * a function of seed and epoch: a training that goes on from a checkpoint ends with the bits of one
 * that was not stopped.
 *
 * <p>A batch is learned in chunks of {@value #CHUNK} texts, summed in their order, see {@link
 * DataParallel}: same bits for any number of threads.
 */
final class TextTrainer implements AutoCloseable, Training.Part {

  /** How many texts a thread works at a time; the bits of a training depend on it. */
  static final int CHUNK = 16;

  /** The mean loss in nats of a word of what is watched. */
  static final String WATCHED_LOSS = "watched loss";

  // While what part of the steps they grow, where they shrink afterwards.
  private static final int WARM_UP = 50;

  /** What one thread works with. */
  static final class Worker {
    final TextNet net;
    final Batch batch = new Batch();

    Worker(TextNet net) {
      this.net = net;
    }
  }

  /** What to tell the listener beside the losses, after each epoch. */
  @FunctionalInterface
  interface Figures {
    /** Adds figures, from a network that is not being trained meanwhile. */
    void add(TextNet net, Map<String, Double> figures);
  }

  /** Is shown a network after each epoch. */
  @FunctionalInterface
  interface Show {
    /** Shows it. */
    void show(int epoch, TextNet net, Map<String, Double> figures);
  }

  private final String name;
  private final Sentence[] train;
  private final Sentence[] watched;
  private final TextPlan plan;
  private final Parameters parameters;
  private final DataParallel<Worker> parallel;
  private final Optimizer optimizer;
  private final TextProgress progress = new TextProgress();

  TextTrainer(
      String name,
      Sentence[] train,
      Sentence[] watched,
      TextNet.Architecture architecture,
      TextPlan plan,
      Parameters parameters,
      int threads) {
    this.name = name;
    this.train = train;
    this.watched = watched;
    this.plan = plan;
    this.parameters = parameters;
    this.parallel =
        new DataParallel<>(
            parameters,
            Math.min(threads, Runtime.getRuntime().availableProcessors()),
            own -> new Worker(architecture.make(own)));
    this.optimizer =
        Optimizer.lazyAdam(plan.learningRate())
            .clipNorm(plan.clip())
            .schedule(schedule(plan, train.length))
            .build(parameters);
  }

  /** How the learning rate changes while so many texts are learned. */
  static Schedule schedule(TextPlan plan, int texts) {
    if (plan.finalRate() == 1) {
      return Schedule.constant();
    }
    long steps = (long) plan.epochs() * ((texts + plan.batch() - 1) / plan.batch());
    long warm = Math.max(1, steps / WARM_UP);
    return Schedule.cosine(Math.max(1, steps - warm), plan.finalRate()).afterWarmUp(warm);
  }

  TextProgress progress() {
    return progress;
  }

  @Override
  public void save(ModelWriter out) {
    parameters.save(out.section("net"));
    optimizer.save(out.section("optimizer"));
    progress.save(out.section("progress"), parameters);
  }

  @Override
  public void read(ModelReader in) {
    parameters.read(in.section("net"));
    optimizer.read(in.section("optimizer"));
    progress.read(in.section("progress"), parameters);
  }

  /**
   * Trains to the end, from where {@link #progress()} says.
   *
   * @param context threads and progress
   * @param more adds figures after each epoch
   * @param shown is shown the network and the figures
   * @param afterEpoch is called after each epoch
   */
  void run(FitContext context, Figures more, Show shown, Runnable afterEpoch) {
    EpochClock clock = new EpochClock(progress.epochs());
    while (progress.epochs() < plan.epochs() && !progress.isOver(plan.patience())) {
      context.checkCancelled();
      int epoch = progress.epochs();
      double loss = epoch(epoch);
      requireSound(epoch);
      Map<String, Double> figures = figures(more);
      shown.show(epoch, parallel.network().net, figures);
      double told = figures.getOrDefault(WATCHED_LOSS, 0.0);
      boolean counts = watched.length > 0 && plan.patience() > 0 && epoch >= plan.watchFrom();
      progress.epochDone(counts, told, parameters);
      afterEpoch.run();
      context.epochDone(
          "epochs", epoch + 1, plan.epochs(), clock.elapsed(epoch + 1), loss, figures);
    }
    progress.restoreBest(parameters);
  }

  /** What is known of the network as it is now. */
  Map<String, Double> figures(Figures more) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (watched.length > 0) {
      figures.put(WATCHED_LOSS, watchedLoss());
    }
    more.add(parallel.network().net, figures);
    return figures;
  }

  /** Learns every text once; gives the mean loss of a word. */
  private double epoch(int epoch) {
    long key = CounterRandom.key(plan.seed(), epoch);
    int[][] batches = Batches.of(train, plan.batch(), key);
    double sum = 0;
    long words = 0;
    for (int at = 0; at < batches.length; at++) {
      int[] batch = batches[at];
      int inBatch = Batches.words(train, batch);
      double share = (epoch + (double) at / batches.length) / plan.epochs();
      long batchKey = CounterRandom.key(key, at);
      float scale = 1f / inBatch;
      double loss =
          parallel.step(
              chunks(batch.length),
              (worker, chunk) -> {
                worker.batch.take(train, batch, chunk * CHUNK, end(batch, chunk));
                long chunkKey = CounterRandom.key(batchKey, chunk);
                return worker.net.learn(worker.batch, scale, share, chunkKey);
              },
              optimizer);
      if (!Double.isFinite(loss)) {
        throw diverged("loss is " + loss, epoch, "batch " + (at + 1) + " of " + batches.length);
      }
      sum += loss;
      words += inBatch;
    }
    return sum / Math.max(1, words);
  }

  /** The mean loss of a word of what is watched; 0 where nothing is. */
  private double watchedLoss() {
    int[] all = Batches.byLength(watched);
    double sum =
        parallel.forward(
            chunks(all.length),
            (worker, chunk) -> {
              worker.batch.take(watched, all, chunk * CHUNK, end(all, chunk));
              return worker.net.loss(worker.batch, CounterRandom.key(plan.seed(), chunk));
            });
    return sum / Math.max(1, Batches.words(watched, all));
  }

  static int chunks(int texts) {
    return (texts + CHUNK - 1) / CHUNK;
  }

  private static int end(int[] batch, int chunk) {
    return Math.min(batch.length, (chunk + 1) * CHUNK);
  }

  private void requireSound(int epoch) {
    String unsound = parameters.unsound();
    if (!unsound.isEmpty()) {
      throw diverged(unsound, epoch, "its end");
    }
  }

  private IllegalStateException diverged(String what, int epoch, String where) {
    return Divergence.of(name, what, epoch, plan.epochs(), where, plan.learningRate());
  }

  @Override
  public void close() {
    parallel.close();
  }
}
