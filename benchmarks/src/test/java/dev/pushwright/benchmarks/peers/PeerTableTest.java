// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PeerTableTest {

  private static final Measurement OURS = measured("Pushwright 0.1", 0.4, 0.2);
  private static final Measurement ABSENT =
      new Measurement("Pushwright 0.1", true, List.of(), OptionalDouble.empty(), Optional.empty());

  private static Measurement measured(String library, Double... runs) {
    return new Measurement(
        library, false, List.of(runs), OptionalDouble.of(12.3), Optional.empty());
  }

  private static Measurement broken(String why) {
    return new Measurement("Other 2", false, List.of(), OptionalDouble.empty(), Optional.of(why));
  }

  private static List<String> lines(Measurement ours, Measurement theirs) {
    return PeerTable.of(
            List.of(new PeerTable.Row(Work.ALS, "other", ours, theirs, "AUC 1 / 1", 180)))
        .lines()
        .skip(2)
        .toList();
  }

  @Test
  void ratiosAreOfFirstRunsAndOfBestRuns() {
    assertThat(lines(OURS, measured("Other 2", 8.0, 2.5)))
        .containsExactly(
            "| implicit ALS, 64 factors, 10 iterations | 0.400 | 0.200 | Other 2 | 8.00 | 2.50"
                + " | 20.0× | 12.5× | 12 / 12 | AUC 1 / 1 |");
  }

  @Test
  void whatOursLacksHasNoRatio() {
    assertThat(lines(ABSENT, measured("Other 2", 8.0)))
        .containsExactly(
            "| implicit ALS, 64 factors, 10 iterations | – | – | Other 2 | 8.00 | 8.00"
                + " | – | – | – / 12 | AUC 1 / 1 |");
  }

  @Test
  void whatTookTooLongIsAtLeastThatMuchSlower() {
    assertThat(lines(OURS, broken("> 180 s")))
        .containsExactly(
            "| implicit ALS, 64 factors, 10 iterations | 0.400 | 0.200 | Other 2 | > 180 | –"
                + " | > 450× | > 900× | 12 / – | AUC 1 / 1 |",
            "",
            "- als, Other 2: ended early: > 180 s");
  }

  @Test
  void whatFailedSaysWhy() {
    assertThat(lines(OURS, broken("java.lang.OutOfMemoryError")))
        .containsExactly(
            "| implicit ALS, 64 factors, 10 iterations | 0.400 | 0.200 | Other 2 | failed | –"
                + " | – | – | 12 / – | AUC 1 / 1 |",
            "",
            "- als, Other 2: ended early: java.lang.OutOfMemoryError");
  }

  @Test
  void aLibraryThatNeverSpokeGoesByTheNameOfItsFolder() {
    assertThat(lines(OURS, Measurement.parse(List.of()).withTrouble("the process ended with 1")))
        .last()
        .isEqualTo("- als, other: ended early: the process ended with 1");
  }

  @Test
  void ourTroubleIsToldOnceForAllLibraries() {
    PeerTable.Row row = new PeerTable.Row(Work.ALS, "other", broken("it broke"), OURS, "–", 180);
    assertThat(PeerTable.of(List.of(row, row)).lines().filter(line -> line.contains("it broke")))
        .containsExactly("- als, ours: ended early: it broke");
  }
}
