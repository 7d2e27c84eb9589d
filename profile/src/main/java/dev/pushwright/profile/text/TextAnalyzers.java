// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import dev.pushwright.spi.Options;
import dev.pushwright.spi.Plugins;
import dev.pushwright.spi.TextAnalyzerProvider;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds text analyzers: those of the {@link Language}s, and plug-ins. */
public final class TextAnalyzers {

  private TextAnalyzers() {}

  /**
   * The analyzer of a language.
   *
   * @param language the language
   * @return its analyzer, without rules of a shop
   * @throws IllegalStateException for {@link Language#CHINESE_HANLP} where there is no HanLP
   */
  public static TextAnalyzer of(Language language) {
    return LanguageProvider.of(language).create(Options.none());
  }

  /**
   * The analyzer of a language with the rules of a shop.
   *
   * @param language the language
   * @param rules stop words, synonyms and a dictionary
   * @return the analyzer
   * @throws IllegalArgumentException for rules that make no sense in the language
   */
  public static TextAnalyzer of(Language language, TextRules rules) {
    return rules.analyzer(LanguageProvider.of(language));
  }

  /**
   * The provider of a name. Those of the languages are there without any look-up, and always this
   * library's own; others are found by {@link Plugins#load()}.
   *
   * @param name a name such as {@code german}, in letters of any case
   * @return the provider
   * @throws IllegalArgumentException when there is none; the message lists what there is
   */
  public static TextAnalyzerProvider provider(String name) {
    return provider(name, List.of());
  }

  /**
   * The provider of a name, first of all among some that need no look-up.
   *
   * @param name a name such as {@code german}, in letters of any case
   * @param given providers that need no look-up
   * @return the provider
   * @throws IllegalArgumentException when there is none; the message lists what there is
   */
  public static TextAnalyzerProvider provider(
      String name, Collection<? extends TextAnalyzerProvider> given) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    for (TextAnalyzerProvider provider : given) {
      if (provider.name().equals(lower)) {
        return provider;
      }
    }
    if (Language.of(lower).isPresent()) {
      return LanguageProvider.of(Language.of(lower).get());
    }
    Plugins plugins = Plugins.load().with(given.toArray(new TextAnalyzerProvider[0]));
    for (Language language : Language.values()) {
      plugins = plugins.with(LanguageProvider.of(language));
    }
    return plugins.textAnalyzer(lower);
  }

  /**
   * The name of what an analyzer's name stands for here, which a model has to save: a model that
   * was fitted with one segmenter must not be asked with another.
   *
   * @param name an analyzer's name
   * @return {@code chinese-hanlp} or {@code chinese-smartcn} for {@code chinese}, else the name
   */
  public static String settled(String name) {
    return name.equals(Language.CHINESE.analyzer()) ? Segmenters.chinese().analyzer() : name;
  }
}
