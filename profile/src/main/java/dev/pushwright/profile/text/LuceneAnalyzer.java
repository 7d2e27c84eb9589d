// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts text into words: at the word boundaries of Unicode (UAX #29), in lower case, without numbers
 * and single characters. Hyphened words stay whole ("t-light"). What else is done is the
 * language's, see {@link Chains}. In English, plurals count as their singular by Harman's S-stemmer
 * (1991), the mildest there is.
 *
 * <p>Chinese and Japanese need a dictionary to be cut into words. Here each of their characters
 * stands alone, and so is left out: such a title has no words.
 *
 * <p>Thread-safe: each thread at work has a cutter of its own, which is kept for the next. A cutter
 * remembers what became of each way of writing, so that a word that was met before costs no more
 * than finding its end and looking it up.
 */
final class LuceneAnalyzer implements TextAnalyzer {

  // UAX #29 breaks a word at a hyphen but not at a hyphenation point, which real text never has.
  private static final char JOINER = '\u2027';

  private final Chains chains;
  private final ConcurrentLinkedDeque<Cutter> idle = new ConcurrentLinkedDeque<>();

  LuceneAnalyzer(Language language) {
    this.chains = Chains.of(language);
  }

  @Override
  public List<Word> words(String text) {
    Cutter cutter = idle.pollFirst();
    if (cutter == null) {
      cutter = new Cutter(chains);
    }
    List<Word> words;
    try {
      words = cutter.words(text);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string failed", e);
    }
    // Not after a failure: nobody knows the state it left.
    idle.addFirst(cutter);
    return words;
  }

  private static final class Cutter {
    // Enough for the words of most catalogues; 8 MB or so.
    private static final int MAX_KNOWN = 1 << 16;
    private static final Word NONE = new Word("", "");

    private final StandardTokenizer tokenizer = new StandardTokenizer();
    private final CharTermAttribute term = tokenizer.getAttribute(CharTermAttribute.class);
    private final TextReader reader = new TextReader();

    private final OneWord written = new OneWord();
    private final TokenStream labels;
    private final CharTermAttribute label;
    private final OneWord shown = new OneWord();
    private final TokenStream keys;
    private final CharTermAttribute key;

    // What became of each way of writing: a hash table with linear probing.
    private int known;
    private char[][] raw = new char[1 << 10][];
    private int[] hashes = new int[1 << 10];
    private Word[] words = new Word[1 << 10];

    Cutter(Chains chains) {
      this.labels = new NoNumbers(chains.labels().apply(new LowerCaseFilter(written)));
      this.label = labels.getAttribute(CharTermAttribute.class);
      this.keys = chains.keys().apply(shown);
      this.key = keys.getAttribute(CharTermAttribute.class);
    }

    List<Word> words(String text) throws IOException {
      List<Word> found = new ArrayList<>();
      reader.text = text;
      reader.position = 0;
      tokenizer.setReader(reader);
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        Word word = word(term.buffer(), term.length());
        if (word != NONE) {
          found.add(word);
        }
      }
      tokenizer.end();
      tokenizer.close();
      reader.text = "";
      return found;
    }

    private Word word(char[] chars, int length) throws IOException {
      int hash = length;
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + chars[i];
      }
      hash ^= hash >>> 15;
      int mask = raw.length - 1;
      int slot = hash & mask;
      while (raw[slot] != null) {
        char[] other = raw[slot];
        if (hashes[slot] == hash
            && other.length == length
            && Arrays.equals(other, 0, length, chars, 0, length)) {
          return words[slot];
        }
        slot = (slot + 1) & mask;
      }
      Word word = made(chars, length);
      remember(hash, Arrays.copyOf(chars, length), word);
      return word;
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

    private void remember(int hash, char[] chars, Word word) {
      if (known == MAX_KNOWN) {
        known = 0;
        Arrays.fill(raw, null);
        Arrays.fill(words, null);
      } else if (known >= raw.length / 2) {
        grow();
      }
      put(hash, chars, word);
      known++;
    }

    private void grow() {
      char[][] oldRaw = raw;
      int[] oldHashes = hashes;
      Word[] oldWords = words;
      raw = new char[2 * oldRaw.length][];
      hashes = new int[raw.length];
      words = new Word[raw.length];
      for (int slot = 0; slot < oldRaw.length; slot++) {
        if (oldRaw[slot] != null) {
          put(oldHashes[slot], oldRaw[slot], oldWords[slot]);
        }
      }
    }

    private void put(int hash, char[] chars, Word word) {
      int mask = raw.length - 1;
      int slot = hash & mask;
      while (raw[slot] != null) {
        slot = (slot + 1) & mask;
      }
      raw[slot] = chars;
      hashes[slot] = hash;
      words[slot] = word;
    }
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
