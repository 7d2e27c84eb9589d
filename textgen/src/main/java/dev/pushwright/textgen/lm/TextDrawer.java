// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;

/**
 * Has a network write texts, several side by side: a word of each at a time. Used by one thread at
 * a time, with its network.
 */
final class TextDrawer {

  // As many words are drawn for one place before a text is given up.
  private static final int TRIES = 64;

  /** Says which words may follow one another. */
  @FunctionalInterface
  interface Rule {
    /** Any. */
    Rule ANY = (text, before, last, next) -> true;

    /**
     * Whether a word may be written.
     *
     * @param text which of those side by side
     * @param before the word before the last, {@link Vocabulary#START} where there is none
     * @param last the last word, {@link Vocabulary#START} where there is none
     * @param next the word, or {@link Vocabulary#END}
     */
    boolean allows(int text, int before, int last, int next);
  }

  private final Sampler sampler;
  private final int words;
  private final int longest;
  private int[][] drawn = {};
  private int[] lengths = {};
  private double[] logProbabilities = {};
  private boolean[] done = {};
  private boolean[] givenUp = {};
  private int[] last = {};

  /**
   * A drawer.
   *
   * @param sampling how words are drawn
   * @param words V
   * @param longest how many words a text has at most, its end included
   */
  TextDrawer(Sampling sampling, int words, int longest) {
    this.sampler = new Sampler(sampling);
    this.words = words;
    this.longest = longest;
  }

  /**
   * Writes a text for each of the conditions of a batch.
   *
   * @param net what writes
   * @param texts holds the conditions; gets the texts
   * @param banned by text the words that must not occur in it; beginnings and unknown words never
   *     do
   * @param key of all random choices
   * @param deviation see {@link TextNet#tell}
   */
  void write(TextNet net, Batch texts, int[][] banned, long key, double deviation) {
    write(net, texts, banned, Rule.ANY, key, deviation);
  }

  /**
   * The same by a rule: a word that it does not allow is drawn again without that word. A text is
   * given up, and not complete, where the likely words are all forbidden.
   */
  void write(TextNet net, Batch texts, int[][] banned, Rule rule, long key, double deviation) {
    int n = texts.size();
    grow(n);
    Arrays.fill(lengths, 0, n, 0);
    Arrays.fill(logProbabilities, 0, n, 0);
    Arrays.fill(done, 0, n, false);
    Arrays.fill(givenUp, 0, n, false);
    Arrays.fill(last, 0, n, Vocabulary.START);
    float[] what = net.tell(texts, CounterRandom.key(key, longest), deviation);
    net.decoder().begin(what, n);
    int left = n;
    for (int t = 0; t < longest && left > 0; t++) {
      float[] logits = net.decoder().step(last, what);
      long stepKey = CounterRandom.key(key, t);
      for (int b = 0; b < n; b++) {
        if (!done[b]) {
          ban(logits, b * words, banned[b], t);
          draw(logits, b, t, rule, banned[b].length, stepKey);
          left -= done[b] ? 1 : 0;
        }
      }
    }
    texts.write(drawn, lengths);
  }

  private static void ban(float[] logits, int off, int[] banned, int t) {
    logits[off + Vocabulary.START] = Float.NEGATIVE_INFINITY;
    logits[off + Vocabulary.UNKNOWN] = Float.NEGATIVE_INFINITY;
    for (int word : banned) {
      logits[off + word] = Float.NEGATIVE_INFINITY;
    }
    if (t == 0) {
      logits[off + Vocabulary.END] = Float.NEGATIVE_INFINITY;
    }
  }

  private void draw(float[] logits, int b, int t, Rule rule, int banned, long key) {
    int before = t < 2 ? Vocabulary.START : drawn[b][t - 2];
    int word = sampler.draw(logits, b * words, words, CounterRandom.uniform(key, b));
    double logProbability = sampler.logProbability();
    // Of all words, those that are not allowed among them.
    double whole = logits[b * words + word] - logProbability;
    // START, UNKNOWN and an END that would be the first are banned besides.
    int tries = Math.min(TRIES, words - banned - 3);
    while (!rule.allows(b, before, last[b], word)) {
      if (--tries <= 0) {
        givenUp[b] = true;
        done[b] = true;
        return;
      }
      logits[b * words + word] = Float.NEGATIVE_INFINITY;
      double uniform = CounterRandom.uniform(CounterRandom.key(key, tries), b);
      word = sampler.draw(logits, b * words, words, uniform);
      logProbability = Math.min(0, logits[b * words + word] - whole);
    }
    drawn[b][t] = word;
    last[b] = word;
    logProbabilities[b] += logProbability;
    lengths[b]++;
    done[b] = word == Vocabulary.END;
  }

  private void grow(int n) {
    if (lengths.length < n) {
      drawn = new int[n][longest];
      lengths = new int[n];
      logProbabilities = new double[n];
      done = new boolean[n];
      givenUp = new boolean[n];
      last = new int[n];
    }
  }

  /** Whether text b came to an end by itself. */
  boolean isComplete(int b) {
    return done[b] && !givenUp[b];
  }

  /** Whether the rule left text b no likely word to go on with. */
  boolean isGivenUp(int b) {
    return givenUp[b];
  }

  /** The words of text b, its end included; valid until the next writing. */
  int[] words(int b) {
    return drawn[b];
  }

  /** How many words text b has, its end included. */
  int length(int b) {
    return lengths[b];
  }

  /** The mean log-probability of a word of text b. */
  double logProbability(int b) {
    return logProbabilities[b] / Math.max(1, lengths[b]);
  }
}
