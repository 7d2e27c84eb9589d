// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.DataParallel;
import dev.pushwright.neural.nn.Dense;
import dev.pushwright.neural.nn.Embedding;
import dev.pushwright.neural.nn.Gru;
import dev.pushwright.neural.nn.Initializer;
import dev.pushwright.neural.nn.Lstm;
import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.neural.nn.SoftmaxCrossEntropy;
import java.util.Arrays;
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

  private DataParallel<Network> parallel =
      new DataParallel<>(new Parameters(1), 1, own -> new Network(own, this));
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

  /** What one thread works with. */
  private static final class Network {
    private final RecurrentTrainingBenchmark shape;
    private final Embedding embedding;
    private final boolean gated;
    private final Gru gru;
    private final Lstm lstm;
    private final Dense out;
    private final SoftmaxCrossEntropy loss;
    private final int[] inputs;
    private final int[] targets;
    private final int[] lengths = new int[CHUNK];

    Network(Parameters parameters, RecurrentTrainingBenchmark shape) {
      this.shape = shape;
      this.embedding =
          new Embedding(parameters, "words", shape.words, shape.embedding, Initializer.normal(0.1));
      this.gated = shape.cell.equals("gru");
      // The other one has no part in it, and no place among the parameters.
      Parameters none = new Parameters(0);
      this.gru = new Gru(gated ? parameters : none, "gru", shape.embedding, shape.units);
      this.lstm =
          new Lstm(
              gated ? none : parameters,
              "lstm",
              shape.embedding,
              shape.units,
              Initializer.glorot());
      this.out = new Dense(parameters, "out", shape.units, shape.words, Initializer.glorot());
      this.loss = new SoftmaxCrossEntropy(shape.words);
      this.inputs = new int[CHUNK * shape.steps];
      this.targets = new int[CHUNK * shape.steps];
      Arrays.fill(lengths, shape.steps);
    }

    // Three words of four follow from the one before.
    void read(long key) {
      long chance = CounterRandom.key(key, 1);
      for (int b = 0; b < CHUNK; b++) {
        int word = CounterRandom.below(key, (long) b * (shape.steps + 1), shape.words);
        for (int t = 0; t < shape.steps; t++) {
          long position = (long) b * (shape.steps + 1) + t + 1;
          int row = gated ? b * shape.steps + t : t * CHUNK + b;
          inputs[row] = word;
          word =
              CounterRandom.uniform(chance, position) < 0.75f
                  ? (3 * word + 1) % shape.words
                  : CounterRandom.below(key, position, shape.words);
          targets[row] = word;
        }
      }
    }

    double learn(float scale) {
      int rows = CHUNK * shape.steps;
      float[] x = embedding.forward(inputs, rows);
      float[] h =
          gated ? gru.forward(x, CHUNK, shape.steps) : lstm.forward(x, shape.steps, CHUNK, lengths);
      double sum = loss.forward(out.forward(h, rows), targets, rows);
      float[] dh = out.backward(loss.backward(scale));
      embedding.backward(gated ? gru.backward(dh) : lstm.backward(dh));
      return sum;
    }
  }

  /** Makes the network. */
  @Setup
  public void setUp() {
    MatmulBenchmark.force(tier);
    parallel.close();
    Parameters parameters = new Parameters(1);
    parallel = new DataParallel<>(parameters, threads, own -> new Network(own, this));
    optimizer = Optimizer.lazyAdam(0.002).build(parameters);
    batches = 0;
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
    long key = CounterRandom.key(7, batches++);
    int tokens = BATCH * steps;
    double loss =
        parallel.step(
            BATCH / CHUNK,
            (network, chunk) -> {
              network.read(CounterRandom.key(key, chunk));
              return network.learn(1f / tokens);
            },
            optimizer);
    counter.tokens += tokens;
    return loss / tokens;
  }
}
