// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.neural.nn.FloatMath;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for texts that a network finds likely, keeping so many beginnings of texts at each step. A
 * finished text is scored by its log-probability divided by its length to the power of α: without
 * it short texts win.
 */
final class BeamSearch {

  /** A text that was found. */
  static final class Found {

    private final int[] tokens;
    private final double logProbability;
    private final double score;

    Found(int[] tokens, double logProbability, double score) {
      this.tokens = tokens;
      this.logProbability = logProbability;
      this.score = score;
    }

    /** The text without its end. */
    int[] tokens() {
      return tokens;
    }

    /** Natural, of the text with its end. */
    double logProbability() {
      return logProbability;
    }

    /** What texts are compared by. */
    double score() {
      return score;
    }
  }

  private final int beam;
  private final double lengthPenalty;
  private final int longest;
  private final int vocabulary;

  // The best continuations of a step, best first: of which text, which token, what it sums to.
  private final int[] from;
  private final int[] token;
  private final double[] sum;
  private int kept;

  BeamSearch(int beam, double lengthPenalty, int longest, int vocabulary) {
    this.beam = beam;
    this.lengthPenalty = lengthPenalty;
    this.longest = longest;
    this.vocabulary = vocabulary;
    // As many may end as go on.
    this.from = new int[2 * beam];
    this.token = new int[2 * beam];
    this.sum = new double[2 * beam];
  }

  /**
   * Searches.
   *
   * @param net the network, which nobody else uses meanwhile
   * @param set one set of attributes
   * @param forbidden tokens that may not be written
   * @param required tokens that a text is to have before it ends
   * @return at least one and at most as many texts as the beam is wide, best first
   */
  List<Found> search(NextToken net, AttributeBatch set, boolean[] forbidden, Required required) {
    float[] begun = net.begin(set);
    int width = net.width();
    float[] states = new float[beam * width];
    float[] moved = new float[beam * width];
    System.arraycopy(begun, 0, states, 0, width);
    int[][] texts = {new int[0]};
    double[] sums = {0};
    int[] last = new int[beam];
    last[0] = Vocabulary.START;
    List<Found> found = new ArrayList<>();
    for (int step = 0; step < longest + required.size() && texts.length > 0; step++) {
      float[] logits = net.next(set, begun, last, states, texts.length);
      kept = 0;
      for (int b = 0; b < texts.length; b++) {
        required.delayEnd(texts[b], step, logits, b * vocabulary);
        continueText(b, sums[b], logits, forbidden);
      }
      int[][] next = new int[beam][];
      double[] nextSums = new double[beam];
      int live = 0;
      for (int k = 0; k < kept && live < beam; k++) {
        if (token[k] == Vocabulary.END) {
          if (k < beam) {
            found.add(found(texts[from[k]], sum[k]));
          }
          continue;
        }
        next[live] = Arrays.copyOf(texts[from[k]], step + 1);
        next[live][step] = token[k];
        nextSums[live] = sum[k];
        last[live] = token[k];
        System.arraycopy(states, from[k] * width, moved, live * width, width);
        live++;
      }
      if (found.size() >= beam) {
        break;
      }
      float[] swap = states;
      states = moved;
      moved = swap;
      texts = Arrays.copyOf(next, live);
      sums = nextSums;
    }
    for (int b = 0; b < texts.length && found.isEmpty(); b++) {
      found.add(found(texts[b], sums[b]));
    }
    found.sort(Comparator.comparingDouble((Found f) -> -f.score()));
    return found.subList(0, Math.min(beam, found.size()));
  }

  private Found found(int[] text, double logProbability) {
    return new Found(
        text, logProbability, logProbability / StrictMath.pow(text.length + 1.0, lengthPenalty));
  }

  private void continueText(int text, double before, float[] logits, boolean[] forbidden) {
    int at = text * vocabulary;
    float largest = logits[at];
    for (int v = 1; v < vocabulary; v++) {
      largest = Math.max(largest, logits[at + v]);
    }
    double total = 0;
    for (int v = 0; v < vocabulary; v++) {
      total += FloatMath.exp(logits[at + v] - largest);
    }
    double base = before - largest - StrictMath.log(total);
    for (int v = 0; v < vocabulary; v++) {
      double value = base + logits[at + v];
      if ((kept < sum.length || value > sum[kept - 1])
          && !forbidden[v]
          && value > Double.NEGATIVE_INFINITY) {
        insert(text, v, value);
      }
    }
  }

  // The first of equals stays first.
  private void insert(int text, int v, double value) {
    int place = kept < sum.length ? kept++ : sum.length - 1;
    while (place > 0 && sum[place - 1] < value) {
      sum[place] = sum[place - 1];
      from[place] = from[place - 1];
      token[place] = token[place - 1];
      place--;
    }
    sum[place] = value;
    from[place] = text;
    token[place] = v;
  }
}
