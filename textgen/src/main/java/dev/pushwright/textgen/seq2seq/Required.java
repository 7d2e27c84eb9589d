// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

/** Tokens that a text is to have before it ends. */
final class Required {

  /** None. */
  static final Required NOTHING = new Required(new int[0]);

  private final int[] tokens;

  Required(int[] tokens) {
    this.tokens = tokens.clone();
  }

  /**
   * Whether a text has them all.
   *
   * @param text holds the text
   * @param length of the text
   */
  boolean isIn(int[] text, int length) {
    for (int token : tokens) {
      boolean said = false;
      for (int t = 0; t < length && !said; t++) {
        said = text[t] == token;
      }
      if (!said) {
        return false;
      }
    }
    return true;
  }
}
