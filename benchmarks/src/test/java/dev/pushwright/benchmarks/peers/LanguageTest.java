// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LanguageTest {

  private final Language language = new Language(20, 5);

  @Test
  void entropyIsTheMeanLossOfWhoeverKnowsTheRule() {
    int sequences = 40_000;
    int[] inputs = new int[5 * sequences];
    int[] targets = new int[5 * sequences];
    language.read(0, sequences, true, inputs, targets);
    double sum = 0;
    int[] seen = new int[20];
    for (int row = 0; row < inputs.length; row++) {
      boolean ruled = targets[row] == (3 * inputs[row] + 1) % 20;
      sum -= Math.log(ruled ? 0.7625 : 0.0125);
      seen[targets[row]]++;
    }
    assertThat(language.entropy()).isCloseTo(1.2475, within(1e-4));
    assertThat(sum / inputs.length).isCloseTo(language.entropy(), within(0.02));
    assertThat(seen).doesNotContain(0);
  }

  @Test
  void aSequenceIsTheSameWhateverIsReadBesideIt() {
    int[] inputs = new int[15];
    int[] targets = new int[15];
    language.read(7, 3, false, inputs, targets);
    int[] byStep = new int[10];
    int[] byStepTargets = new int[10];
    language.read(8, 2, true, byStep, byStepTargets);
    for (int t = 0; t < 5; t++) {
      for (int b = 0; b < 2; b++) {
        assertThat(byStep[t * 2 + b]).isEqualTo(inputs[(b + 1) * 5 + t]);
        assertThat(byStepTargets[t * 2 + b]).isEqualTo(targets[(b + 1) * 5 + t]);
      }
      if (t > 0) {
        assertThat(inputs[t]).isEqualTo(targets[t - 1]);
      }
    }
  }

  @Test
  void theRuleDoesNotOverflow() {
    Language large = new Language(Integer.MAX_VALUE, 20);
    int[] inputs = new int[20];
    int[] targets = new int[20];
    large.read(1, 1, true, inputs, targets);
    assertThat(Arrays.stream(targets).min().orElseThrow()).isNotNegative();
  }

  @Test
  void sizesThatMakeNoLanguageAreRefused() {
    assertThatThrownBy(() -> new Language(1, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("words is 1, steps 5; at least 2 and 1 are needed");
    assertThatThrownBy(() -> new Language(20, 0)).hasMessageContaining("steps 0");
  }
}
