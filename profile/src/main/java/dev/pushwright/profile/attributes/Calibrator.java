// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns a score into a probability. Both ways are fitted to scores of users that the learner had
 * not seen:
 *
 * <ul>
 *   <li><b>Platt</b> [1]: p = 1 / (1 + exp(A·s + B)), by maximum likelihood with the targets (n₊ +
 *       1) / (n₊ + 2) and 1 / (n₋ + 2), found by Newton's method with a line search [2]. A is at
 *       most 0: a larger score never makes a class less likely.
 *   <li><b>Isotonic</b> [3]: the best non-falling function, by pooling adjacent violators; between
 *       two pools a straight line. It stays 1 / (n + 2) away from 0 and 1.
 * </ul>
 *
 * <p>[1] J. Platt: Probabilistic outputs for support vector machines. 1999. [2] H.-T. Lin, C.-J.
 * Lin, R. Weng: A note on Platt's probabilistic outputs for support vector machines. Machine
 * Learning 68, 2007. [3] B. Zadrozny, C. Elkan: Transforming classifier scores into accurate
 * multiclass probability estimates. KDD 2002.
 */
final class Calibrator {

  private static final int STEPS = 100;

  // Platt: A and B, and no knots. Isotonic: knots and their probabilities.
  private final double[] knots;
  private final double[] values;

  private Calibrator(double[] knots, double[] values) {
    this.knots = knots;
    this.values = values;
  }

  /** From 0 to 1. */
  double probability(double score) {
    if (knots.length == 0) {
      return sigmoid(values[0] * score + values[1]);
    }
    int at = Arrays.binarySearch(knots, score);
    if (at >= 0) {
      return values[at];
    }
    int above = -1 - at;
    if (above == 0 || above == knots.length) {
      return values[above == 0 ? 0 : above - 1];
    }
    double share = (score - knots[above - 1]) / (knots[above] - knots[above - 1]);
    return values[above - 1] + share * (values[above] - values[above - 1]);
  }

  /** 1 / (1 + exp(z)) without an overflow. */
  private static double sigmoid(double z) {
    double e = StrictMath.exp(-Math.abs(z));
    return z >= 0 ? e / (1 + e) : 1 / (1 + e);
  }

  static Calibrator platt(double[] scores, boolean[] is) {
    int positive = 0;
    for (boolean b : is) {
      positive += b ? 1 : 0;
    }
    double high = (positive + 1.0) / (positive + 2.0);
    double low = 1 / (scores.length - positive + 2.0);
    double a = 0;
    double b = StrictMath.log((scores.length - positive + 1.0) / (positive + 1.0));
    double loss = loss(scores, is, high, low, a, b);
    for (int step = 0; step < STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = 1e-12;
      double hab = 0;
      double hbb = 1e-12;
      for (int i = 0; i < scores.length; i++) {
        double p = sigmoid(a * scores[i] + b);
        double residual = (is[i] ? high : low) - p;
        double curve = p * (1 - p);
        ga += scores[i] * residual;
        gb += residual;
        haa += scores[i] * scores[i] * curve;
        hab += scores[i] * curve;
        hbb += curve;
      }
      if (Math.abs(ga) < 1e-7 && Math.abs(gb) < 1e-7) {
        break;
      }
      double det = haa * hbb - hab * hab;
      double da = -(hbb * ga - hab * gb) / det;
      double db = -(haa * gb - hab * ga) / det;
      double descent = ga * da + gb * db;
      double length = 1;
      double next = Double.NaN;
      while (length > 1e-10) {
        next = loss(scores, is, high, low, a + length * da, b + length * db);
        if (next < loss + 1e-4 * length * descent) {
          break;
        }
        length /= 2;
      }
      if (!(next < loss)) {
        break;
      }
      a += length * da;
      b += length * db;
      loss = next;
    }
    if (!(a <= 0)) {
      // Scores that mislead on users not seen are not turned round; they say nothing.
      a = 0;
      b = StrictMath.log((scores.length - positive + 1.0) / (positive + 1.0));
    }
    return new Calibrator(new double[0], new double[] {a, b});
  }

  /** −Σ t·ln p + (1 − t)·ln(1 − p) with p = sigmoid(a·s + b). */
  private static double loss(
      double[] scores, boolean[] is, double high, double low, double a, double b) {
    double loss = 0;
    for (int i = 0; i < scores.length; i++) {
      double z = a * scores[i] + b;
      double t = is[i] ? high : low;
      // ln(1 + exp(z)) − (1 − t)·z, on the side that does not overflow.
      loss += StrictMath.log1p(StrictMath.exp(-Math.abs(z))) + (z >= 0 ? t * z : (t - 1) * z);
    }
    return loss;
  }

  static Calibrator isotonic(double[] scores, boolean[] is) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.<Integer>comparingDouble(i -> scores[i]).thenComparing(i -> i));
    // Pools as first and last score, how many, how many are of the class.
    List<double[]> pools = new ArrayList<>();
    for (int at = 0; at < order.length; ) {
      double score = scores[order[at]];
      double[] pool = {score, score, 0, 0};
      for (; at < order.length && scores[order[at]] <= score; at++) {
        pool[2]++;
        pool[3] += is[order[at]] ? 1 : 0;
      }
      pools.add(pool);
      while (pools.size() > 1) {
        double[] last = pools.get(pools.size() - 1);
        double[] before = pools.get(pools.size() - 2);
        if (before[3] * last[2] < last[3] * before[2]) {
          break;
        }
        pools.remove(pools.size() - 1);
        before[1] = last[1];
        before[2] += last[2];
        before[3] += last[3];
      }
    }
    double margin = 1 / (scores.length + 2.0);
    double[] knots = new double[2 * pools.size()];
    double[] values = new double[knots.length];
    int n = 0;
    for (double[] pool : pools) {
      double value = Math.max(margin, Math.min(1 - margin, pool[3] / pool[2]));
      knots[n] = pool[0];
      values[n++] = value;
      if (pool[1] > pool[0]) {
        knots[n] = pool[1];
        values[n++] = value;
      }
    }
    return new Calibrator(Arrays.copyOf(knots, n), Arrays.copyOf(values, n));
  }

  void save(ModelWriter out) {
    out.doubles("knots", knots).doubles("values", values);
  }

  static Calibrator read(ModelReader in) {
    double[] knots = in.doubles("knots");
    double[] values = in.doubles("values", knots.length == 0 ? 2 : knots.length);
    for (int k = 0; k < values.length; k++) {
      boolean sound =
          knots.length == 0
              ? Math.abs(values[k]) <= 1e12
              : values[k] >= 0
                  && values[k] <= 1
                  && Math.abs(knots[k]) <= 1e12
                  && (k == 0 || knots[k] > knots[k - 1]);
      if (!sound) {
        throw in.damaged("knots and values are no calibration at " + k);
      }
    }
    return new Calibrator(knots, values);
  }
}
