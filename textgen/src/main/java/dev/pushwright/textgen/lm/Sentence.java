// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

/** A text to learn from, in numbers. */
final class Sentence {

  private final int[] conditions;
  private final int[] words;

  /**
   * A text.
   *
   * @param conditions what it was written for, without repetition; belongs to the sentence
   * @param words the text, at least its end; belongs to the sentence
   */
  Sentence(int[] conditions, int[] words) {
    this.conditions = conditions;
    this.words = words;
  }

  int[] conditions() {
    return conditions;
  }

  int[] words() {
    return words;
  }
}
