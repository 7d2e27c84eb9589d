// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.DelexicalizedPair;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A corpus in numbers, cut into what is learned and what is watched. */
final class Lessons {

  private final Vocabulary vocabulary;
  private final Conditions conditions;
  private final Briefs briefs;
  private final Sentence[] train;
  private final Sentence[] watched;

  private Lessons(
      Vocabulary vocabulary,
      Conditions conditions,
      Briefs briefs,
      Sentence[] train,
      Sentence[] watched) {
    this.vocabulary = vocabulary;
    this.conditions = conditions;
    this.briefs = briefs;
    this.train = train;
    this.watched = watched;
  }

  /** The words of the texts. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** What texts are written for. */
  Conditions conditions() {
    return conditions;
  }

  /** The sets of conditions that occur in what is learned. */
  Briefs briefs() {
    return briefs;
  }

  /** What is learned; not to be changed. */
  Sentence[] train() {
    return train;
  }

  /** What is watched, maybe nothing; not to be changed. */
  Sentence[] watched() {
    return watched;
  }

  /** Which runs of words all texts have, learned or watched. */
  AttestedRuns runs() {
    AttestedRuns.Builder runs = AttestedRuns.builder();
    for (Sentence[] texts : new Sentence[][] {train, watched}) {
      for (Sentence text : texts) {
        int[] words = text.words();
        runs.text(conditions.setting(text.conditions()), vocabulary.decode(words, 0, words.length));
      }
    }
    return runs.build();
  }

  /**
   * Makes lessons.
   *
   * @param pairs the corpus
   * @param rules which slots are copied
   * @param minCount how often a word has to occur in order to be known
   * @param longest how many words a text has at most, its end included; longer ones are left out
   * @param share of the texts that is watched
   * @param seed decides which
   */
  static Lessons of(
      List<CopyPair> pairs, SlotRules rules, int minCount, int longest, double share, long seed) {
    List<DelexicalizedPair> delexicalized =
        pairs.stream()
            .map(rules::delexicalize)
            .filter(pair -> pair.tokens().size() < longest)
            .toList();
    Conditions conditions = Conditions.of(pairs, rules);
    Vocabulary vocabulary =
        Vocabulary.of(delexicalized.stream().map(DelexicalizedPair::tokens).toList(), minCount);
    List<Sentence> train = new ArrayList<>();
    List<Sentence> watched = new ArrayList<>();
    long key = CounterRandom.key(seed, 7);
    for (int p = 0; p < delexicalized.size(); p++) {
      DelexicalizedPair pair = delexicalized.get(p);
      Sentence sentence =
          new Sentence(conditions.encode(pair.attributes()), vocabulary.encode(pair.tokens()));
      (CounterRandom.uniform(key, p) < share ? watched : train).add(sentence);
    }
    if (train.isEmpty()) {
      throw new IllegalArgumentException(
          "of "
              + pairs.size()
              + " pairs none is left to learn from: "
              + (pairs.size() - delexicalized.size())
              + " have "
              + longest
              + " words or more, "
              + watched.size()
              + " are watched; give a larger corpus");
    }
    Sentence[] learned = train.toArray(new Sentence[0]);
    return new Lessons(
        vocabulary,
        conditions,
        Briefs.of(conditions, learned),
        learned,
        watched.toArray(new Sentence[0]));
  }

  /** Tells corpora apart. */
  static String fingerprint(List<CopyPair> pairs) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (CopyPair pair : pairs) {
      pair.attributes()
          .forEach(
              (slot, value) -> {
                put(hasher, slot);
                put(hasher, value);
              });
      put(hasher, "");
      put(hasher, pair.text());
    }
    return hasher.hash().toString().substring(0, 16);
  }

  private static void put(Hasher hasher, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hasher.putInt(bytes.length).putBytes(bytes);
  }
}
