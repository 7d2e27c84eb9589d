// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  private static Measurement told(Consumer<Measurement.Writer> tell) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tell.accept(new Measurement.Writer(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    return Measurement.parse(bytes.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void whatIsWrittenIsRead() {
    Measurement measured =
        told(
            out -> {
              out.library("Some Library 1.0");
              out.run(2.5);
              out.heap(12.25);
              out.run(0.5);
              out.run(1);
            });
    assertThat(measured.library()).isEqualTo("Some Library 1.0");
    assertThat(measured.absent()).isFalse();
    assertThat(measured.runs()).containsExactly(2.5, 0.5, 1.0);
    assertThat(measured.first()).hasValue(2.5);
    assertThat(measured.best()).hasValue(0.5);
    assertThat(measured.heapMb()).hasValue(12.25);
    assertThat(measured.trouble()).isEmpty();
  }

  @Test
  void whatALibraryPrintsItselfIsPassedOver() {
    Measurement measured =
        Measurement.parse(List.of("INFO: peer review", "", "@peer run 3.0", " @peer run 4.0"));
    assertThat(measured.runs()).containsExactly(3.0);
  }

  @Test
  void aProcessThatWasEndedKeepsTheRunsItTold() {
    Measurement measured = Measurement.parse(List.of("@peer run 3.0")).withTrouble("> 5 s");
    assertThat(measured.first()).hasValue(3.0);
    assertThat(measured.trouble()).hasValue("> 5 s");
  }

  @Test
  void aProcessThatToldNothingHasNoTimes() {
    Measurement measured = Measurement.parse(List.of());
    assertThat(measured.library()).isEmpty();
    assertThat(measured.first()).isEmpty();
    assertThat(measured.best()).isEmpty();
  }

  @Test
  void ofATroubleTheFirstLineIsKept() {
    assertThat(told(out -> out.trouble("it broke\nin two")).trouble()).hasValue("it broke");
    assertThat(told(Measurement.Writer::absent).absent()).isTrue();
  }

  @Test
  void aMarkedLineThatIsNotUnderstoodIsRefused() {
    assertThatThrownBy(() -> Measurement.parse(List.of("@peer walk 3.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@peer walk 3.0");
  }
}
