// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Event;
import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * One user's events as weights on what they are about, up to a common factor. Events about the same
 * thing are joined as the {@link Weighting} says.
 *
 * <p>The factor is free because shares of interest do not depend on it, and it is chosen so that
 * the event that has faded least has not faded at all. However old a history is, its weights
 * therefore never vanish together: events of ten years ago with a half-life of a day stand to each
 * other as they did then. One that has faded beyond what a double can hold <em>beside the
 * others</em> weighs 0.
 *
 * <p>Sums run from the smallest to the largest, so that they do not depend on the order in which
 * events of one instant are given.
 */
final class EventWeights {

  private final int[] keys;
  private final double[] weights;

  private EventWeights(int[] keys, double[] weights, int size) {
    this.keys = Arrays.copyOf(keys, size);
    this.weights = Arrays.copyOf(weights, size);
  }

  int size() {
    return keys.length;
  }

  /** What the weight is on; ascending. */
  int key(int position) {
    return keys[position];
  }

  /** Finite and above 0. */
  double weight(int position) {
    return weights[position];
  }

  /**
   * Joins events.
   *
   * @param events of one user, by time
   * @param about what each event is about; below 0: nothing, and it is passed over
   * @param weighting what each event weighs
   * @param at the instant that ages are counted to
   */
  static EventWeights of(
      List<? extends Event> events, int[] about, Weighting weighting, Instant at) {
    double[] fresh = new double[about.length];
    double[] exponent = new double[about.length];
    long[] order = new long[about.length];
    int size = 0;
    for (int e = 0; e < about.length; e++) {
      Event event = events.get(e);
      Weighting.Rule rule = weighting.rules().get(event.type());
      if (about[e] < 0 || rule == null) {
        continue;
      }
      fresh[e] = weighting.weigh(event, event.at());
      exponent[e] = fading(event.at(), at, rule.halfLifeDays());
      // Under LAST an event that weighs nothing overwrites what was before.
      if (fresh[e] > 0 || weighting.combine() == Combine.LAST) {
        order[size++] = ((long) about[e] << 32) | e;
      }
    }
    Arrays.sort(order, 0, size);
    if (weighting.combine() == Combine.LAST) {
      size = keepLast(order, size, fresh);
    }
    return join(order, size, fresh, exponent, weighting.combine());
  }

  /** The power of two an event has faded to: at most 0, never infinite. */
  private static double fading(Instant event, Instant at, double halfLifeDays) {
    double ageDays = Math.max(0, days(event, at));
    return Math.max(-Double.MAX_VALUE, -ageDays / halfLifeDays);
  }

  /** Days from one instant to another, below 0 when the other comes first. */
  static double days(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    return (duration.getSeconds() + duration.getNano() * 1e-9) / 86_400;
  }

  private static int key(long entry) {
    return (int) (entry >>> 32);
  }

  /** Keeps the last entry of each key, where it weighs anything, and says how many are kept. */
  private static int keepLast(long[] order, int size, double[] fresh) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      boolean last = i + 1 == size || key(order[i]) != key(order[i + 1]);
      if (last && fresh[(int) order[i]] > 0) {
        order[kept++] = order[i];
      }
    }
    return kept;
  }

  private static EventWeights join(
      long[] order, int size, double[] fresh, double[] exponent, Combine combine) {
    double least = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      least = Math.max(least, exponent[(int) order[i]]);
    }
    int[] keys = new int[size];
    double[] weights = new double[size];
    double[] group = new double[size];
    int out = 0;
    for (int i = 0; i < size; ) {
      int key = key(order[i]);
      int n = 0;
      for (; i < size && key(order[i]) == key; i++) {
        int e = (int) order[i];
        group[n++] = fresh[e] * Math.pow(2, exponent[e] - least);
      }
      double joined = combine == Combine.BINARY ? 1 : join(group, n, combine);
      if (joined > 0) {
        keys[out] = key;
        weights[out++] = joined;
      }
    }
    return new EventWeights(keys, weights, out);
  }

  private static double join(double[] group, int n, Combine combine) {
    Arrays.sort(group, 0, n);
    if (combine != Combine.SUM) {
      return group[n - 1];
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += group[i];
    }
    return sum;
  }
}
