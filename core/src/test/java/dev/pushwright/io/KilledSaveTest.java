// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a file when the process that saves it is killed. */
class KilledSaveTest {

  private static final int KILLS = 50;

  // A life is a few saves long.
  private static final int MAX_LIFE_MICROS = 60_000;

  @TempDir Path folder;

  private static TensorFileWriter model(boolean first) {
    int[] values = new int[first ? 500_000 : 700_000];
    Arrays.fill(values, first ? 1 : 2);
    return new TensorFileWriter()
        .metadata("model", first ? "A" : "B")
        .ints("values", values, values.length)
        .texts("ids", List.of(first ? "a" : "b"));
  }

  /** What is killed: saves one model and the other in turn, for ever. */
  static final class Saver {
    private Saver() {}

    public static void main(String[] args) {
      Path target = Path.of(args[0]);
      for (boolean first = true; ; first = !first) {
        model(first).write(target);
        System.out.write('.');
        System.out.flush();
      }
    }
  }

  private static Process start(Path target) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Saver.class.getName(),
            target.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private byte[] bytesOf(boolean first) throws IOException {
    Path path = folder.resolve("expected.safetensors");
    model(first).write(path);
    return Files.readAllBytes(path);
  }

  private List<Path> leftOvers() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  @Test
  void killedProcessLeavesTheOldFileOrTheNewOneWhole(TestReporter reporter) throws Exception {
    byte[] a = bytesOf(true);
    byte[] b = bytesOf(false);
    Path target = folder.resolve("model.safetensors");
    SplittableRandom random = new SplittableRandom(50);
    int leftA = 0;
    int leftB = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process saver = start(target);
      try {
        assertThat(saver.getInputStream().read())
            .as("first save of process %s", kill)
            .isEqualTo('.');
        LockSupport.parkNanos(1000L * random.nextInt(MAX_LIFE_MICROS));
        assertThat(saver.isAlive()).as("process %s before it is killed", kill).isTrue();
      } finally {
        saver.destroyForcibly();
      }
      assertThat(saver.waitFor(60, TimeUnit.SECONDS)).isTrue();
      byte[] left = Files.readAllBytes(target);
      if (Arrays.equals(left, a)) {
        leftA++;
      } else {
        assertThat(Arrays.equals(left, b)).as("kill %s leaves one of the two", kill).isTrue();
        leftB++;
      }
    }
    int cutShort = leftOvers().size();
    reporter.publishEntry(
        Map.of(
            "kills", String.valueOf(KILLS),
            "left A", String.valueOf(leftA),
            "left B", String.valueOf(leftB),
            "cut short while writing", String.valueOf(cutShort)));
    // A saver does nothing but save: kills that never met it at work would prove nothing.
    assertThat(cutShort).isGreaterThan(KILLS / 10);

    model(true).write(target);
    assertThat(Files.readAllBytes(target)).isEqualTo(a);
    assertThat(leftOvers()).as("left-overs too young to be taken away").hasSize(cutShort);
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path file : leftOvers()) {
      Files.setLastModifiedTime(file, old);
    }
    model(false).write(target);
    assertThat(Files.readAllBytes(target)).isEqualTo(b);
    assertThat(leftOvers()).isEmpty();
  }
}
