// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.Locale;
import java.util.Optional;

/**
 * The languages whose texts are cut into words without a plug-in. In all of them words are shown in
 * lower case as they were written; the stemming, which is light, only decides which words count as
 * the same. Stop words such as "of" are left out, but for {@link #LATIN}.
 */
public enum Language {
  /** English: "children's" is "children", and a plural counts as its singular. */
  ENGLISH,
  /**
   * Any language that sets spaces between its words: every word counts as it is written, but for
   * the case of its letters.
   */
  LATIN,
  /** Czech: cases and genders count as one word. */
  CZECH,
  /** Danish: inflected forms count as one word. */
  DANISH,
  /** Dutch: plurals and inflected forms count as one word. */
  DUTCH,
  /** Finnish: cases count as one word. */
  FINNISH,
  /** French: elided articles are cut off, plurals and genders count as one word. */
  FRENCH,
  /** German: plurals count as their singular, ß as ss, and ä as ae or a. */
  GERMAN,
  /** Hungarian: cases count as one word. */
  HUNGARIAN,
  /** Italian: elided articles are cut off, plurals and genders count as one word. */
  ITALIAN,
  /** Norwegian: plurals and definite forms count as one word. */
  NORWEGIAN,
  /** Portuguese: plurals count as their singular. */
  PORTUGUESE,
  /** Russian: cases and genders count as one word. */
  RUSSIAN,
  /** Spanish: plurals count as their singular. */
  SPANISH,
  /** Swedish: plurals and definite forms count as one word. */
  SWEDISH,
  /**
   * Chinese, mixed with Latin words: by {@link #CHINESE_HANLP} where HanLP is on the class path,
   * else by {@link #CHINESE_SMARTCN}.
   */
  CHINESE,
  /**
   * Chinese by HanLP: nouns, adjectives, verbs, words of time and product words stay. Needs {@code
   * com.hankcs:hanlp:portable-1.8.6} on the class path.
   */
  CHINESE_HANLP,
  /** Chinese by Lucene's smartcn, which knows no parts of speech: all but stop words stay. */
  CHINESE_SMARTCN;

  /**
   * The name of its analyzer.
   *
   * @return lower case with hyphens, such as {@code chinese-hanlp}
   */
  public String analyzer() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The language of an analyzer.
   *
   * @param analyzer a name as {@link #analyzer} gives it
   * @return the language, or empty when the analyzer is none of this library's
   */
  public static Optional<Language> of(String analyzer) {
    for (Language language : values()) {
      if (language.analyzer().equals(analyzer)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  boolean isChinese() {
    return this == CHINESE || this == CHINESE_HANLP || this == CHINESE_SMARTCN;
  }
}
