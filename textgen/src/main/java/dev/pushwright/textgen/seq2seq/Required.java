// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.textgen.copy.Vocabulary;

/**
 * Tokens that a text is to have before it ends. A text that would end without one goes on with it
 * instead: the probability of the end is given to the likeliest token that is missing. To forbid
 * the end alone would not do, as a network that is done with a text hardly ever says what it left
 * out.
 */
final class Required {

  /** None. */
  static final Required NOTHING = new Required(new int[0]);

  private final int[] tokens;

  Required(int[] tokens) {
    this.tokens = tokens.clone();
  }

  /** How many there are. */
  int size() {
    return tokens.length;
  }

  /**
   * Gives the probability of the end to what is missing.
   *
   * @param text holds the text so far
   * @param length of the text
   * @param logits V numbers from {@code at} on; of a text that has everything they stay
   * @param at where they begin
   */
  void delayEnd(int[] text, int length, float[] logits, int at) {
    int likeliest = -1;
    for (int token : tokens) {
      if (!isIn(token, text, length)
          && (likeliest < 0 || logits[at + token] > logits[at + likeliest])) {
        likeliest = token;
      }
    }
    if (likeliest >= 0) {
      float end = logits[at + Vocabulary.END];
      float larger = Math.max(end, logits[at + likeliest]);
      float smaller = Math.min(end, logits[at + likeliest]);
      logits[at + likeliest] = larger + (float) StrictMath.log1p(FloatMath.exp(smaller - larger));
      logits[at + Vocabulary.END] = Float.NEGATIVE_INFINITY;
    }
  }

  private static boolean isIn(int token, int[] text, int length) {
    for (int t = 0; t < length; t++) {
      if (text[t] == token) {
        return true;
      }
    }
    return false;
  }
}
