// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static final Vocabulary KNOWN =
      Vocabulary.of(
          List.of(List.of("b", "a", "a", "c"), List.of("b", "{item}", "a", "<end>", "<end>")), 2);

  @Test
  void frequentTokensAndPlaceholdersHaveNumbers() {
    assertThat(KNOWN.size()).isEqualTo(7);
    assertThat(KNOWN.token(3)).isEqualTo("a");
    assertThat(KNOWN.encode(List.of("a", "c", "{item}")))
        .containsExactly(3, Vocabulary.UNKNOWN, KNOWN.id("{item}"), Vocabulary.END);
    int[] ids = {3, KNOWN.id("b"), Vocabulary.END, 3};
    assertThat(KNOWN.decode(ids, 0, 4)).containsExactly("a", "b");
    // A word of the text that looks like a special token is a word.
    assertThat(KNOWN.id("<end>")).isGreaterThan(Vocabulary.UNKNOWN);
  }

  @Test
  void noTokenCanBeTooRareToCount() {
    assertThatThrownBy(() -> Vocabulary.of(List.of(), 0)).hasMessageContaining("minCount is 0");
  }
}
