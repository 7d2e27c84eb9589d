// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a user sees it. */
class QuickstartTest {

  private record Printed(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  private static Printed run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int status = Quickstart.commandLine().execute(args);
      return new Printed(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }

  @Test
  void theBundledShopGivesPushesReasonsAndSilence() throws IOException {
    Printed printed = run();
    assertThat(printed.status()).isZero();
    assertThat(printed.out()).contains("170,978", "because you bought", "[QUIET_HOURS]", "HISTORY");
    assertThat(printed.lines())
        .as("the whole profile of a customer")
        .filteredOn(line -> line.matches("  [a-zA-Z].{14}\\S.*"))
        .extracting(line -> line.substring(2, 17).strip())
        .contains(
            "rests on",
            "interests",
            "purchases",
            "prices paid",
            "visits",
            "active hours",
            "best hour",
            "does mostly",
            "segment",
            "inferred",
            "vectors",
            "as JSON");
    assertThat(printed.out()).contains(" from its middle", "basket: ", "more than others: ");
    assertThat(Files.readString(Path.of("target", "segments.svg")).contains("<ellipse"))
        .as("a drawing with points")
        .isTrue();
    assertThat(printed.out()).contains("| 24h in Europe/", "visits began within", "events; of the");
    assertThat(printed.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(printed.lines().stream().filter(line -> line.startsWith("  PUSH ")))
        .hasSizeGreaterThanOrEqualTo(10);
    assertThat(printed.lines().stream().filter(line -> line.startsWith("  WITHHELD ")))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(run().out()).as("a second run").isEqualTo(printed.out());
  }

  @Test
  void anotherFileAndMappingAreTaken(@TempDir Path folder) throws IOException {
    Path sales = folder.resolve("sales.csv");
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz");
        GZIPInputStream in = new GZIPInputStream(Files.newInputStream(bundled.path()))) {
      Files.write(sales, in.readNBytes(4_000_000));
    }
    Printed printed = run("--data", sales.toString(), "--customers", "1");
    assertThat(printed.err()).doesNotContain("Exception");
    assertThat(printed.status()).isZero();
    assertThat(printed.out()).contains("sales.csv", "  PUSH ");
  }

  @Test
  void aNetworkIsTrainedWithItsProgressShown(@TempDir Path folder) throws IOException {
    Path sales = folder.resolve("sales.csv");
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz");
        GZIPInputStream in = new GZIPInputStream(Files.newInputStream(bundled.path()))) {
      Files.write(sales, in.readNBytes(4_000_000));
    }
    Printed printed = run("--data", sales.toString(), "--customers", "1", "--recommender", "neumf");
    assertThat(printed.err()).doesNotContain("Exception");
    assertThat(printed.status()).isZero();
    assertThat(printed.out())
        .contains("tfidf, neumf, template", "  PUSH ")
        .doesNotContain("because you bought");
    String figures = "loss \\d\\.\\d{4}, ndcg@10 0\\.\\d{4}, [\\d,]+ samples/s, \\d+ s left";
    assertThat(printed.err().lines().filter(line -> line.contains(" of 8: ")))
        .isNotEmpty()
        .allMatch(line -> line.matches("   … epochs [1-8] of 8: " + figures));
  }

  @Test
  void aRecommenderThatIsNotThereIsToldWithThoseThereAre() {
    Printed printed = run("--recommender", "neumif");
    assertThat(printed.status()).isNotZero();
    assertThat(printed.err()).contains("neumif", "neumf").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNotThereIsToldWithoutAStackTrace() {
    Printed printed = run("--data", "no-such-file.csv");
    assertThat(printed.status()).isNotZero();
    assertThat(printed.err()).contains("no-such-file.csv").doesNotContain("\tat ");
  }

  @Test
  void anUnknownMappingListsTheKnownOnes() {
    Printed printed = run("--mapping", "online-retial");
    assertThat(printed.status()).isNotZero();
    assertThat(printed.err()).contains("online-retial", "online-retail", "ncf-pairs");
  }

  @Test
  void generatorsAreShownSideBySideByTheirNames() {
    Printed printed = run("--generator", "template");
    assertThat(printed.err()).doesNotContain("Exception");
    assertThat(printed.status()).isZero();
    String sideBySide =
        printed.out().substring(printed.out().indexOf("6  Generators side by side"));
    assertThat(
            sideBySide.lines().filter(line -> line.startsWith("  PUSH      template [template/")))
        .hasSize(3);
  }

  @Test
  void anUnknownGeneratorListsThoseInstalled() {
    Printed printed = run("--customers", "1", "--generator", "tempalte");
    assertThat(printed.status()).isNotZero();
    assertThat(printed.err()).contains("tempalte", "template").doesNotContain("\tat ");
  }
}
