// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BleuTest {

  record Case(
      double bleu,
      double lowerCase,
      long length,
      long referenceLength,
      List<String> texts,
      List<List<String>> references) {}

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(BleuTest.class.getResourceAsStream("/metrics/bleu-13a.tsv")),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split("\t", -1);
        switch (cells[0]) {
          case "case" ->
              cases.add(
                  new Case(
                      Double.parseDouble(cells[1]),
                      Double.parseDouble(cells[2]),
                      Long.parseLong(cells[3]),
                      Long.parseLong(cells[4]),
                      new ArrayList<>(),
                      new ArrayList<>()));
          case "text" -> {
            cases.get(cases.size() - 1).texts().add(cells[1]);
            cases.get(cases.size() - 1).references().add(new ArrayList<>());
          }
          case "ref" -> {
            List<List<String>> references = cases.get(cases.size() - 1).references();
            references.get(references.size() - 1).add(cells[1]);
          }
          default -> assertThat(line).startsWith("#");
        }
      }
    }
    assertThat(cases).hasSize(15);
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheStoredScores(Case expected) {
    Bleu bleu = Bleu.of(expected.texts(), expected.references());
    assertThat(bleu.bleu()).isCloseTo(expected.bleu(), within(1e-9));
    assertThat(bleu.length()).isEqualTo(expected.length());
    assertThat(bleu.referenceLength()).isEqualTo(expected.referenceLength());
    Bleu lower = Bleu.of(expected.texts(), expected.references(), Tokens.MTEVAL_13A_LOWER_CASE);
    assertThat(lower.bleu()).isCloseTo(expected.lowerCase(), within(1e-9));
  }

  @Test
  void matchesAreClippedAndTheNearestReferenceSetsTheLength() {
    // The example of the paper: "the" stands at most twice in a reference.
    Bleu bleu =
        Bleu.of(
            List.of("the the the the the the the"),
            List.of(List.of("the cat is on the mat", "there is a cat on the mat")));
    assertThat(bleu.precisions()).containsExactly(2.0 / 7, 0.0, 0.0, 0.0);
    assertThat(bleu.referenceLength()).isEqualTo(7);
    // Half, a quarter and an eighth of a match among 6, 5 and 4.
    assertThat(bleu.bleu())
        .isCloseTo(Math.pow(2.0 / 7 * (1 / 12.0) * (1 / 20.0) * (1 / 32.0), 0.25), within(1e-12));
  }

  @Test
  void shortTextsAreHeldBack() {
    Bleu bleu = Bleu.of(List.of("a b c d e"), List.of(List.of("a b c d e f g h i j")));
    assertThat(bleu.precisions()).containsOnly(1.0);
    assertThat(bleu.brevityPenalty()).isCloseTo(Math.exp(-1), within(1e-12));
    assertThat(bleu.bleu()).isCloseTo(Math.exp(-1), within(1e-12));
  }

  @Test
  void tokensAreThoseOfTheScript() {
    assertThat(Tokens.MTEVAL_13A.of("Only £1,299.50 (5-star), don't 3-4 a-b. U.S. &quot;x&quot;"))
        .containsExactly(
            "Only",
            "£1,299.50",
            "(",
            "5",
            "-",
            "star",
            ")",
            ",",
            "don't",
            "3",
            "-",
            "4",
            "a-b",
            ".",
            "U",
            ".",
            "S",
            ".",
            "\"",
            "x",
            "\"");
    assertThat(Tokens.MTEVAL_13A.of(" \n\u00a0")).isEmpty();
    assertThat(Tokens.CHARACTERS.of("红 杯😀")).containsExactly("红", "杯", "😀");
  }

  @Test
  void emptyTextsScoreNothing() {
    assertThat(Bleu.of(List.of(""), List.of(List.of("a b c d"))).bleu()).isZero();
    assertThat(Bleu.of(List.of("", "a b c d e"), List.of(List.of(""), List.of("a b c d e"))).bleu())
        .isEqualTo(1);
  }

  @Test
  void textsWithoutReferencesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of(), List.of()))
        .withMessageContaining("0 texts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of("a", "b"), List.of(List.of("a"))))
        .withMessageContaining("2 texts and references for 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of("a"), List.of(List.of())))
        .withMessageContaining("text 0 has no reference");
  }
}
