// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.neural.nn.Parameters;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextInputTest {

  // E = 2, K = 3, V = 5; T = 2, B = 2.
  private static final NetShape SHAPE = new NetShape(5, 4, 2, 3, 6, 0, 0);
  private static final int[] WORDS = {3, 4, 1, 3};
  private static final float[] WHAT = {10, 11, 12, 20, 21, 22};

  @Test
  void whatIsToldOfATextStandsBehindEachOfItsWords() {
    TextInput input = new TextInput(new Parameters(1), "words", SHAPE, 3);
    float[] x = input.forward(WORDS, WHAT, 2, 2);
    assertThat(input.width()).isEqualTo(5);
    float[] table = input.words().forward(new int[] {0, 1, 2, 3, 4}, 5);
    for (int r = 0; r < 4; r++) {
      assertThat(Arrays.copyOfRange(x, r * 5, r * 5 + 2))
          .isEqualTo(Arrays.copyOfRange(table, 2 * WORDS[r], 2 * WORDS[r] + 2));
      assertThat(Arrays.copyOfRange(x, r * 5 + 2, r * 5 + 5))
          .isEqualTo(Arrays.copyOfRange(WHAT, 3 * (r % 2), 3 * (r % 2) + 3));
    }
  }

  @Test
  void gradientsOfAllWordsOfATextAddUp() {
    TextInput input = new TextInput(new Parameters(1), "words", SHAPE, 3);
    input.forward(WORDS, WHAT, 2, 2);
    float[] dx = new float[20];
    for (int i = 0; i < 20; i++) {
      dx[i] = i;
    }
    float[] dWhat = {100, 0, 0, 0, 0, 0};
    input.backward(dx, dWhat, 2, 2);
    assertThat(dWhat).containsExactly(100 + 2 + 12, 3 + 13, 4 + 14, 7 + 17, 8 + 18, 9 + 19);
  }
}
