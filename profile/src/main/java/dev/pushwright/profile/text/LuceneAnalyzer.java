// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Cuts text into words: at the word boundaries of Unicode (UAX #29), in lower case, without numbers
 * and single characters. Hyphened words stay whole ("t-light"). What else is done is the
 * language's, see {@link Chains}. In English, plurals count as their singular by Harman's S-stemmer
 * (1991), the mildest there is.
 *
 * <p>Chinese and Japanese need a dictionary to be cut into words. Here each of their characters
 * stands alone, and so is left out: such a title has no words.
 *
 * <p>Thread-safe: each thread at work has a cutter of its own, which rests here meanwhile. A cutter
 * remembers what became of each way of writing, so that a word that was met before costs no more
 * than finding its end and looking it up.
 */
final class LuceneAnalyzer implements TextAnalyzer {

  // UAX #29 breaks a word at a hyphen but not at a hyphenation point, which real text never has.
  private static final char JOINER = '\u2027';

  private final Chains chains;
  // Cutters that rest, each where the thread that used it last finds it first: what a cutter knows
  // is best in the cache of one processor. Held softly, as it is worth less than running out of
  // memory. Twice as many places as processors, because hardly more threads can be at work.
  private final AtomicReferenceArray<@Nullable SoftReference<Cutter>> idle =
      new AtomicReferenceArray<>(
          2 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2);

  LuceneAnalyzer(Language language) {
    this.chains = Chains.of(language);
  }

  @Override
  public List<Word> words(String text) {
    int own = (int) Thread.currentThread().getId() & (idle.length() - 1);
    Cutter cutter = take(own);
    List<Word> words;
    try {
      words = cutter.words(text);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string failed", e);
    }
    // Not after a failure: nobody knows the state it left.
    idle.set(own, cutter.self);
    return words;
  }

  private Cutter take(int own) {
    for (int i = 0; i < idle.length(); i++) {
      int place = own ^ i;
      if (idle.get(place) != null) {
        SoftReference<Cutter> reference = idle.getAndSet(place, null);
        Cutter cutter = reference == null ? null : reference.get();
        if (cutter != null) {
          return cutter;
        }
      }
    }
    return new Cutter(chains);
  }

  private static final class Cutter {
    // Enough for the words of most catalogues; 20 MB or so.
    private static final int MAX_KNOWN = 1 << 17;
    private static final Word NONE = new Word("", "");

    private final SoftReference<Cutter> self = new SoftReference<>(this);
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
    // the number of characters (0 where the entry is free), where they begin, and what they became;
    // side by side, because each look at another array waits for memory.
    private static final int LENGTH = 1;
    private static final int BEGIN = 2;
    private static final int WORD = 3;
    private static final int STRIDE = 4;
    private int[] table = new int[STRIDE << 10];
    private char[] letters = new char[1 << 12];
    private int end;
    private Word[] words = new Word[1 << 9];
    private int known;

    Cutter(Chains chains) {
      this.labels = new NoNumbers(chains.labels().apply(new LowerCaseFilter(written)));
      this.label = labels.getAttribute(CharTermAttribute.class);
      this.keys = chains.keys().apply(shown);
      this.key = keys.getAttribute(CharTermAttribute.class);
    }

    @SuppressWarnings("ReferenceEquality") // NONE is one object; to look into each word takes time.
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
          return words[table[slot + WORD]];
        }
        slot = (slot + STRIDE) & (table.length - 1);
      }
      Word word = made(chars, length);
      remember(hash, chars, length, word);
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

    private void remember(int hash, char[] chars, int length, Word word) {
      if (known == MAX_KNOWN) {
        known = 0;
        end = 0;
        Arrays.fill(table, 0);
        Arrays.fill(words, null);
      } else if (known == words.length) {
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
      table[slot + WORD] = known;
      end += length;
      words[known++] = word;
    }

    private int free(int hash) {
      int slot = STRIDE * (hash & (table.length / STRIDE - 1));
      while (table[slot + LENGTH] != 0) {
        slot = (slot + STRIDE) & (table.length - 1);
      }
      return slot;
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
