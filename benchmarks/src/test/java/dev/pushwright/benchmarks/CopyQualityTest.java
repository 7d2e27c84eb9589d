// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CopyQualityTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path write(String name, String... foods) throws IOException {
    List<String> lines = new ArrayList<>(List.of("mr,ref"));
    for (String food : foods) {
      for (String place : List.of("The Mill", "Zizzi", "Aromi")) {
        for (String end : List.of("food.", "dishes.")) {
          lines.add(
              "\"name[%s], food[%s]\",%s serves %s %s".formatted(place, food, place, food, end));
        }
      }
    }
    return Files.write(folder.resolve(name), lines);
  }

  private int run(String... args) {
    return new CommandLine(new CopyQuality())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void aLanguageOfOneSentenceIsLearnedWithoutAnError() throws IOException {
    Path train = write("train.csv", "French", "Indian", "Italian");
    Path test = write("test.csv", "Indian");
    String generator = "seq2seq:epochs=60,hidden=12,embedding=8,batchSize=4,learningRate=0.02";
    int code =
        run(
            "--train",
            train.toString(),
            "--test",
            test.toString(),
            "--generator",
            generator,
            "--texts");
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("The Mill serves Indian ", "| " + generator + " | 1.0000 | 1.0000 | 0.00 % |")
        // Food beside dishes: 13 of 16 words, 7 of 13, 4 of 10 and 1 of 7 runs of words.
        .contains("| people | 0.3976 | 0.3976 | 0.00 % |");
    assertThat(err.toString()).contains("epochs 60 of 60, loss ");
  }

  @Test
  void setsOfSlotsThatAreHeldOutAreJudged() throws IOException {
    Path train = write("train.csv", "French", "Indian");
    Files.writeString(train, "name[Aromi],Aromi is a place.\n", StandardOpenOption.APPEND);
    int code =
        run(
            "--train",
            train.toString(),
            "--test",
            train.toString(),
            "--hold-out",
            "6",
            "--generator",
            "seq2seq:epochs=1,hidden=4,embedding=4",
            "--texts");
    assertThat(code).as(err.toString()).isZero();
    // Two sets of slots: name and food, and name alone, which is the second and held out.
    assertThat(out.toString()).contains("{name=Aromi}\t").doesNotContain("food=");
  }

  @Test
  void aGeneratorThatIsNotThereIsNamed() throws IOException {
    Path train = write("train.csv", "French");
    assertThat(
            run("--train", train.toString(), "--test", train.toString(), "--generator", "seq3seq"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("there is no generator seq3seq; there are [seq2seq]");
  }
}
