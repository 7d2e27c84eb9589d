// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GuardTest {

  @TempDir private Path folder;

  @Test
  void theFloorsOfTheProjectAreRead() throws IOException {
    assertThat(GuardRule.read(Path.of("guard.json")))
        .hasSizeGreaterThan(2)
        .allSatisfy(rule -> assertThat(rule.floor()).isGreaterThan(1))
        .extracting(GuardRule::benchmark)
        .contains("MatmulBenchmark", "SimilarityBenchmark");
  }

  @Test
  void aRatioHoldsFromItsFloorOn() {
    GuardRule rule = new GuardRule("MatmulBenchmark", "2x2x2", "java", "ijk", 3);
    assertThat(rule.holds(3)).isTrue();
    assertThat(rule.holds(2.99)).isFalse();
    assertThat(rule.describe(2.5))
        .isEqualTo("SLOW MatmulBenchmark 2x2x2 java/ijk is 2.50 times as fast; the floor is 3.0");
  }

  @Test
  void filesThatWouldGuardNothingAreRefused() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{}"))
        .withMessageContaining("no rule");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"MatmulBenchmark\": 3}"))
        .withMessageContaining("\"MatmulBenchmark\" is no rule");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"MatmulBenchmark 2x2x2 java/ijk\": 0}"))
        .withMessageContaining("above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("[]"))
        .withMessageContaining("no JSON object");
    assertThatExceptionOfType(JsonParseException.class)
        .isThrownBy(
            () ->
                read(
                    "{\"MatmulBenchmark 2x2x2 java/ijk\": 1,"
                        + " \"MatmulBenchmark 2x2x2 java/ijk\": 2}"));
  }

  private List<GuardRule> read(String json) throws IOException {
    return GuardRule.read(Files.writeString(folder.resolve("floors.json"), json));
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Guard.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Guard.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
  }

  @Test
  void aRatioThatIsNeverReachedFailsTheRunAndIsNamed() throws IOException {
    Path floors =
        Files.writeString(
            folder.resolve("floors.json"), "{\"MatmulBenchmark 8x8x8 java/ijk\": 1000000}");
    StringWriter out = new StringWriter();
    CommandLine command = Guard.commandLine().setOut(new PrintWriter(out));
    int status = command.execute("--floors", floors.toString(), "--passes", "1", "--millis", "5");
    assertThat(status).isEqualTo(1);
    assertThat(out.toString()).startsWith("SLOW MatmulBenchmark 8x8x8 java/ijk is ");
  }
}
