// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer.Word;
import dev.pushwright.profile.text.TermMatrix.Block;
import dev.pushwright.profile.text.TermMatrix.Term;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts the words of documents. Words and their keys become dense integers in the order they are
 * met, so that the rest is arithmetic on arrays. Used by one thread at a time.
 */
final class TermCounter {

  // What stands side by side in memory is looked at together: of each word its key, in how many
  // documents it is written so, and the last of them plus 1 …
  private static final int KEY = 0;
  private static final int WRITTEN_IN = 1;
  private static final int LAST_WRITTEN_IN = 2;
  // … and of each key how many documents have it, the last of them plus 1, and where its count
  // stands.
  private static final int DOCUMENTS = 0;
  private static final int LAST_DOCUMENT = 1;
  private static final int POSITION = 2;
  private static final int STRIDE = 4;

  private final Map<Word, Integer> wordIds = new HashMap<>();
  private final Map<String, Integer> keyIds = new HashMap<>();
  private Word[] words = new Word[1 << 11];
  private int[] ofWord = new int[STRIDE << 11];
  private int[] ofKey = new int[STRIDE << 11];
  private int size;

  // Most analyzers give the same object for the same word, and to find an object takes no look at
  // its texts: a hash table of objects with linear probing, of positions plus 1, or 0 for none.
  private int[] table = new int[1 << 13];
  private Word[] objects = new Word[1 << 12];
  private int[] idOfObject = new int[1 << 12];
  private int objectCount;

  // The same for the words that a cutter has numbered.
  private @Nullable WordCutter cutter;
  private int generation;
  private int[] idOfNumber = {};

  // The block at work.
  private int[] keys = {};
  private int[] counts = {};
  private int end;

  /** Counts the documents from one to before another. */
  Block block(int from, int to, IntFunction<List<Word>> wordsOf) {
    int[] ends = begin(to - from);
    for (int d = from; d < to; d++) {
      List<Word> document = wordsOf.apply(d);
      reserve(document.size());
      for (Word word : document) {
        count(id(word), d + 1);
      }
      ends[d - from] = end;
    }
    return block(ends);
  }

  /** Counts the texts from one to before another. */
  Block block(int from, int to, WordCutter cutter, List<String> texts) {
    int[] ends = begin(to - from);
    for (int d = from; d < to; d++) {
      int[] numbers = cutter.cut(texts.get(d));
      reserve(cutter.count());
      know(cutter);
      for (int w = 0; w < cutter.count(); w++) {
        count(id(cutter, numbers[w]), d + 1);
      }
      ends[d - from] = end;
    }
    return block(ends);
  }

  private int[] begin(int documents) {
    keys = new int[32 * documents];
    counts = new int[keys.length];
    end = 0;
    return new int[documents];
  }

  private void reserve(int words) {
    if (end + words > keys.length) {
      int capacity = Math.max(2 * keys.length, end + words);
      keys = Arrays.copyOf(keys, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
  }

  private void count(int word, int document) {
    int w = STRIDE * word;
    if (ofWord[w + LAST_WRITTEN_IN] != document) {
      ofWord[w + LAST_WRITTEN_IN] = document;
      ofWord[w + WRITTEN_IN]++;
    }
    int key = ofWord[w + KEY];
    int k = STRIDE * key;
    if (ofKey[k + LAST_DOCUMENT] != document) {
      ofKey[k + LAST_DOCUMENT] = document;
      ofKey[k + DOCUMENTS]++;
      ofKey[k + POSITION] = end;
      keys[end] = key;
      counts[end++] = 1;
    } else {
      counts[ofKey[k + POSITION]]++;
    }
  }

  private Block block(int[] ends) {
    return new Block(this, ends, Arrays.copyOf(keys, end), Arrays.copyOf(counts, end));
  }

  private void know(WordCutter other) {
    if (other != cutter || other.generation() != generation) {
      cutter = other;
      generation = other.generation();
      Arrays.fill(idOfNumber, -1);
    }
    int length = idOfNumber.length;
    if (length < other.size()) {
      idOfNumber = Arrays.copyOf(idOfNumber, Math.max(2 * length, other.size()));
      Arrays.fill(idOfNumber, length, idOfNumber.length, -1);
    }
  }

  // What a cutter has numbered needs no look at the word again.
  private int id(WordCutter cutter, int number) {
    int id = idOfNumber[number];
    if (id < 0) {
      Word word = cutter.word(number);
      Integer known = wordIds.get(word);
      id = known == null ? add(word) : known;
      idOfNumber[number] = id;
    }
    return id;
  }

  @SuppressWarnings("ReferenceEquality") // Equal words that are not the same take the longer way.
  private int id(Word word) {
    int mask = table.length - 1;
    int slot = slot(word, mask);
    while (table[slot] != 0) {
      if (objects[table[slot] - 1] == word) {
        return idOfObject[table[slot] - 1];
      }
      slot = (slot + 1) & mask;
    }
    Integer known = wordIds.get(word);
    int id = known == null ? add(word) : known;
    // Several threads may give a word an object each; an analyzer that makes one each time is not
    // to fill the memory with them.
    if (objectCount < 4 * size + 1_000) {
      remember(word, id);
    }
    return id;
  }

  private static int slot(Word word, int mask) {
    int hash = System.identityHashCode(word) * 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & mask;
  }

  private void remember(Word word, int id) {
    if (objectCount == objects.length) {
      objects = Arrays.copyOf(objects, 2 * objectCount);
      idOfObject = Arrays.copyOf(idOfObject, 2 * objectCount);
      table = new int[4 * objectCount];
      for (int o = 0; o < objectCount; o++) {
        enter(o);
      }
    }
    objects[objectCount] = word;
    idOfObject[objectCount] = id;
    enter(objectCount++);
  }

  private void enter(int object) {
    int mask = table.length - 1;
    int slot = slot(objects[object], mask);
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = object + 1;
  }

  // There are never more keys than words.
  private int add(Word word) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
      ofWord = Arrays.copyOf(ofWord, STRIDE * 2 * size);
      ofKey = Arrays.copyOf(ofKey, STRIDE * 2 * size);
    }
    words[size] = word;
    wordIds.put(word, size);
    Integer knownKey = keyIds.putIfAbsent(word.key(), keyIds.size());
    ofWord[STRIDE * size + KEY] = knownKey == null ? keyIds.size() - 1 : knownKey;
    return size++;
  }

  /** How many keys there are. */
  int keys() {
    return keyIds.size();
  }

  /**
   * Adds what was counted to what is known of each term, by its key.
   *
   * @return the term of each key
   */
  Term[] addTo(Map<String, Term> terms) {
    Term[] byKey = new Term[keyIds.size()];
    keyIds.forEach(
        (key, id) -> {
          Term term = terms.computeIfAbsent(key, Term::new);
          term.documents += ofKey[STRIDE * id + DOCUMENTS];
          byKey[id] = term;
        });
    for (int w = 0; w < size; w++) {
      byKey[ofWord[STRIDE * w + KEY]].add(words[w].label(), ofWord[STRIDE * w + WRITTEN_IN]);
    }
    return byKey;
  }
}
