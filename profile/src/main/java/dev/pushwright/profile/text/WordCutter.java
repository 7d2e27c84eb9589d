// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer.Word;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts texts into words for {@link LuceneAnalyzer}, and numbers the words in the order they are
 * first met. What became of each way of writing is remembered, so that a word that was met before
 * costs no more than finding its end and looking it up. Used by one thread at a time.
 */
final class WordCutter {
  // Enough for the words of most catalogues; 20 MB or so.
  private static final int MAX_KNOWN = 1 << 17;
  private static final Word NONE = new Word("", "");
  // UAX #29 breaks a word at a hyphen but not at a hyphenation point, which real text never has.
  private static final char JOINER = '\u2027';

  private final SoftReference<WordCutter> self = new SoftReference<>(this);
  private final StandardTokenizer tokenizer = new StandardTokenizer();
  private final CharTermAttribute term = tokenizer.getAttribute(CharTermAttribute.class);
  private final TextReader reader = new TextReader();

  private final OneWord written = new OneWord();
  private final TokenStream labels;
  private final CharTermAttribute label;
  private final OneWord shown = new OneWord();
  private final TokenStream keys;
  private final CharTermAttribute key;

  // What became of each way of writing: a hash table with linear probing. An entry is the hash,
  // the number of characters (0 where the entry is free), where they begin, and the number of
  // what they became, -1 for no word; side by side, because each look at another array waits for
  // memory.
  private static final int LENGTH = 1;
  private static final int BEGIN = 2;
  private static final int NUMBER = 3;
  private static final int STRIDE = 4;
  private int[] table = new int[STRIDE << 10];
  private char[] letters = new char[1 << 12];
  private int end;
  private Word[] words = new Word[1 << 9];
  private int known;
  private int generation;

  private int[] numbers = new int[64];
  private int count;

  WordCutter(Chains chains) {
    this.labels = new NoNumbers(chains.labels().apply(new LowerCaseFilter(written)));
    this.label = labels.getAttribute(CharTermAttribute.class);
    this.keys = chains.keys().apply(shown);
    this.key = keys.getAttribute(CharTermAttribute.class);
  }

  /** This, held softly: what it remembers is worth less than running out of memory. */
  SoftReference<WordCutter> reference() {
    return self;
  }

  /**
   * Cuts a text.
   *
   * @return the numbers of its words in their order, {@link #count()} of them, until the next call
   */
  int[] cut(String text) {
    if (known >= MAX_KNOWN) {
      forget();
    }
    count = 0;
    reader.text = text;
    reader.position = 0;
    try {
      tokenizer.setReader(reader);
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        int number = number(term.buffer(), term.length());
        if (number >= 0) {
          if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
          }
          numbers[count++] = number;
        }
      }
      tokenizer.end();
      tokenizer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string failed", e);
    }
    reader.text = "";
    return numbers;
  }

  /** How many words the last text has. */
  int count() {
    return count;
  }

  /** The word of a number. */
  Word word(int number) {
    return words[number];
  }

  /** How many numbers are given. */
  int size() {
    return known;
  }

  /** Another one than before when the numbers begin anew, with other words. */
  int generation() {
    return generation;
  }

  private int number(char[] chars, int length) throws IOException {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + chars[i];
    }
    // Words that differ in their last letter would stand side by side, and probing would be long.
    hash *= 0x9E3779B9;
    hash ^= hash >>> 15;
    int mask = table.length / STRIDE - 1;
    int slot = STRIDE * (hash & mask);
    while (table[slot + LENGTH] != 0) {
      int begin = table[slot + BEGIN];
      if (table[slot] == hash
          && table[slot + LENGTH] == length
          && Arrays.equals(letters, begin, begin + length, chars, 0, length)) {
        return table[slot + NUMBER];
      }
      slot = (slot + STRIDE) & (table.length - 1);
    }
    return remember(hash, chars, length, made(chars, length));
  }

  private Word made(char[] chars, int length) throws IOException {
    written.set(chars, length);
    labels.reset();
    if (!labels.incrementToken()) {
      return NONE;
    }
    String text = label.toString().replace(JOINER, '-');
    shown.set(text.toCharArray(), text.length());
    keys.reset();
    if (!keys.incrementToken() || key.length() == 0) {
      return new Word(text, text);
    }
    String stem = key.toString();
    return new Word(stem.equals(text) ? text : stem, text);
  }

  @SuppressWarnings("ReferenceEquality") // NONE is one object.
  private int remember(int hash, char[] chars, int length, Word word) {
    if (known == words.length) {
      words = Arrays.copyOf(words, 2 * known);
      int[] old = table;
      table = new int[2 * old.length];
      for (int slot = 0; slot < old.length; slot += STRIDE) {
        if (old[slot + LENGTH] != 0) {
          System.arraycopy(old, slot, table, free(old[slot]), STRIDE);
        }
      }
    }
    if (end + length > letters.length) {
      letters = Arrays.copyOf(letters, 2 * letters.length + length);
    }
    System.arraycopy(chars, 0, letters, end, length);
    int slot = free(hash);
    table[slot] = hash;
    table[slot + LENGTH] = length;
    table[slot + BEGIN] = end;
    table[slot + NUMBER] = word == NONE ? -1 : known;
    end += length;
    words[known++] = word;
    return table[slot + NUMBER];
  }

  private void forget() {
    known = 0;
    end = 0;
    generation++;
    Arrays.fill(table, 0);
    Arrays.fill(words, null);
  }

  private int free(int hash) {
    int slot = STRIDE * (hash & (table.length / STRIDE - 1));
    while (table[slot + LENGTH] != 0) {
      slot = (slot + STRIDE) & (table.length - 1);
    }
    return slot;
  }

  /** Reads a text with its hyphens between letters made to join. */
  private static final class TextReader extends Reader {
    private String text = "";
    private int position;

    @Override
    public int read(char[] chars, int offset, int length) {
      int n = Math.min(length, text.length() - position);
      if (n <= 0) {
        return length == 0 ? 0 : -1;
      }
      text.getChars(position, position + n, chars, offset);
      for (int i = 0; i < n; i++) {
        char c = chars[offset + i];
        if ((c == '-' || c == '\u2010' || c == '\u2011') && joins(position + i)) {
          chars[offset + i] = JOINER;
        }
      }
      position += n;
      return n;
    }

    private boolean joins(int hyphen) {
      return hyphen > 0
          && hyphen + 1 < text.length()
          && Character.isLetter(text.codePointBefore(hyphen))
          && Character.isLetter(text.codePointAt(hyphen + 1));
    }

    @Override
    public void close() {}
  }

  /** A stream of one word, which is set again and again. */
  private static final class OneWord extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private char[] chars = new char[0];
    private int length;
    private boolean given;

    void set(char[] chars, int length) {
      this.chars = chars;
      this.length = length;
      this.given = false;
    }

    @Override
    public boolean incrementToken() {
      if (given) {
        return false;
      }
      given = true;
      clearAttributes();
      term.copyBuffer(chars, 0, length);
      return true;
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
