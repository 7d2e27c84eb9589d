// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DiversityTest {

  private static List<String> lines(String key) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    DiversityTest.class.getResourceAsStream("/metrics/self-bleu.tsv")),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> line.startsWith(key + "\t"))
          .map(line -> line.substring(key.length() + 1))
          .toList();
    }
  }

  private static double ratio(String key) throws IOException {
    String[] parts = lines(key).get(0).split("/", -1);
    return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
  }

  @Test
  void equalsTheStoredFigures() throws IOException {
    Diversity diversity = Diversity.of(lines("text"));
    assertThat(diversity.selfBleu())
        .isCloseTo(Double.parseDouble(lines("selfBleu").get(0)), within(1e-9));
    assertThat(diversity.distinct1()).isEqualTo(ratio("distinct1"));
    assertThat(diversity.distinct2()).isEqualTo(ratio("distinct2"));
    assertThat(diversity.distinctTexts()).isEqualTo(23.0 / 24);
  }

  @Test
  void countsWhatIsDifferent() {
    Diversity diversity = Diversity.of(List.of("a b a b", "a c"));
    assertThat(diversity.vocabulary()).isEqualTo(3);
    assertThat(diversity.distinct1()).isEqualTo(3.0 / 6);
    // ab, ba, ab, ac
    assertThat(diversity.distinct2()).isEqualTo(3.0 / 4);
  }

  @Test
  void oneTextOverAndOverIsNotDiverse() {
    Diversity same = Diversity.of(Collections.nCopies(20, "Take a look at this mug."));
    assertThat(same.selfBleu()).isCloseTo(1, within(1e-12));
    assertThat(same.distinctTexts()).isEqualTo(1.0 / 20);
    Diversity other = Diversity.of(List.of("a b c d e", "f g h i j", "k l m n o"));
    assertThat(other.selfBleu()).isZero();
    assertThat(other.distinct1()).isEqualTo(1);
  }

  @Test
  void charactersAreTokensWhereThereAreNoSpaces() {
    Diversity diversity = Diversity.of(List.of("好杯子", "好盘子"), Tokens.CHARACTERS);
    assertThat(diversity.vocabulary()).isEqualTo(4);
    assertThat(diversity.distinct2()).isEqualTo(1);
  }

  @Test
  void emptyTextsCountForNothing() {
    assertThat(Diversity.of(List.of("", " "))).isEqualTo(new Diversity(0, 0, 0, 0, 1));
    assertThat(Diversity.of(List.of("a b")).selfBleu()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diversity.of(List.of()))
        .withMessageContaining("there is no text");
  }
}
