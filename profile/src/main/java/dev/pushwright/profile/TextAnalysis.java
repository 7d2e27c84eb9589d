// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishMinimalStemmer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts text into words: at the word boundaries of Unicode (UAX #29), in lower case, without numbers
 * and single characters. Hyphened words stay whole ("t-light"). In English, stop words are left out
 * and plurals count as their singular, by Harman's S-stemmer (1991), the mildest there is: more
 * would make words unreadable.
 *
 * <p>Chinese and Japanese need a dictionary to be cut into words. Here each of their characters
 * stands alone, and so is left out: such a title has no words.
 *
 * <p>Thread-safe: the analyzer keeps one chain of filters for each thread.
 */
final class TextAnalysis {

  /**
   * A word.
   *
   * @param key what it counts as: two words of one key are the same
   * @param label how it was written, in lower case
   */
  record Word(String key, String label) {}

  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern HYPHEN =
      Pattern.compile("(?<=\\p{L})[-\\u2010\\u2011](?=\\p{L})", Pattern.UNICODE_CHARACTER_CLASS);

  // UAX #29 breaks a word at a hyphen but not at a hyphenation point, which real text never has.
  private static final char JOINER = '\u2027';

  private final boolean english;
  private final Analyzer analyzer;
  private final Set<String> stopKeys;

  /**
   * An analysis.
   *
   * @param language the language
   * @param stopWords text whose words are left out, in any of their forms
   */
  TextAnalysis(Language language, String stopWords) {
    this.english = language == Language.ENGLISH;
    this.analyzer = new Chain(english);
    this.stopKeys = all(stopWords).stream().map(Word::key).collect(Collectors.toUnmodifiableSet());
  }

  /** The words of a text, in its order. */
  List<Word> words(String text) {
    List<Word> words = all(text);
    words.removeIf(word -> stopKeys.contains(word.key()));
    return words;
  }

  private List<Word> all(String text) {
    List<Word> words = new ArrayList<>();
    EnglishMinimalStemmer stemmer = new EnglishMinimalStemmer();
    String joined = HYPHEN.matcher(text).replaceAll(String.valueOf(JOINER));
    try (TokenStream stream = analyzer.tokenStream("", joined)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        String label = term.toString().replace(JOINER, '-');
        words.add(new Word(english ? singular(stemmer, label) : label, label));
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string failed", e);
    }
    return words;
  }

  private static String singular(EnglishMinimalStemmer stemmer, String label) {
    char[] chars = label.toCharArray();
    return new String(chars, 0, stemmer.stem(chars, chars.length));
  }

  /**
   * A value that is not to be cut, such as a category: one word, in lower case, with single spaces.
   * A value of one word counts as the same word in a title does. Stop words stay.
   */
  Word whole(String value) {
    String text = SPACES.matcher(value.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
    List<Word> words = words(text);
    return words.size() == 1 && words.get(0).label().equals(text)
        ? words.get(0)
        : new Word(text, text);
  }

  private static final class Chain extends Analyzer {
    private final boolean english;

    Chain(boolean english) {
      this.english = english;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer tokenizer = new StandardTokenizer();
      TokenStream words = new LowerCaseFilter(tokenizer);
      if (english) {
        words = new EnglishPossessiveFilter(words);
        words = new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
      }
      return new TokenStreamComponents(tokenizer, new NoNumbers(words));
    }
  }

  /** Lets pass what has at least two characters, one of them a letter. */
  private static final class NoNumbers extends FilteringTokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    NoNumbers(TokenStream in) {
      super(in);
    }

    @Override
    protected boolean accept() {
      return term.codePoints().anyMatch(Character::isLetter)
          && Character.codePointCount(term, 0, term.length()) > 1;
    }
  }
}
