// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.math.TopN;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The n best of many scores, best first, ties by the smaller index. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TopNBenchmark {

  private static final int DISTINCT_SCORES = 10_000;

  /** How many scores there are. */
  @Param({"1000", "100000"})
  int size = 1000;

  /** How many are kept. */
  @Param({"10", "100"})
  int n = 10;

  /**
   * The library's selector; one that is used again and again, with its arrays; a heap of the JDK;
   * and sorting everything.
   */
  @Param({"top-n", "reused", "priority-queue", "sort"})
  String rival = "top-n";

  private double[] scores = {};
  private TopN kept = new TopN(0);
  private int[] keptIndices = {};
  private double[] keptScores = {};

  /** Draws the scores, some of them equal. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    scores = random.ints(size, 0, DISTINCT_SCORES).mapToDouble(score -> score).toArray();
    kept = new TopN(n);
    keptIndices = new int[Math.min(n, size)];
    keptScores = new double[keptIndices.length];
  }

  /**
   * Chooses.
   *
   * @return the indices of the n best
   */
  @Benchmark
  public int[] best() {
    return switch (rival) {
      case "top-n" -> topN();
      case "reused" -> reused();
      case "priority-queue" -> priorityQueue();
      case "sort" ->
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(bestFirst())
              .limit(n)
              .mapToInt(i -> i)
              .toArray();
      default -> throw new IllegalArgumentException("there is no rival " + rival);
    };
  }

  private Comparator<Integer> bestFirst() {
    return Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i);
  }

  private int[] topN() {
    TopN best = new TopN(n);
    for (int i = 0; i < scores.length; i++) {
      best.offer(i, scores[i]);
    }
    int[] indices = new int[best.size()];
    best.drain(indices, new double[best.size()]);
    return indices;
  }

  private int[] reused() {
    for (int i = 0; i < scores.length; i++) {
      kept.offer(i, scores[i]);
    }
    kept.drain(keptIndices, keptScores);
    return keptIndices;
  }

  private int[] priorityQueue() {
    PriorityQueue<Integer> worstFirst = new PriorityQueue<>(n + 1, bestFirst().reversed());
    for (int i = 0; i < scores.length; i++) {
      worstFirst.add(i);
      if (worstFirst.size() > n) {
        worstFirst.remove();
      }
    }
    int[] indices = new int[worstFirst.size()];
    for (int place = indices.length - 1; place >= 0; place--) {
      indices[place] = worstFirst.remove();
    }
    return indices;
  }
}
