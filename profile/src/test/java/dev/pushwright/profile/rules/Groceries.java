// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** The month of a grocery's sales that comes with R's arules; it lives beside the project. */
final class Groceries {

  private static final String PROPERTY = "pushwright.data";

  private Groceries() {}

  /** 9,835 baskets of 169 items. A test that asks for them where they are absent is skipped. */
  static List<List<String>> slips() throws IOException {
    Path file =
        Path.of(System.getProperty(PROPERTY, "../../shared/data"))
            .resolve("groceries/groceries.csv.gz");
    Assumptions.assumeTrue(
        Files.isReadable(file),
        () -> "skipped: there is no " + file + "; -D" + PROPERTY + " names the folder");
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return in.lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
    }
  }
}
