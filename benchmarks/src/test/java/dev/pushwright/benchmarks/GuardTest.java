// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonParseException;
import dev.pushwright.benchmarks.GuardRule.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GuardTest {

  @TempDir private Path folder;

  private static final String PRODUCT =
      "\"benchmark\": \"MatmulBenchmark.multiply\","
          + " \"params\": {\"shape\": \"8x8x8\", \"tier\": \"java\"}";
  private static final String RATIO =
      "{" + PRODUCT + ", \"reference\": {\"tier\": \"ijk\"}, \"floor\": 3}";
  private static final String ALLOCATION = "{" + PRODUCT + ", \"allocatedBytes\": 24}";

  @Test
  void theRulesOfTheProjectGuardSpeedAndAllocations() throws IOException {
    List<GuardRule> rules = GuardFile.read(Path.of("guard.json"));
    assertThat(rules)
        .filteredOn(rule -> rule instanceof GuardRule.Ratio ratio && ratio.floor() > 1)
        .extracting(GuardRule::benchmark)
        .contains("MatmulBenchmark.multiply", "SimilarityBenchmark.neighbours");
    assertThat(rules)
        .filteredOn(rule -> rule instanceof GuardRule.Allocation)
        .extracting(GuardRule::benchmark)
        .contains("MatmulBenchmark.multiply", "TopNBenchmark.best");
  }

  @Test
  void bothKindsOfRulesAreRead() throws IOException {
    SortedMap<String, String> java = new TreeMap<>(Map.of("shape", "8x8x8", "tier", "java"));
    SortedMap<String, String> naive = new TreeMap<>(Map.of("tier", "ijk"));
    assertThat(read("[" + RATIO + ", " + ALLOCATION + "]"))
        .containsExactly(
            new GuardRule.Ratio("MatmulBenchmark.multiply", java, naive, 3),
            new GuardRule.Allocation("MatmulBenchmark.multiply", java, 24));
  }

  @Test
  void theRivalDiffersInTheReferencesParamsAlone() {
    assertThat(ratio(3).rival())
        .containsExactlyInAnyOrderEntriesOf(Map.of("shape", "2x2x2", "tier", "ijk"));
  }

  @Test
  void aRatioHoldsFromItsFloorOn() {
    assertThat(ratio(3).judge(3).holds()).isTrue();
    assertThat(ratio(3).judge(2.99).holds()).isFalse();
    assertThat(ratio(3).judge(2.5).line())
        .isEqualTo(
            "SLOW MatmulBenchmark.multiply shape=2x2x2 tier=java is 2.50 times as fast as"
                + " tier=ijk; the floor is 3.0");
  }

  private static GuardRule.Ratio ratio(double floor) {
    return new GuardRule.Ratio(
        "MatmulBenchmark.multiply",
        new TreeMap<>(Map.of("shape", "2x2x2", "tier", "java")),
        new TreeMap<>(Map.of("tier", "ijk")),
        floor);
  }

  @Test
  void allocationsHoldUpToTheByte() {
    GuardRule.Allocation rule =
        new GuardRule.Allocation("TopNBenchmark.best", new TreeMap<>(Map.of("n", "10")), 304);
    assertThat(rule.judge(304))
        .isEqualTo(
            new Verdict(
                true, "ok   TopNBenchmark.best n=10 allocates 304 B an operation, as stated"));
    assertThat(rule.judge(305))
        .isEqualTo(
            new Verdict(
                false,
                "MORE TopNBenchmark.best n=10 allocates 305 B an operation; 304 are allowed"));
    assertThat(rule.judge(296))
        .isEqualTo(
            new Verdict(
                true,
                "less TopNBenchmark.best n=10 allocates 296 B an operation; 304 are stated: lower"
                    + " allocatedBytes to 296"));
  }

  @Test
  void theShareOfJmhIsRoundedAway() {
    assertThat(Guard.exact(0.0006)).isZero();
    assertThat(Guard.exact(304)).isEqualTo(304);
    assertThat(Guard.exact(311.9)).isEqualTo(304);
    assertThat(Guard.exact(312.1)).isEqualTo(312);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                                              | no JSON array",
        "[]                                              | nothing would be guarded",
        "[3]                                             | 3 where a rule is needed",
        "[{`benchmark`: 3}]                              | benchmark 3; a text is needed",
        "[{`params`: {}}]                                | a rule without benchmark",
        "[{`benchmark`: `TopNBenchmark.best`}]           | a rule without params",
        "[{`floors`: 3}]                                 | a field \"floors\"; a rule has"
            + " [allocatedB",
        "[{`floor`: 0}]                                  | floor 0; a number above 0",
        "[{`floor`: `3`}]                                | floor 3; a number above 0",
        "[{`allocatedBytes`: -1}]                        | allocatedBytes -1; a whole number",
        "[{`allocatedBytes`: 0.5}]                       | allocatedBytes 0.5; a whole number",
        "[{`params`: 3}]                                 | params 3; an object",
        "[{`params`: {`n`: 10}}]                         | params.n 10; a text",
        "[{`benchmark`: `NoBenchmark.best`, `params`: {}}]   | NoBenchmark.best\"; write"
            + " Class.method",
        "[{`benchmark`: `TopNBenchmark`, `params`: {}}]      | TopNBenchmark\"; write Class.method",
        "[{`benchmark`: `TopNBenchmark.worst`, `params`: {}}]| of its class are [best]",
        "[{`benchmark`: `TopNBenchmark.best`, `params`: {`n`: `10`}}] | params are [n, rival,"
            + " size]",
      })
  void whatIsNoRuleIsRefused(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(json.replace('`', '"')))
        .withMessageContaining("guard.json, line 1: there is ")
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "                                                          | of no kind",
        ", \"floor\": 3                                            | of no kind",
        ", \"reference\": {\"tier\": \"ijk\"}                      | of no kind",
        ", \"floor\": 3, \"allocatedBytes\": 3                     | of no kind",
        ", \"floor\": 3, \"reference\": {\"rival\": \"ijk\"}       | whose params are [shape,"
            + " tier]",
        ", \"floor\": 3, \"reference\": {\"tier\": \"java\"}       | its own rival",
        ", \"floor\": 3, \"reference\": {}                         | its own rival",
      })
  void aRuleThatComparesNothingIsRefused(@Nullable String rest, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("[{" + PRODUCT + (rest == null ? "" : rest) + "}]"))
        .withMessageContaining(message);
  }

  @Test
  void whatIsSaidTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("[" + ALLOCATION + ",\n" + ALLOCATION + "]"))
        .withMessageContaining("line 2: there is a second rule for MatmulBenchmark.multiply");
    assertThatExceptionOfType(JsonParseException.class)
        .isThrownBy(() -> read("[{\"floor\": 1, \"floor\": 2}]"));
  }

  private List<GuardRule> read(String json) throws IOException {
    return GuardFile.read(Files.writeString(folder.resolve("guard.json"), json));
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Guard.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Guard.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
  }

  @Test
  void rulesThatAreBrokenFailTheRunAndAreNamed() throws IOException {
    String rules =
        "["
            + RATIO.replace("3}", "1000000}")
            + ",{\"benchmark\": \"TopNBenchmark.best\", \"params\": {\"size\": \"100\", \"n\":"
            + " \"10\", \"rival\": \"top-n\"}, \"allocatedBytes\": 0}]";
    StringWriter out = new StringWriter();
    assertThat(run(out, rules)).isEqualTo(1);
    assertThat(out.toString().lines().toList())
        .satisfiesExactly(
            slow ->
                assertThat(slow)
                    .startsWith("SLOW MatmulBenchmark.multiply shape=8x8x8 tier=java is ")
                    .endsWith("; measured once more, longer"),
            slow ->
                assertThat(slow)
                    .startsWith("SLOW MatmulBenchmark.multiply shape=8x8x8 tier=java is ")
                    .endsWith("; the floor is 1000000.0"),
            more ->
                assertThat(more)
                    .startsWith("MORE TopNBenchmark.best n=10 rival=top-n size=100 allocates "));
  }

  @Test
  void whatAllocatesNothingIsFoundToAllocateNothing() throws IOException {
    String rule =
        "{\"benchmark\": \"TopNBenchmark.best\", \"params\": {\"size\": \"100\", \"n\": \"10\","
            + " \"rival\": \"reused\"}, \"allocatedBytes\": 0}";
    StringWriter out = new StringWriter();
    assertThat(run(out, "[" + RATIO + "," + rule + "]", "--only", "TopN")).isZero();
    assertThat(out.toString().lines().toList())
        .singleElement()
        .asString()
        .isEqualTo(
            "ok   TopNBenchmark.best n=10 rival=reused size=100 allocates 0 B an operation,"
                + " as stated");
  }

  @Test
  void guardingNothingFails() throws IOException {
    StringWriter out = new StringWriter();
    assertThat(run(out, "[" + RATIO + "]", "--only", "ijk")).isNotZero();
  }

  private int run(StringWriter out, String rules, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("guard.json"), rules);
    CommandLine command =
        Guard.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    List<String> arguments =
        new ArrayList<>(List.of("--rules", file.toString(), "--passes", "1", "--millis", "10"));
    arguments.addAll(List.of(more));
    return command.execute(arguments.toArray(String[]::new));
  }
}
