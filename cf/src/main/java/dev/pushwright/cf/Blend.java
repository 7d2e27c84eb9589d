// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.data.UserItems;
import dev.pushwright.spi.ScoringModel;
import java.util.Arrays;

/**
 * How the scores of a {@link Hybrid}'s parts become one. All work in place or into {@code out}, on
 * one number for each item, {@link ScoringModel#NO_EVIDENCE} where a part says nothing; a part that
 * says nothing at all of the user is empty.
 */
final class Blend {

  /** Reciprocal ranks: the number that keeps the first few from deciding alone, as in [2]. */
  private static final double RANK_CONSTANT = 60;

  private Blend() {}

  /**
   * To mean 0 and deviation 1 over all items, where an item without evidence counts as the lowest
   * of those with it. Scores that are all equal become 0.
   */
  static void standardize(float[] scores) {
    float lowest = Float.POSITIVE_INFINITY;
    for (float score : scores) {
      if (score != ScoringModel.NO_EVIDENCE) {
        lowest = Math.min(lowest, score);
      }
    }
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.max(scores[i], lowest);
      sum += scores[i];
    }
    double mean = sum / scores.length;
    for (float score : scores) {
      squares += (score - mean) * (score - mean);
    }
    double deviation = Math.sqrt(squares / scores.length);
    for (int i = 0; i < scores.length; i++) {
      // A deviation that vanishes beside the mean is rounding.
      scores[i] =
          deviation > 1e-6 * Math.abs(mean) && deviation > 0
              ? (float) ((scores[i] - mean) / deviation)
              : 0;
    }
  }

  /**
   * To 1 / (60 + rank), the best of the items that are not the user's own having rank 1, and 0
   * without evidence. Own items rank as they would among the others, and push none of them down.
   */
  static void reciprocalRanks(float[] scores, UserItems own) {
    long[] order = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      order[i] = descending(scores[i]) << 32 | i;
    }
    Arrays.sort(order);
    boolean[] isOwn = new boolean[scores.length];
    for (int p = 0; p < own.size(); p++) {
      isOwn[own.item(p)] = true;
    }
    int better = 0;
    int others = 0;
    float last = Float.NaN;
    for (long entry : order) {
      int item = (int) entry;
      if (scores[item] != last) {
        better = others;
        last = scores[item];
      }
      if (!isOwn[item]) {
        others++;
      }
      scores[item] =
          scores[item] == ScoringModel.NO_EVIDENCE ? 0 : (float) (1 / (RANK_CONSTANT + 1 + better));
    }
  }

  /** A number that is the smaller the larger the float is. */
  private static long descending(float value) {
    // −0 and 0 are one score.
    int bits = Float.floatToIntBits(value + 0f);
    return ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  /** The weighted sum of scores that have one scale. */
  static void sum(float[][] scores, double[] weights, float[] out) {
    Arrays.fill(out, 0);
    for (int k = 0; k < weights.length; k++) {
      float[] part = scores[k];
      float weight = (float) weights[k];
      if (part.length > 0 && weight != 0) {
        for (int i = 0; i < out.length; i++) {
          out[i] += weight * part[i];
        }
      }
    }
  }

  /**
   * Each part ranks what those before it say nothing of, below all of theirs: scores of part k of K
   * are mapped, in order, into the range from K − 1 − k to K − k.
   */
  static void cascade(float[][] scores, float[] out) {
    Arrays.fill(out, ScoringModel.NO_EVIDENCE);
    for (int k = 0; k < scores.length; k++) {
      float[] part = scores[k];
      if (part.length == 0) {
        continue;
      }
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (float score : part) {
        if (score != ScoringModel.NO_EVIDENCE) {
          low = Math.min(low, score);
          high = Math.max(high, score);
        }
      }
      float floor = scores.length - 1 - k;
      for (int i = 0; i < out.length; i++) {
        if (out[i] == ScoringModel.NO_EVIDENCE && part[i] != ScoringModel.NO_EVIDENCE) {
          double within = high > low ? ((double) part[i] - low) / ((double) high - low) : 1;
          // Never down to the floor, which is the best of the next part.
          out[i] = (float) (floor + 0.001 + 0.999 * within);
        }
      }
    }
  }
}
