// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.CounterRandom;
import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.textgen.copy.Vocabulary;
import dev.pushwright.textgen.lm.Sampler;
import dev.pushwright.textgen.lm.Sampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Draws texts token by token. None ends before it has every placeholder that it should have. */
final class TextDrawer {

  // As many tokens are drawn for one place before a text is given up.
  private static final int TRIES = 64;

  /** Says which tokens may follow one another. */
  @FunctionalInterface
  interface Rule {
    /** Any. */
    Rule ANY = (text, length, next) -> true;

    /**
     * Whether a token may be drawn.
     *
     * @param text holds the text so far
     * @param length of the text
     * @param next the token, or {@link Vocabulary#END}
     */
    boolean allows(int[] text, int length, int next);
  }

  private TextDrawer() {}

  /** Draws so many texts from all tokens, see the other method. */
  static List<BeamSearch.Found> draw(
      NextToken net,
      AttributeBatch set,
      boolean[] forbidden,
      Required required,
      int vocabulary,
      int longest,
      int texts,
      Sampling sampling,
      long key) {
    return draw(net, set, forbidden, required, Rule.ANY, vocabulary, longest, texts, sampling, key);
  }

  /**
   * Draws so many texts; scores are their mean log-probabilities at temperature 1. A token that the
   * rule does not allow is drawn again without that token; a text that it leaves no likely one is
   * given up.
   */
  static List<BeamSearch.Found> draw(
      NextToken net,
      AttributeBatch set,
      boolean[] forbidden,
      Required required,
      Rule rule,
      int vocabulary,
      int longest,
      int texts,
      Sampling sampling,
      long key) {
    float[] begun = net.begin(set);
    int hidden = net.width();
    float[] states = new float[texts * hidden];
    for (int b = 0; b < texts; b++) {
      System.arraycopy(begun, 0, states, b * hidden, hidden);
    }
    int[] last = new int[texts];
    Arrays.fill(last, Vocabulary.START);
    // Which text each row of the states is of: those that ended take no more work.
    int[] rows = IntStream.range(0, texts).toArray();
    int[][] drawn = new int[texts][longest + required.size()];
    int[] lengths = new int[texts];
    boolean[] done = new boolean[texts];
    double[] sums = new double[texts];
    Sampler sampler = new Sampler(sampling);
    float[] allowed = new float[vocabulary];
    int live = texts;
    for (int step = 0; step < longest + required.size() && live > 0; step++) {
      float[] logits = net.next(set, begun, last, states, live);
      int kept = 0;
      for (int row = 0; row < live; row++) {
        int b = rows[row];
        int at = row * vocabulary;
        long own = CounterRandom.key(key, b);
        required.delayEnd(drawn[b], lengths[b], logits, at);
        for (int v = 0; v < vocabulary; v++) {
          allowed[v] = forbidden[v] ? Float.NEGATIVE_INFINITY : logits[at + v];
        }
        int token = sampler.drawExactly(allowed, 0, vocabulary, CounterRandom.uniform(own, step));
        int tries = Math.min(TRIES, vocabulary);
        while (tries > 0 && !rule.allows(drawn[b], lengths[b], token)) {
          allowed[token] = Float.NEGATIVE_INFINITY;
          double again = CounterRandom.uniform(CounterRandom.key(own, tries--), step);
          token = sampler.drawExactly(allowed, 0, vocabulary, again);
        }
        if (tries == 0) {
          continue;
        }
        sums[b] += logProbability(logits, at, vocabulary, token);
        if (token == Vocabulary.END) {
          done[b] = true;
        } else {
          drawn[b][lengths[b]++] = token;
          System.arraycopy(states, row * hidden, states, kept * hidden, hidden);
          rows[kept] = b;
          last[kept++] = token;
        }
      }
      live = kept;
    }
    List<BeamSearch.Found> found = new ArrayList<>();
    for (int b = 0; b < texts; b++) {
      // What found no end is no text.
      if (done[b] && lengths[b] > 0) {
        found.add(
            new BeamSearch.Found(
                Arrays.copyOf(drawn[b], lengths[b]), sums[b], sums[b] / (lengths[b] + 1)));
      }
    }
    return found;
  }

  private static double logProbability(float[] logits, int at, int n, int token) {
    double sum = 0;
    for (int v = 0; v < n; v++) {
      sum += FloatMath.exp(logits[at + v] - logits[at + token]);
    }
    return -StrictMath.log(sum);
  }
}
