// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.cz.CzechStemFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanMinimalStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishPluralStemFilter;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hu.HungarianLightStemFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.no.NorwegianMinimalStemFilter;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseMinimalStemFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.sv.SwedishMinimalStemFilter;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * What is done to the words of a language. Every filter looks at one word alone and is a function
 * of it, which is why {@link LuceneAnalyzer} may remember what comes out.
 *
 * @param labels from a word in lower case to what is shown, or to nothing for a stop word
 * @param keys from what is shown to what it counts as
 */
record Chains(UnaryOperator<TokenStream> labels, UnaryOperator<TokenStream> keys) {

  private static final CharArraySet ITALIAN_ARTICLES =
      CharArraySet.unmodifiableSet(
          new CharArraySet(
              List.of(
                  "agl", "all", "c", "coll", "d", "dagl", "dall", "degl", "dell", "gl", "l", "m",
                  "negl", "nell", "s", "sugl", "sull", "t", "un", "v"),
              true));

  private static Chains of(CharArraySet stopWords, UnaryOperator<TokenStream> keys) {
    return new Chains(words -> new StopFilter(words, stopWords), keys);
  }

  private static Chains eliding(
      CharArraySet articles, CharArraySet stopWords, UnaryOperator<TokenStream> keys) {
    return new Chains(words -> new StopFilter(new ElisionFilter(words, articles), stopWords), keys);
  }

  /** The chains of a language that sets spaces between its words. */
  static Chains of(Language language) {
    return switch (language) {
      case ENGLISH ->
          new Chains(
              words ->
                  new StopFilter(
                      new EnglishPossessiveFilter(words), EnglishAnalyzer.ENGLISH_STOP_WORDS_SET),
              EnglishMinimalStemFilter::new);
      case LATIN -> new Chains(words -> words, words -> words);
      case CZECH -> of(CzechAnalyzer.getDefaultStopSet(), CzechStemFilter::new);
      case DANISH ->
          of(DanishAnalyzer.getDefaultStopSet(), words -> new SnowballFilter(words, "Danish"));
      case DUTCH ->
          of(DutchAnalyzer.getDefaultStopSet(), words -> new SnowballFilter(words, "Dutch"));
      case FINNISH -> of(FinnishAnalyzer.getDefaultStopSet(), FinnishLightStemFilter::new);
      case FRENCH ->
          eliding(
              FrenchAnalyzer.DEFAULT_ARTICLES,
              FrenchAnalyzer.getDefaultStopSet(),
              FrenchMinimalStemFilter::new);
      case GERMAN ->
          of(
              GermanAnalyzer.getDefaultStopSet(),
              words -> new GermanMinimalStemFilter(new GermanNormalizationFilter(words)));
      case HUNGARIAN -> of(HungarianAnalyzer.getDefaultStopSet(), HungarianLightStemFilter::new);
      case ITALIAN ->
          eliding(
              ITALIAN_ARTICLES, ItalianAnalyzer.getDefaultStopSet(), ItalianLightStemFilter::new);
      case NORWEGIAN -> of(NorwegianAnalyzer.getDefaultStopSet(), NorwegianMinimalStemFilter::new);
      case PORTUGUESE ->
          of(PortugueseAnalyzer.getDefaultStopSet(), PortugueseMinimalStemFilter::new);
      case RUSSIAN -> of(RussianAnalyzer.getDefaultStopSet(), RussianLightStemFilter::new);
      case SPANISH -> of(SpanishAnalyzer.getDefaultStopSet(), SpanishPluralStemFilter::new);
      case SWEDISH -> of(SwedishAnalyzer.getDefaultStopSet(), SwedishMinimalStemFilter::new);
      case CHINESE, CHINESE_HANLP, CHINESE_SMARTCN ->
          throw new IllegalArgumentException(language + " sets no spaces between its words");
    };
  }
}
