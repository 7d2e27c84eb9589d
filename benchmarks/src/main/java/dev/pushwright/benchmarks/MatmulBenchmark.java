// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.math.Matmul;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * One product of float32 matrices on one thread. {@code flops} counts its operations, 2·m·k·n: in
 * the unit of the output, operations in a nanosecond, that is GF/s.
 *
 * <p>Tiers that do not work on this machine end with an error; the others go on.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar MatmulBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class MatmulBenchmark {

  /** m×k×n. */
  @Param({"256x64x32", "1024x128x64", "4096x256x128", "512x512x512"})
  String shape = "256x64x32";

  /**
   * Four tiers of {@link Matmul}; a library; the loop that goes along the rows of all three
   * matrices; and the loop of a textbook, which goes down the columns of B.
   */
  @Param({"java", "vector", "openblas", "jblas", "ejml", "ikj", "ijk"})
  String tier = "java";

  private static final Set<String> TIERS = Set.of("java", "vector", "openblas", "jblas");

  private int m;
  private int k;
  private int n;
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private FMatrixRMaj ejmlA = new FMatrixRMaj();
  private FMatrixRMaj ejmlB = new FMatrixRMaj();
  private FMatrixRMaj ejmlC = new FMatrixRMaj();

  /** What was calculated, as JMH reports it. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    /** Multiplications and additions. */
    public long flops;
  }

  /** Fills A and B. */
  @Setup
  public void setUp() {
    if (TIERS.contains(tier)) {
      force(tier);
    }
    List<String> sizes = Splitter.on('x').splitToList(shape);
    m = Integer.parseInt(sizes.get(0));
    k = Integer.parseInt(sizes.get(1));
    n = Integer.parseInt(sizes.get(2));
    SplittableRandom random = new SplittableRandom(1);
    a = Synthetic.floats(m * k, random);
    b = Synthetic.floats(k * n, random);
    c = new float[m * n];
    ejmlA = FMatrixRMaj.wrap(m, k, a);
    ejmlB = FMatrixRMaj.wrap(k, n, b);
    ejmlC = FMatrixRMaj.wrap(m, n, c);
  }

  /**
   * Multiplies.
   *
   * @param work counts
   * @return C
   */
  @Benchmark
  public float[] multiply(Work work) {
    work.flops += 2L * m * k * n;
    return product();
  }

  float[] product() {
    switch (tier) {
      case "java", "vector", "openblas", "jblas" ->
          Matmul.sgemm(false, false, m, n, k, 1, a, 0, k, b, 0, n, 0, c, 0, n);
      case "ejml" -> CommonOps_FDRM.mult(ejmlA, ejmlB, ejmlC);
      case "ikj" -> ikj();
      case "ijk" -> ijk();
      default -> throw new IllegalArgumentException("there is no tier " + tier);
    }
    return c;
  }

  /** A JVM picks its tier once: JMH runs each in one of its own. */
  static void force(String tier) {
    System.setProperty("pushwright.matmul", tier);
    if (!Matmul.tier().equals(tier)) {
      throw new IllegalStateException(
          "this JVM multiplies by " + Matmul.tier() + "; run " + tier + " in one of its own");
    }
  }

  private void ikj() {
    Arrays.fill(c, 0);
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        float x = a[i * k + l];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += x * b[l * n + j];
        }
      }
    }
  }

  private void ijk() {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int l = 0; l < k; l++) {
          sum += a[i * k + l] * b[l * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }
}
