// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts text into terms: at the word boundaries of Unicode (UAX #29), in lower case. Chinese,
 * Japanese and Korean give every two neighbouring characters, for their words have no boundaries.
 * Thread-safe: the analyzer keeps one chain of filters for each thread.
 */
final class ItemWords {

  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  private final Analyzer analyzer;

  ItemWords(ContentRecommender.Language language) {
    this.analyzer = new Chain(language == ContentRecommender.Language.ENGLISH);
  }

  /** The terms of a text, in its order. */
  List<String> words(String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", sound(text))) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string failed", e);
    }
    return words;
  }

  /**
   * The one term of a value that is not to be cut, such as a category. A value of one word is the
   * same term as that word in a title; any other cannot be mistaken for one.
   */
  String whole(String value) {
    List<String> words = words(value);
    return words.size() == 1
        ? words.get(0)
        : SPACES.matcher(sound(value).strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
  }

  // Halves of surrogate pairs, which no file could hold, become question marks.
  private static String sound(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static final class Chain extends Analyzer {
    private final boolean english;

    Chain(boolean english) {
      this.english = english;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer tokenizer = new StandardTokenizer();
      TokenStream words = new LowerCaseFilter(new CJKWidthFilter(tokenizer));
      if (english) {
        words = new EnglishPossessiveFilter(words);
        words = new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
        words = new EnglishMinimalStemFilter(words);
      }
      return new TokenStreamComponents(tokenizer, new CJKBigramFilter(words));
    }
  }
}
