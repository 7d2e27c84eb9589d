// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import java.util.List;

/** Cuts text into words. Thread-safe, and a function of the text alone. */
@FunctionalInterface
public interface Tokenizer {

  /**
   * A word.
   *
   * @param key what it counts as: two words of one key are the same
   * @param label how it was written, in lower case
   */
  record Word(String key, String label) {}

  /**
   * The words of a text, in its order.
   *
   * @param text any text
   * @return the words, none of them blank
   */
  List<Word> words(String text);

  /**
   * The tokenizer of a language, as the {@code tfidf} profiler has it.
   *
   * @param language the language
   * @return a tokenizer
   */
  static Tokenizer of(Language language) {
    TextAnalysis text = new TextAnalysis(language, "");
    return s -> text.words(s).stream().map(word -> new Word(word.key(), word.label())).toList();
  }
}
