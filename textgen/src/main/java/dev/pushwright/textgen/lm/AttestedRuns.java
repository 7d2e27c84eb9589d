// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The runs of three words that people wrote, for each language and each occasion. A small corpus
 * makes a model that says of a promotion what is true of a cart; what holds only such runs says
 * little that nobody said. Immutable.
 */
final class AttestedRuns {

  // Three words in one number.
  private static final int BITS = 21;
  private static final int MAX_WORDS = 1 << BITS;

  // By condition; under 0, which is none, those of all texts.
  private final Map<Integer, long[]> runs;

  private AttestedRuns(Map<Integer, long[]> runs) {
    this.runs = runs;
  }

  /** None: everything is attested. */
  static AttestedRuns none() {
    return new AttestedRuns(Map.of());
  }

  /** Those of all texts, whether learned or watched. */
  static AttestedRuns of(Lessons lessons) {
    if (lessons.vocabulary().size() >= MAX_WORDS) {
      throw new IllegalArgumentException(
          "the corpus has " + lessons.vocabulary().size() + " words; raise minCount");
    }
    Map<Integer, TreeSet<Long>> found = new TreeMap<>();
    for (Sentence[] texts : new Sentence[][] {lessons.train(), lessons.watched()}) {
      for (Sentence text : texts) {
        for (long run : runs(text.words(), text.words().length)) {
          found.computeIfAbsent(0, c -> new TreeSet<>()).add(run);
          for (int condition : text.conditions()) {
            if (lessons.conditions().isSetting(condition)) {
              found.computeIfAbsent(condition, c -> new TreeSet<>()).add(run);
            }
          }
        }
      }
    }
    Map<Integer, long[]> sorted = new TreeMap<>();
    found.forEach((c, all) -> sorted.put(c, all.stream().mapToLong(Long::longValue).toArray()));
    return new AttestedRuns(sorted);
  }

  private static long[] runs(int[] words, int length) {
    long[] runs = new long[length];
    long last = (long) Vocabulary.START << BITS | Vocabulary.START;
    for (int t = 0; t < length; t++) {
      runs[t] = last << BITS | words[t];
      last = runs[t] & ((1L << (2 * BITS)) - 1);
    }
    return runs;
  }

  /** Whether every run of a text stands in texts of the same language and of the same occasion. */
  boolean attest(int[] conditions, int[] words, int length) {
    for (long run : runs(words, length)) {
      if (!holds(0, run)) {
        return false;
      }
      for (int condition : conditions) {
        if (!holds(condition, run)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean holds(int condition, long run) {
    long[] all = runs.get(condition);
    return all == null || Arrays.binarySearch(all, run) >= 0;
  }

  void save(ModelWriter out) {
    int[] keys = runs.keySet().stream().mapToInt(c -> c).toArray();
    int[] sizes = runs.values().stream().mapToInt(all -> all.length).toArray();
    out.ints("sizes", new int[] {keys.length, Arrays.stream(sizes).sum()})
        .ints("conditions", keys)
        .ints("counts", sizes)
        .longs("runs", runs.values().stream().flatMapToLong(Arrays::stream).toArray());
  }

  static AttestedRuns read(ModelReader in) {
    int[] sizes = in.ints("sizes", 2);
    if (sizes[0] < 0 || sizes[1] < 0) {
      throw in.damaged("sizes are " + Arrays.toString(sizes));
    }
    int[] keys = in.ints("conditions", sizes[0]);
    int[] counts = in.ints("counts", sizes[0]);
    long[] flat = in.longs("runs", sizes[1]);
    Map<Integer, long[]> runs = new TreeMap<>();
    int at = 0;
    for (int k = 0; k < keys.length; k++) {
      if (counts[k] < 0 || counts[k] > flat.length - at) {
        throw in.damaged("counts and runs do not agree");
      }
      long[] own = Arrays.copyOfRange(flat, at, at + counts[k]);
      for (int r = 1; r < own.length; r++) {
        if (own[r] <= own[r - 1]) {
          throw in.damaged("runs are not in order at " + (at + r));
        }
      }
      runs.put(keys[k], own);
      at += counts[k];
    }
    if (at != flat.length) {
      throw in.damaged("counts and runs do not agree");
    }
    return new AttestedRuns(runs);
  }
}
