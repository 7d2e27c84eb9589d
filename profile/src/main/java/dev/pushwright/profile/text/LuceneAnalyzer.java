// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import dev.pushwright.api.TextAnalyzer;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
 * <p>Thread-safe: each thread at work has a cutter of its own, which rests here meanwhile.
 */
final class LuceneAnalyzer implements TextAnalyzer {

  private final Chains chains;
  // Cutters that rest, each where the thread that used it last finds it first: what a cutter knows
  // is best in the cache of one processor. Held softly, as it is worth less than running out of
  // memory. Twice as many places as processors, because hardly more threads can be at work.
  private final AtomicReferenceArray<@Nullable SoftReference<WordCutter>> idle =
      new AtomicReferenceArray<>(
          2 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2);

  LuceneAnalyzer(Language language) {
    this.chains = Chains.of(language);
  }

  @Override
  public List<Word> words(String text) {
    WordCutter cutter = take();
    int[] numbers = cutter.cut(text);
    List<Word> words = new ArrayList<>(cutter.count());
    for (int w = 0; w < cutter.count(); w++) {
      words.add(cutter.word(numbers[w]));
    }
    giveBack(cutter);
    return words;
  }

  /** A cutter for the calling thread alone, until it is given back. */
  WordCutter take() {
    int own = own();
    for (int i = 0; i < idle.length(); i++) {
      int place = own ^ i;
      if (idle.get(place) != null) {
        SoftReference<WordCutter> reference = idle.getAndSet(place, null);
        WordCutter cutter = reference == null ? null : reference.get();
        if (cutter != null) {
          return cutter;
        }
      }
    }
    return new WordCutter(chains);
  }

  /** Lets a cutter rest. Not after a failure: nobody knows the state it left. */
  void giveBack(WordCutter cutter) {
    idle.set(own(), cutter.reference());
  }

  private int own() {
    return (int) Thread.currentThread().getId() & (idle.length() - 1);
  }
}
