// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapPeakTest {

  private static final int MB = 1 << 20;

  /** What is measured: megabytes that are kept, and as many again after they were let go. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) throws Exception {
      int megabytes = Integer.parseInt(args[0]);
      int garbage = Integer.parseInt(args[1]);
      System.gc();
      HeapPeak heap = new HeapPeak();
      long made = 0;
      for (int round = 0; round < 3; round++) {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < megabytes * 16; i++) {
          kept.add(new byte[MB / 16 - 16]);
        }
        // Moved to the old generation, where there is one, and then let go.
        System.gc();
        made += kept.size();
        kept.clear();
        System.gc();
      }
      for (int i = 0; i < garbage * 16; i++) {
        made += new byte[MB / 16 - 16].length;
      }
      System.out.println(heap.stop());
      System.out.println(made + " made");
    }
  }

  private static double measured(String collector, int megabytes, int garbage) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-Xmn64m",
                "-XX:+" + collector,
                "-cp",
                place(HeapPeak.class) + File.pathSeparator + place(Program.class),
                Program.class.getName(),
                String.valueOf(megabytes),
                String.valueOf(garbage))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Long.parseLong(told.lines().findFirst().orElseThrow()) / (double) MB;
  }

  private static String place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @ParameterizedTest
  @CsvSource({"UseSerialGC", "UseParallelGC", "UseG1GC"})
  void memoryThatMovesBetweenPoolsIsCountedOnce(String collector) throws Exception {
    assertThat(measured(collector, 24, 0)).isBetween(23.0, 26.0);
  }

  @ParameterizedTest
  @CsvSource({"UseSerialGC", "UseParallelGC", "UseG1GC"})
  void garbageIsCountedUntilItIsCollected(String collector) throws Exception {
    assertThat(measured(collector, 4, 40)).isBetween(30.0, 46.0);
    assertThat(measured(collector, 4, 1000)).isBetween(30.0, 128.0);
  }

  @Test
  void whatIsThereBeforeIsNotCounted() throws Exception {
    byte[] before = new byte[32 * MB];
    System.gc();
    HeapPeak heap = new HeapPeak();
    assertThat(heap.stop() / MB).isLessThan(16);
    assertThat(before).hasSize(32 * MB);
  }
}
