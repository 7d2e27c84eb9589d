// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FitAtScaleTest {

  @Test
  void tellsOfEachIterationAndTheFit() {
    StringWriter out = new StringWriter();
    int end =
        run(
            out,
            Stream.of(
                "--recommender als --set factors=4 --set iterations=3",
                "--users 60 --items 50 --pairs 400"));
    assertThat(end).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("made ").contains(" events"),
            line -> assertThat(line).contains(" 1 of 3: "),
            line -> assertThat(line).contains(" 2 of 3: "),
            line -> assertThat(line).contains(" 3 of 3: "),
            line -> assertThat(line).startsWith("fitted AlsModel: ").contains("heap peak"));
  }

  @Test
  void aSettingThatIsNoneIsRefusedBeforeDataIsMade() {
    StringWriter out = new StringWriter();
    assertThat(run(out, Stream.of("--set neighbors=100"))).isNotZero();
    assertThat(out.toString()).contains("neighbors").doesNotContain("made ");
  }

  @Test
  void aSizeThatIsNoneIsRefused() {
    for (String size : new String[] {"--users 0", "--items 0", "--pairs -1", "--runs 0"}) {
      StringWriter out = new StringWriter();
      assertThat(run(out, Stream.of(size))).isNotZero();
      assertThat(out.toString())
          .contains(size.substring(2).replace(" ", " is "))
          .contains("at least")
          .doesNotContain("made ");
    }
  }

  private static int run(StringWriter out, Stream<String> args) {
    return FitAtScale.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(args.flatMap(line -> Stream.of(line.split(" "))).toArray(String[]::new));
  }
}
