// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.math.Matmul;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/**
 * What a second thread gains for the product of two matrices of 512×512.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar MatmulThreadsBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class MatmulThreadsBenchmark {

  private static final int SIZE = 512;

  /** A tier of {@link Matmul}. */
  @Param({"java", "vector", "openblas"})
  String tier = "java";

  /** Threads. */
  @Param({"1", "2"})
  int threads = 1;

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /** Fills A and B. */
  @Setup
  public void setUp() {
    MatmulBenchmark.force(tier);
    SplittableRandom random = new SplittableRandom(1);
    a = Synthetic.floats(SIZE * SIZE, random);
    b = Synthetic.floats(SIZE * SIZE, random);
    c = new float[SIZE * SIZE];
  }

  /**
   * Multiplies.
   *
   * @return C
   */
  @Benchmark
  public float[] multiply() {
    Matmul.sgemm(false, false, SIZE, SIZE, SIZE, 1, a, 0, SIZE, b, 0, SIZE, 0, c, 0, SIZE, threads);
    return c;
  }
}
