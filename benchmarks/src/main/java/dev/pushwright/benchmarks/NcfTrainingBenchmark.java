// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.RecommenderModel;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Interaction;
import dev.pushwright.neural.NeuMf;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Samples a second of a whole fit of {@link NeuMf}, linear tower 8 and deep tower 64-32-16-8, 4
 * negatives, lazy Adam, three epochs: drawing the samples and preparing the data are within the
 * time. Add {@code -jvmArgsAppend "--add-modules jdk.incubator.vector"} or {@code -jvmArgsAppend
 * -Dpushwright.matmul=java} for one kernel of matrix products or another.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class NcfTrainingBenchmark {

  private static final int NEGATIVES = 4;

  /** How many samples a step has. */
  @Param({"256", "4096"})
  int batch = 4096;

  /** How many threads work. */
  @Param({"1", "2"})
  int threads = 1;

  int users = 6000;
  int items = 3700;
  int each = 50;
  int epochs = 3;

  private Dataset data = Dataset.builder().build();

  /** Counts what was learned from. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counter {

    /** Pairs and negatives, as often as they were visited. */
    public long samples;

    /** Starts an iteration at 0. */
    @Setup(Level.Iteration)
    public void reset() {
      samples = 0;
    }
  }

  /** Makes the pairs. */
  @Setup
  public void setUp() {
    Dataset.Builder views = Dataset.builder();
    for (Interaction rating : Synthetic.ratings(users, items, each, 1)) {
      views.add(Interaction.view(rating.userId(), rating.itemId(), rating.at()));
    }
    data = views.build();
  }

  /**
   * Learns.
   *
   * @param counter is told of the samples
   * @return a model
   */
  @Benchmark
  public RecommenderModel fit(Counter counter) {
    RecommenderModel model =
        NeuMf.builder()
            .factors(8)
            .layers(64, 32, 16, 8)
            .negatives(NEGATIVES)
            .batchSize(batch)
            .epochs(epochs)
            .regularization(0)
            .build()
            .fit(data, FitContext.standard().withThreads(threads));
    counter.samples += (long) users * each * (1 + NEGATIVES) * epochs;
    return model;
  }
}
