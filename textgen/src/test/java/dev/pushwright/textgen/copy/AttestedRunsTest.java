// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.textgen.ModelParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttestedRunsTest {

  private static final Map<String, String> CART = Map.of("language", "en", "occasion", "cart");
  private static final Map<String, String> SALE = Map.of("language", "en", "occasion", "sale");

  private static final AttestedRuns RUNS =
      AttestedRuns.builder()
          .text(CART, List.of("it", "waits", "in", "your", "cart"))
          .text(CART, List.of("still", "waits", "in", "your", "bag"))
          .text(SALE, List.of("save", "on", "it"))
          .build();

  @TempDir Path folder;

  @Test
  void whatRecombinesRunsOfOneOccasionIsAttested() {
    assertThat(RUNS.attest(CART, List.of("it", "waits", "in", "your", "bag"))).isTrue();
    assertThat(RUNS.attest(CART, List.of("it", "waits", "in", "a", "bag"))).isFalse();
  }

  @Test
  void whatIsSaidForAnotherOccasionIsNot() {
    assertThat(RUNS.attest(SALE, List.of("save", "on", "it"))).isTrue();
    assertThat(RUNS.attest(CART, List.of("save", "on", "it"))).isFalse();
    assertThat(RUNS.attest(Map.of("language", "en"), List.of("save", "on", "it"))).isTrue();
    assertThat(RUNS.attest(Map.of("language", "zh"), List.of("save", "on", "it"))).isFalse();
  }

  @Test
  void aTextBeginsAndEndsAsOthersDo() {
    assertThat(RUNS.attest(CART, List.of("waits", "in", "your", "cart"))).isFalse();
    assertThat(RUNS.attest(CART, List.of("it", "waits", "in", "your"))).isFalse();
    AttestedRuns runs =
        AttestedRuns.builder()
            .run("language", "en", List.of(AttestedRuns.EDGE, AttestedRuns.EDGE, "hello"))
            .run("language", "en", List.of(AttestedRuns.EDGE, "hello", AttestedRuns.EDGE))
            .run("language", "en", List.of("hello", AttestedRuns.EDGE, AttestedRuns.EDGE))
            .build();
    assertThat(runs.attest(Map.of("language", "en"), List.of("hello"))).isTrue();
    assertThat(runs.attest(Map.of("language", "en"), List.of("hello", "hello"))).isFalse();
  }

  @Test
  void noRunsAttestEverything() {
    assertThat(AttestedRuns.none().attest(CART, List.of("whatever"))).isTrue();
    assertThat(read(AttestedRuns.none()).attest(CART, List.of("whatever"))).isTrue();
  }

  @Test
  void runsSurviveSaving() {
    AttestedRuns read = read(RUNS);
    assertThat(read.attest(CART, List.of("it", "waits", "in", "your", "bag"))).isTrue();
    assertThat(read.attest(CART, List.of("save", "on", "it"))).isFalse();
  }

  private AttestedRuns read(AttestedRuns runs) {
    return ModelParts.reread(folder, runs::save, AttestedRuns::read);
  }

  @Test
  void runsThatAreNotInOrderAreRefused() {
    long[] runs = {3, 5, 4};
    assertThatThrownBy(
            () -> ModelParts.reread(folder, out -> out.longs("runs", runs), AttestedRuns::read))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("runs are not in order at 2");
  }
}
