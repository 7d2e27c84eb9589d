// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import com.google.common.base.CharMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Cuts text into words. Thread-safe, and a function of the text alone: the same text gives the same
 * words, now and in another JVM, or a model would understand queries in another way than the titles
 * it was fitted to.
 */
@FunctionalInterface
public interface TextAnalyzer {

  /**
   * A word.
   *
   * @param key what it counts as: two words of one key are the same; never shown to anybody
   * @param label how it was written, in lower case; what a profile shows
   */
  record Word(String key, String label) {
    /** Checks that both are there. */
    public Word {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(label, "label");
    }
  }

  /**
   * The words of a text, in its order. What tells nothing, such as punctuation, numbers and the
   * stop words of a language, is left out.
   *
   * @param text any text: empty, ill-formed or long
   * @return the words, none of them blank; empty when there are none. Not to be changed
   */
  List<Word> words(String text);

  /**
   * A value that is not to be cut, such as a category: one word, in lower case, with single spaces.
   * A value that is one word of {@link #words} counts as that word does.
   *
   * @param value any text
   * @return one word, blank when the value is
   */
  default Word whole(String value) {
    String text =
        CharMatcher.whitespace().collapseFrom(value.strip(), ' ').toLowerCase(Locale.ROOT);
    List<Word> words = words(text);
    return words.size() == 1 && words.get(0).label().equals(text)
        ? words.get(0)
        : new Word(text, text);
  }
}
