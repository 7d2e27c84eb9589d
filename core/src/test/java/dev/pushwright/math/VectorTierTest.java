// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tier {@code vector}, in JVMs of their own that have its module. Skipped where the tests run
 * without the class, which is compiled apart.
 */
class VectorTierTest {

  @TempDir Path folder;

  /** Checks as many products as it is told, on as many threads, then some again for as long. */
  static final class Sweep {
    private Sweep() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
      int shapes = Integer.parseInt(arguments[0]);
      int threads = Integer.parseInt(arguments[1]);
      double seconds = Double.parseDouble(arguments[2]);
      long end = System.nanoTime() + (long) (seconds * 1e9);
      List<MatmulProduct> kept = new ArrayList<>();
      List<float[]> results = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(99);
      int[][] sizes = {{1, 64, 64}, {5, 33, 300}, {64, 64, 64}, {31, 100, 600}, {7, 1100, 9}};
      for (int[] size : sizes) {
        MatmulProduct product = new MatmulProduct(random, size[0], size[1], size[2]);
        kept.add(product);
        results.add(product.result(1));
      }
      Parallel.forBlocks(
          shapes,
          100,
          threads,
          (from, to) -> {
            SplittableRandom own = new SplittableRandom(from);
            for (int round = from; round < to; round++) {
              MatmulProduct.random(own).check();
            }
          });
      do {
        for (int i = 0; i < kept.size(); i++) {
          // As the JVM compiles the tiles, other code takes over: the bits must stay.
          if (!Arrays.equals(kept.get(i).result(1), results.get(i))) {
            throw new IllegalStateException("the bits of " + kept.get(i) + " changed");
          }
        }
      } while (System.nanoTime() < end);
      kept.forEach(MatmulProduct::check);
      MatmulProduct large = new MatmulProduct(random, 300, 200, 270);
      large.check();
      if (!Arrays.equals(large.result(1), large.result(8))) {
        throw new IllegalStateException("8 threads give other bits");
      }
      System.out.println(Matmul.tier() + " " + Arrays.hashCode(kept.get(1).result(1)));
    }
  }

  private List<String> sweep(String tier, String... arguments) throws Exception {
    assumeTrue(
        ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent(),
        "this JVM has no jdk.incubator.vector");
    assumeTrue(
        Matmul.class.getResource("VectorKernel.class") != null, "VectorKernel was not compiled");
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Dpushwright.matmul=" + tier));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " did not end");
    }
    // The JVM itself warns of the module.
    assertThat(Files.readString(err).replaceAll("(?m)^WARNING: Using incubator.*\\R?", ""))
        .isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(out);
  }

  @Test
  void tenThousandShapesEqualTheTripleLoopOnEightThreadsWhileTheJvmWarmsUp() throws Exception {
    List<String> out = sweep("vector", Sweep.class.getName(), "10000", "8", "1");
    assertThat(out).hasSize(1);
    assertThat(out.get(0)).startsWith("vector ");
  }

  @Test
  void theBitsAreTheSameWithTheShortestVectorsAndWithoutTheOptimizingCompiler() throws Exception {
    String compiled = sweep("vector", Sweep.class.getName(), "100", "1", "0").get(0);
    // Options of some processors alone; others are told to pass over them.
    String others = "-XX:+IgnoreUnrecognizedVMOptions";
    assertThat(sweep("vector", others, "-XX:UseAVX=2", Sweep.class.getName(), "100", "1", "0.5"))
        .containsExactly(compiled);
    assertThat(
            sweep(
                "vector",
                others,
                "-XX:MaxVectorSize=16",
                "-XX:TieredStopAtLevel=1",
                Sweep.class.getName(),
                "100",
                "1",
                "0"))
        .containsExactly(compiled);
  }
}
