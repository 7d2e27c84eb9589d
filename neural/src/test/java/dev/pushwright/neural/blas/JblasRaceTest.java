// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.math.Matmul;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jblas.NativeBlas;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why {@link JblasProvider} has a lock: threads that multiply arrays of their own by jblas get
 * wrong numbers now and then, or crash. Shown in a JVM of its own, for a crash would be that of the
 * tests. Skipped where jblas does not load.
 */
class JblasRaceTest {

  private static final int SIZE = 64;
  private static final int THREADS = 8;

  @TempDir Path folder;

  /** Multiplies on several threads for some seconds; prints how many products came out wrong. */
  static final class Race {
    private Race() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
      libgfortran();
      boolean locked = arguments[0].equals("locked");
      long seconds = Long.parseLong(arguments[1]);
      AtomicLong products = new AtomicLong();
      AtomicLong wrong = new AtomicLong();
      List<Thread> threads = new ArrayList<>();
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      for (int t = 0; t < THREADS; t++) {
        int seed = t;
        Thread thread =
            new Thread(
                () -> {
                  float[] a = numbers(seed);
                  float[] b = numbers(seed + 1);
                  float[] expected = product(a, b);
                  float[] c = new float[SIZE * SIZE];
                  while (System.nanoTime() < end && (locked || wrong.get() == 0)) {
                    if (locked) {
                      Matmul.sgemm(
                          false, false, SIZE, SIZE, SIZE, 1, a, 0, SIZE, b, 0, SIZE, 0, c, 0, SIZE);
                    } else {
                      NativeBlas.sgemm(
                          'N', 'N', SIZE, SIZE, SIZE, 1, b, 0, SIZE, a, 0, SIZE, 0, c, 0, SIZE);
                    }
                    products.incrementAndGet();
                    if (!java.util.Arrays.equals(c, expected)) {
                      wrong.incrementAndGet();
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.println(wrong.get() + " wrong of " + products.get());
    }

    /** OpenBLAS brings one along, for machines where it is not installed. */
    private static void libgfortran() {
      try {
        new OpenBlasProvider().start();
      } catch (IllegalStateException e) {
        // Then jblas has to find one, or the product that follows fails.
      }
    }

    // Whole numbers: their sums are exact in any order.
    private static float[] numbers(int seed) {
      float[] numbers = new float[SIZE * SIZE];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (i * 31 + seed * 7) % 13 - 6;
      }
      return numbers;
    }

    private static float[] product(float[] a, float[] b) {
      float[] c = new float[SIZE * SIZE];
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          for (int l = 0; l < SIZE; l++) {
            c[i * SIZE + j] += a[i * SIZE + l] * b[l * SIZE + j];
          }
        }
      }
      return c;
    }
  }

  private ForkedJvm jvm() {
    Race.libgfortran();
    OpenBlasConformanceTest.started(new JblasProvider());
    return new ForkedJvm(folder).flags("-Xmx512m", "-XX:ErrorFile=" + folder.resolve("crash.log"));
  }

  @Test
  @Tag("accuracy")
  void withoutTheLockProductsComeOutWrong(TestReporter reporter) throws Exception {
    ForkedJvm.Result result = jvm().run(Race.class, "unlocked", "60");
    String outcome = result.exit() == 0 ? result.out().get(0) : "exit " + result.exit();
    reporter.publishEntry("unlocked", outcome);
    assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1, "threads of one processor hardly race");
    assertThat(outcome).doesNotStartWith("0 wrong");
  }

  @Test
  void withTheLockNoneDoes() throws Exception {
    ForkedJvm.Result result =
        jvm().flags("-Dpushwright.matmul=jblas").run(Race.class, "locked", "2");
    assertThat(result.exit()).isZero();
    assertThat(result.out().get(0)).startsWith("0 wrong of ").isNotEqualTo("0 wrong of 0");
  }
}
