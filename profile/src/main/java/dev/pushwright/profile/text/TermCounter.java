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

/**
 * Counts the words of documents. Words and their keys become dense integers in the order they are
 * met, so that the rest is arithmetic on arrays. Used by one thread at a time.
 */
final class TermCounter {

  // The words that were met, in a hash table with linear probing: a position and 1, or 0 for none.
  private int[] table = new int[1 << 12];
  private Word[] words = new Word[1 << 11];
  private int size;

  // By word: its key, in how many documents it is written so, and the last of them plus 1.
  private int[] keyOf = new int[1 << 11];
  private int[] writtenIn = new int[1 << 11];
  private int[] lastWrittenIn = new int[1 << 11];

  // By key: how many documents have it, the last of them plus 1, and where its count stands.
  private final Map<String, Integer> keyIds = new HashMap<>();
  private int[] documents = new int[1 << 11];
  private int[] lastDocument = new int[1 << 11];
  private int[] position = new int[1 << 11];

  /** Counts the documents from one to before another. */
  Block block(int from, int to, IntFunction<List<Word>> wordsOf) {
    int[] ends = new int[to - from];
    int[] keys = new int[32 * (to - from)];
    int[] counts = new int[keys.length];
    int end = 0;
    for (int d = from; d < to; d++) {
      List<Word> document = wordsOf.apply(d);
      if (end + document.size() > keys.length) {
        int capacity = Math.max(2 * keys.length, end + document.size());
        keys = Arrays.copyOf(keys, capacity);
        counts = Arrays.copyOf(counts, capacity);
      }
      for (Word word : document) {
        int w = id(word);
        int key = keyOf[w];
        if (lastWrittenIn[w] != d + 1) {
          lastWrittenIn[w] = d + 1;
          writtenIn[w]++;
        }
        if (lastDocument[key] != d + 1) {
          lastDocument[key] = d + 1;
          documents[key]++;
          position[key] = end;
          keys[end] = key;
          counts[end++] = 1;
        } else {
          counts[position[key]]++;
        }
      }
      ends[d - from] = end;
    }
    return new Block(this, ends, Arrays.copyOf(keys, end), Arrays.copyOf(counts, end));
  }

  private int id(Word word) {
    int mask = table.length - 1;
    int slot = slot(word, mask);
    while (table[slot] != 0) {
      Word other = words[table[slot] - 1];
      if (other.equals(word)) {
        return table[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    if (size == words.length) {
      grow();
      return id(word);
    }
    words[size] = word;
    keyOf[size] = keyId(word.key());
    table[slot] = ++size;
    return size - 1;
  }

  private static int slot(Word word, int mask) {
    int hash = 31 * word.key().hashCode() + word.label().hashCode();
    hash *= 0x9E3779B9;
    return (hash ^ (hash >>> 15)) & mask;
  }

  private int keyId(String key) {
    Integer known = keyIds.putIfAbsent(key, keyIds.size());
    return known == null ? keyIds.size() - 1 : known;
  }

  // There are never more keys than words, so arrays by key are as long as those by word.
  private void grow() {
    int capacity = 2 * words.length;
    words = Arrays.copyOf(words, capacity);
    keyOf = Arrays.copyOf(keyOf, capacity);
    writtenIn = Arrays.copyOf(writtenIn, capacity);
    lastWrittenIn = Arrays.copyOf(lastWrittenIn, capacity);
    documents = Arrays.copyOf(documents, capacity);
    lastDocument = Arrays.copyOf(lastDocument, capacity);
    position = Arrays.copyOf(position, capacity);
    table = new int[2 * capacity];
    int mask = table.length - 1;
    for (int w = 0; w < size; w++) {
      int slot = slot(words[w], mask);
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = w + 1;
    }
  }

  /** Adds what was counted to what is known of each term, by its key. */
  void addTo(Map<String, Term> terms) {
    Term[] byKey = new Term[keyIds.size()];
    keyIds.forEach(
        (key, id) -> {
          Term term = terms.computeIfAbsent(key, Term::new);
          term.documents += documents[id];
          byKey[id] = term;
        });
    for (int w = 0; w < size; w++) {
      byKey[keyOf[w]].add(words[w].label(), writtenIn[w]);
    }
  }

  /** For each key its term in a vocabulary, or −1 when it is none. */
  int[] terms(Vocabulary vocabulary) {
    int[] terms = new int[keyIds.size()];
    keyIds.forEach((key, id) -> terms[id] = vocabulary.term(key));
    return terms;
  }
}
