// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.benchmarks.peers.Language;
import dev.pushwright.benchmarks.peers.LanguageNet;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tokens a second that a recurrent language model learns from: 64 sequences of 20 steps each time,
 * 5,000 words, embedded in 128 numbers, 256 units, a softmax over all words, Adam; forwards,
 * backwards and the step of the optimizer, by the layers that {@code lstm} and {@code seq2seq} are
 * made of. That is about 10 million floating-point operations a token.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class RecurrentTrainingBenchmark {

  private static final int BATCH = 64;
  private static final int CHUNK = 16;

  /** What remembers. */
  @Param({"lstm", "gru"})
  String cell = "lstm";

  /** What multiplies matrices. */
  @Param({"vector", "openblas", "java"})
  String tier = "java";

  /** How many threads work. */
  @Param({"1", "2"})
  int threads = 1;

  int words = 5000;
  int embedding = 128;
  int units = 256;
  int steps = 20;

  private DataParallel<LanguageNet> parallel = parallel(new Parameters(1), 1);
  private Optimizer optimizer = Optimizer.lazyAdam(0.002).build(new Parameters(1));
  private long batches;

  /** Counts what was learned from. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counter {

    /** Words that were to be foretold. */
    public long tokens;

    /** Starts an iteration at 0. */
    @Setup(Level.Iteration)
    public void reset() {
      tokens = 0;
    }
  }

  /** Makes the network. */
  @Setup
  public void setUp() {
    MatmulBenchmark.force(tier);
    parallel.close();
    Parameters parameters = new Parameters(1);
    parallel = parallel(parameters, threads);
    optimizer = Optimizer.lazyAdam(0.002).build(parameters);
    batches = 0;
  }

  private DataParallel<LanguageNet> parallel(Parameters parameters, int workers) {
    return new DataParallel<>(
        parameters,
        workers,
        own ->
            new LanguageNet(
                own, cell.equals("gru"), new Language(words, steps), embedding, units, CHUNK));
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    parallel.close();
  }

  /**
   * Learns from a batch.
   *
   * @param counter is told of the tokens
   * @return the mean loss of a token, in nats
   */
  @Benchmark
  public double step(Counter counter) {
    long from = BATCH * batches++;
    int tokens = BATCH * steps;
    double loss =
        parallel.step(
            BATCH / CHUNK,
            (network, chunk) -> network.learn(from + (long) chunk * CHUNK, 1f / tokens),
            optimizer);
    counter.tokens += tokens;
    return loss / tokens;
  }
}
