// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The files and the right answers of {@link QualityTest}. */
class CompareTest {

  private static final String PLAIN = "popularity:halfLifeDays=0";
  private static final String WEIGHED = "popularity:halfLifeDays=0,weights=VIEW:2,CART:4";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void drawWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  @BeforeEach
  void writeFiles() throws IOException {
    List<String> train = List.of("a,x", "b,x", "c,x", "a,y", "b,y", "c,z", "b,z", "d,w");
    Files.write(folder.resolve("train.csv"), train);
    Files.write(folder.resolve("test.csv"), List.of("a,w", "c,y"));
  }

  private int run(String... more) {
    CommandLine command =
        Compare.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    List<String> args = new ArrayList<>(List.of("--train", file("train.csv")));
    args.addAll(List.of("--test", file("test.csv"), "--at", "1,2"));
    args.addAll(List.of(more));
    return command.execute(args.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aPageMarkdownAndJsonAreWritten() throws IOException {
    int code =
        run(
            "--recommender",
            PLAIN,
            "--recommender",
            "item-knn:neighbours=7,shrinkage=0",
            "--baseline",
            "item-knn:neighbours=7,shrinkage=0",
            "--title",
            "Two & two",
            "--html",
            file("page.html"),
            "--markdown",
            file("page.md"),
            "--json",
            file("page.json"));
    assertThat(code).as("stderr: %s", err).isZero();
    assertThat(out.toString()).isEmpty();
    String page = Files.readString(folder.resolve("page.html"));
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("<title>Two &amp; two</title>", "hr@1", "ndcg@2", "0.5000", "neighbours &#x3D; 7")
        .contains("Compared with item-knn:neighbours&#x3D;7,shrinkage&#x3D;0")
        .contains("Coverage");
    assertThat(Files.readString(folder.resolve("page.md"))).contains("| " + PLAIN + " |");
    assertThat(Files.readString(folder.resolve("page.json")))
        .contains("\"baseline\":\"item-knn:neighbours=7,shrinkage=0\"");
    assertThat(err.toString()).contains("train.csv").contains("ask " + PLAIN + " 2/2");
  }

  @Test
  void commasWithinAValueAreItsOwnAndMarkdownIsPrintedByDefault() {
    assertThat(run("--recommender", PLAIN, "--recommender", WEIGHED)).isZero();
    assertThat(out.toString())
        .contains("# Evaluation, protocol full")
        .contains("Compared with " + PLAIN)
        .contains("CART:4")
        .contains("| " + PLAIN + " | 0.5000 ");
  }

  @Test
  void givenNegativesAreRanked() throws IOException {
    Files.write(folder.resolve("negatives.tsv"), List.of("(a,w)\tz", "(c,y)\tw"));
    assertThat(run("--recommender", PLAIN, "--negatives", file("negatives.tsv"))).isZero();
    assertThat(out.toString()).contains("protocol sampled(1)").doesNotContain("Beyond accuracy");
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeAnythingIsFitted() {
    refused("popularity", "--recommender", "popularty");
    refused("neighbours", "--recommender", "item-knn:neighbors=3");
    refused("write name=value", "--recommender", "item-knn:neighbours");
    refused("item-knn", "--recommender", "item-knn", "--baseline", "item-kn");
    refused("name a file", "--recommender", "item-knn", "--html", file("no/page.html"));
    refused("name a file", "--recommender", "item-knn", "--json", folder.toString());
    refused("taken", "--recommender", "item-knn", "--recommender", "item-knn");
  }

  private void refused(String message, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).as(message).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(message).doesNotContain("\tat ").doesNotContain("ask ");
  }
}
