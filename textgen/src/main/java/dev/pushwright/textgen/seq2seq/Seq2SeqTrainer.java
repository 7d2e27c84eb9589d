// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.api.FitContext;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Divergence;
import dev.pushwright.neural.nn.EpochClock;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.Schedule;
import dev.pushwright.textgen.copy.LengthBatches;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Trains a {@link Seq2SeqNet}. Texts of like length are learned together, in batches whose order is
 * new in each epoch and a function of seed and epoch. A batch is learned in chunks of {@value
 * #CHUNK} texts, see {@link DataParallel}: same bits for any number of threads.
 */
final class Seq2SeqTrainer implements AutoCloseable {

  /** How many texts a thread works at a time; the bits of a training depend on it. */
  static final int CHUNK = 32;

  private static final int POOL = 40;

  private static final double CLIP = 5;
  private static final double FLOOR = 0.02;

  private final List<EncodedPair> pairs;
  private final Seq2SeqPlan plan;
  private final Parameters parameters;
  private final DataParallel<Seq2SeqNet> parallel;
  private final Optimizer optimizer;
  private final String phase;
  private int epochs;

  Seq2SeqTrainer(
      List<EncodedPair> pairs,
      Seq2SeqPlan plan,
      Seq2SeqShape shape,
      Parameters parameters,
      int threads,
      String phase) {
    this.pairs = pairs;
    this.plan = plan;
    this.parameters = parameters;
    this.phase = phase;
    this.parallel =
        new DataParallel<>(
            parameters,
            Math.min(threads, Runtime.getRuntime().availableProcessors()),
            own -> new Seq2SeqNet(own, shape, plan.dropout()));
    long steps = (long) plan.epochs() * batches();
    long warm = Math.max(1, steps / 50);
    this.optimizer =
        Optimizer.lazyAdam(plan.learningRate())
            .clipNorm(CLIP)
            .schedule(Schedule.cosine(Math.max(1, steps - warm), FLOOR).afterWarmUp(warm))
            .build(parameters);
  }

  private int batches() {
    return (pairs.size() + plan.batchSize() - 1) / plan.batchSize();
  }

  /** How many epochs are done. */
  int epochs() {
    return epochs;
  }

  /** Goes on after so many epochs; parameters and optimizer are those of then. */
  void resume(int done) {
    epochs = done;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  Parameters parameters() {
    return parameters;
  }

  /** The networks that learn; closed with this. */
  DataParallel<Seq2SeqNet> parallel() {
    return parallel;
  }

  /**
   * Trains to the end.
   *
   * @param context threads and progress
   * @param afterEpoch is called after each epoch
   */
  void run(FitContext context, Runnable afterEpoch) {
    EpochClock clock = new EpochClock(epochs);
    while (epochs < plan.epochs()) {
      long start = System.nanoTime();
      long tokens = 0;
      double sum = 0;
      int[][] order = order(epochs);
      long key = CounterRandom.key(CounterRandom.key(plan.seed(), epochs), 3);
      for (int batch = 0; batch < order.length; batch++) {
        List<EncodedPair> texts = Arrays.stream(order[batch]).mapToObj(pairs::get).toList();
        long batchTokens = texts.stream().mapToLong(pair -> pair.tokens().length).sum();
        double loss = step(texts, CounterRandom.key(key, batch), 1f / batchTokens);
        if (!Double.isFinite(loss)) {
          throw diverged("loss is " + loss, "batch " + (batch + 1));
        }
        sum += loss;
        tokens += batchTokens;
      }
      String unsound = parameters.unsound();
      if (!unsound.isEmpty()) {
        throw diverged(unsound, "its end");
      }
      epochs++;
      afterEpoch.run();
      double seconds = Math.max(1e-9, (System.nanoTime() - start) * 1e-9);
      context.epochDone(
          phase,
          epochs,
          plan.epochs(),
          clock.elapsed(epochs),
          sum / tokens,
          Map.of("tokens/s", tokens / seconds));
    }
  }

  private double step(List<EncodedPair> texts, long key, float scale) {
    int chunks = (texts.size() + CHUNK - 1) / CHUNK;
    return parallel.step(
        chunks,
        (net, chunk) -> {
          int from = chunk * CHUNK;
          List<EncodedPair> part = texts.subList(from, Math.min(texts.size(), from + CHUNK));
          return net.learn(Seq2SeqChunk.of(part), CounterRandom.key(key, chunk), scale);
        },
        optimizer);
  }

  private int[][] order(int epoch) {
    long key = CounterRandom.key(CounterRandom.key(plan.seed(), epoch), 1);
    int[] lengths = pairs.stream().mapToInt(pair -> pair.tokens().length).toArray();
    return LengthBatches.of(lengths, plan.batchSize(), POOL, key, CounterRandom.key(key, 2));
  }

  private IllegalStateException diverged(String what, String where) {
    return Divergence.of(Seq2Seq.NAME, what, epochs, plan.epochs(), where, plan.learningRate());
  }

  @Override
  public void close() {
    parallel.close();
  }
}
