// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoughtTogetherTest {

  private static String printed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      BoughtTogether.main(new String[0]);
    } finally {
      System.setOut(stdout);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theShopSellsSetsAndTeacupsTogether() throws IOException {
    String printed = printed();
    assertThat(printed)
        .contains(
            "poppy's playhouse livingroom => poppy's playhouse kitchen",
            "toilet metal sign => bathroom metal sign",
            "in it: roses regency teacup and saucer",
            "0.73  green regency teacup and saucer",
            "because of regency cakestand 3 tier + roses regency teacup and saucer");
    assertThat(printed).doesNotContain("partial:");
    assertThat(printed.lines())
        .hasSizeGreaterThan(20)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Screen.WIDTH));
  }
}
