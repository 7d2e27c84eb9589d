// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.neural.nn.FloatMath;

/**
 * Draws words, or other tokens, as a {@link Sampling} says. Not thread-safe; allocates nothing
 * after the first draw.
 *
 * <p>The words that stay are taken off a heap one by one, so that a draw costs O(V) and what stays,
 * not a sort of all words.
 */
public final class Sampler {

  private final Sampling sampling;
  private float[] weights = {};
  private int[] heap = {};
  private double logProbability;

  /**
   * A sampler.
   *
   * @param sampling how words are drawn
   */
  public Sampler(Sampling sampling) {
    this.sampling = sampling;
  }

  /**
   * Draws a word.
   *
   * @param logits V numbers from {@code off} on; those of −∞ are never drawn, one at least is
   *     finite
   * @param off where they begin
   * @param words V
   * @param uniform a random number from 0 (inclusive) to 1 (exclusive)
   * @return a word from 0 to V − 1
   * @throws IllegalStateException when the largest is not finite
   */
  public int draw(float[] logits, int off, int words, double uniform) {
    grow(words);
    int largest = largest(logits, off, words);
    float max = logits[off + largest];
    if (!Float.isFinite(max)) {
      throw new IllegalStateException("the largest of " + words + " logits is " + max);
    }
    double whole = weigh(logits, off, words, max, 1);
    if (sampling.temperature() == 0) {
      logProbability = -StrictMath.log(whole);
      return largest;
    }
    double sum =
        sampling.temperature() == 1
            ? whole
            : weigh(logits, off, words, max, (float) (1 / sampling.temperature()));
    int drawn =
        sampling.topP() == 1 && (sampling.topK() == 0 || sampling.topK() >= words)
            ? fromAll(words, uniform * sum)
            : fromTop(words, uniform, sum);
    logProbability = Math.min(0, logits[off + drawn] - max - StrictMath.log(whole));
    return drawn;
  }

  /**
   * The natural logarithm of the probability, at temperature 1 and of all words, of the word that
   * {@link #draw} drew last.
   *
   * @return at most 0
   */
  public double logProbability() {
    return logProbability;
  }

  /**
   * Draws a word and takes {@code topP} more exactly than {@link #draw}: of the last word that
   * stays only the part counts that the share needs. That is the word at which the probability,
   * summed from the largest word down, passes {@code uniform · topP}. {@code topK} is not heeded.
   *
   * @param logits V numbers from {@code off} on; those of −∞ are not drawn where any is finite
   * @param off where they begin
   * @param words V
   * @param uniform a random number from 0 (inclusive) to 1 (exclusive)
   * @return a word from 0 to V − 1; 0 where a logit is not a number
   */
  public int drawExactly(float[] logits, int off, int words, double uniform) {
    int largest = largest(logits, off, words);
    if (sampling.temperature() == 0) {
      return largest;
    }
    grow(words);
    float inverse = (float) (1 / sampling.temperature());
    double sum = weigh(logits, off, words, logits[off + largest], inverse);
    double left = uniform * sampling.topP() * sum;
    heapify(words);
    for (int size = words; true; size--) {
      int word = heap[0];
      left -= weights[word];
      if (left < 0 || weights[word] == 0 || size == 1) {
        return word;
      }
      heap[0] = heap[size - 1];
      sink(0, size - 1);
    }
  }

  private static int largest(float[] logits, int off, int words) {
    int largest = 0;
    for (int w = 1; w < words; w++) {
      largest = logits[off + w] > logits[off + largest] ? w : largest;
    }
    return largest;
  }

  private void grow(int words) {
    if (weights.length < words) {
      weights = new float[words];
      heap = new int[words];
    }
  }

  private double weigh(float[] logits, int off, int words, float max, float inverse) {
    for (int w = 0; w < words; w++) {
      float x = (logits[off + w] - max) * inverse;
      // Below this FloatMath.exp stays where it is, above 0.
      weights[w] = x > -87 ? FloatMath.exp(x) : 0;
    }
    double sum = 0;
    for (int w = 0; w < words; w++) {
      sum += weights[w];
    }
    return sum;
  }

  private int fromAll(int words, double at) {
    double sum = 0;
    int last = 0;
    for (int w = 0; w < words; w++) {
      if (weights[w] > 0) {
        sum += weights[w];
        last = w;
        if (sum > at) {
          return w;
        }
      }
    }
    return last;
  }

  private void heapify(int words) {
    for (int w = 0; w < words; w++) {
      heap[w] = w;
    }
    for (int at = words / 2 - 1; at >= 0; at--) {
      sink(at, words);
    }
  }

  private int fromTop(int words, double uniform, double sum) {
    heapify(words);
    boolean all = sampling.topK() == 0 || sampling.topK() >= words;
    int atMost = all ? words : sampling.topK();
    double enough = all ? sampling.topP() * sum : Double.POSITIVE_INFINITY;
    double kept = 0;
    int taken = 0;
    // What is taken off lies behind the heap, the largest last.
    while (taken < atMost && kept < enough && weights[heap[0]] > 0) {
      int word = heap[0];
      kept += weights[word];
      taken++;
      heap[0] = heap[words - taken];
      heap[words - taken] = word;
      sink(0, words - taken);
    }
    return among(words - 1, words - taken, uniform, all ? kept : nucleus(words, taken, kept));
  }

  /** The probability that stays of the largest, which are in the heap's place from behind. */
  private double nucleus(int words, int taken, double kept) {
    double reached = 0;
    for (int t = words - 1; t >= words - taken; t--) {
      reached += weights[heap[t]];
      if (reached >= sampling.topP() * kept) {
        return reached;
      }
    }
    return kept;
  }

  private int among(int first, int last, double uniform, double kept) {
    double reached = 0;
    for (int t = first; t > last; t--) {
      reached += weights[heap[t]];
      if (reached > uniform * kept) {
        return heap[t];
      }
    }
    return heap[last];
  }

  private void sink(int from, int size) {
    int at = from;
    int word = heap[at];
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isAbove(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isAbove(heap[child], word)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = word;
  }

  private boolean isAbove(int a, int b) {
    return weights[a] > weights[b] || (weights[a] == weights[b] && a < b);
  }
}
