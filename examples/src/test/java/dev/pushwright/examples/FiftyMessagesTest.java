// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FiftyMessagesTest {

  private static List<String> print(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new FiftyMessages()).execute(args)).isZero();
      return out.toString(StandardCharsets.UTF_8).lines().toList();
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }

  @Test
  void fewOfTheTemplatesMessagesAreTheSame() {
    List<String> lines = print("--count", "50");
    assertThat(lines).filteredOn(line -> line.startsWith("  PUSH ")).hasSize(50);
    assertThat(lines).contains("50 messages, 0 withheld.");
    assertThat(lines.get(lines.size() - 2)).matches("(9[6-9]|100) % are different texts; .*");
    // Names, prices and tags make no text another.
    assertThat(lines.get(lines.size() - 1))
        .matches(
            "Without names, prices and tags (8[4-9]|9\\d) % differ;"
                + " the commonest text is there [1-4] times, the title [1-4]\\.");
    // Of all occasions, in both languages, prices as the shop's currency has them.
    assertThat(String.join("\n", lines))
        .contains("RECOMMENDATION", "PRICE_DROP", "BACK_IN_STOCK", "CART_REMINDER", "PROMOTION")
        .contains("template/en:", "template/zh:", "£")
        .doesNotContain("{{", "'S ");
  }

  @Test
  void aSeedGivesTheSameMessagesAndAnotherOthers() {
    List<String> once = written("--count", "5", "--seed", "2");
    assertThat(once).hasSizeGreaterThanOrEqualTo(10);
    assertThat(written("--count", "5", "--seed", "2")).isEqualTo(once);
    assertThat(written("--count", "5", "--seed", "3")).isNotEqualTo(once);
  }

  private static List<String> written(String... args) {
    return print(args).stream().filter(line -> line.startsWith("          | ")).toList();
  }
}
