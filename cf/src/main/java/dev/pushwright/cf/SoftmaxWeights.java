// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a blend under which the items that were chosen are the likeliest: a conditional
 * logit model [1], whose features are the scores of the parts. With x<sub>uj</sub> the scores of
 * candidate j of contest u, of which candidate 0 was chosen,
 *
 * <pre>minimise over w ≥ 0: −1/n Σ_u log( exp(w·x_u0) / Σ_j exp(w·x_uj) )</pre>
 *
 * <p>which is convex: unlike the ranks themselves it has one best place, found by Newton's method
 * from anywhere. Each step minimises the quadratic model over weights that are not below 0, by
 * coordinate descent, and is halved until the loss falls. Sums are taken by blocks and then in the
 * order of blocks: the number of threads changes no bit. A step costs O(contests · candidates ·
 * parts²).
 *
 * <p>[1] D. McFadden, "Conditional logit analysis of qualitative choice behavior", Frontiers in
 * Econometrics, 1974.
 */
final class SoftmaxWeights {

  private static final int BLOCK = 64;
  private static final int MAX_STEPS = 30;
  private static final int MAX_HALVINGS = 30;
  private static final int SWEEPS = 200;
  // Of the diagonal: keeps parts that say the same from drifting apart, and a step finite.
  private static final double DAMPING = 1e-6;
  private static final double CONVERGED = 1e-9;

  private final List<float[][]> contests;
  private final int parts;
  private final FitContext context;

  private SoftmaxWeights(List<float[][]> contests, int parts, FitContext context) {
    this.contests = contests;
    this.parts = parts;
    this.context = context;
  }

  /**
   * Finds the weights.
   *
   * @param contests parts × candidates each, the chosen one first; a part that says nothing of a
   *     contest is empty. Not modified
   * @param parts how many parts there are
   * @param context threads and interruption
   * @return a weight for each part, at least 0; all 0 where nothing tells the chosen from others
   */
  static double[] fit(List<float[][]> contests, int parts, FitContext context) {
    return contests.isEmpty()
        ? new double[parts]
        : new SoftmaxWeights(contests, parts, context).fit();
  }

  private double[] fit() {
    double[] weights = new double[parts];
    Sums at = sums(weights);
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] target = minimum(weights, at);
      double slope = 0;
      for (int k = 0; k < parts; k++) {
        slope += at.gradient[k] * (target[k] - weights[k]);
      }
      if (slope > -CONVERGED) {
        return weights;
      }
      double share = 1;
      double[] candidate = target;
      Sums found = sums(candidate);
      for (int h = 0; h < MAX_HALVINGS && !(found.loss <= at.loss + 1e-4 * share * slope); h++) {
        share /= 2;
        candidate = new double[parts];
        for (int k = 0; k < parts; k++) {
          candidate[k] = weights[k] + share * (target[k] - weights[k]);
        }
        found = sums(candidate);
      }
      if (!(found.loss < at.loss)) {
        return weights;
      }
      weights = candidate;
      at = found;
    }
    return weights;
  }

  /** Where the quadratic model is least, of weights that are not below 0. */
  private double[] minimum(double[] weights, Sums at) {
    double[] target = weights.clone();
    double[] slope = at.gradient.clone();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      double moved = 0;
      for (int k = 0; k < parts; k++) {
        double curvature = at.curvature[k * parts + k] * (1 + DAMPING);
        if (!(curvature > 0)) {
          continue;
        }
        double next = Math.max(0, target[k] - slope[k] / curvature);
        double by = next - target[k];
        if (by != 0) {
          target[k] = next;
          for (int m = 0; m < parts; m++) {
            slope[m] += by * (m == k ? curvature : at.curvature[k * parts + m]);
          }
          moved = Math.max(moved, by * by * curvature);
        }
      }
      if (moved < CONVERGED * CONVERGED) {
        break;
      }
    }
    return target;
  }

  /** The loss at some weights with its first and second derivatives. */
  private static final class Sums {
    private double loss;
    private final double[] gradient;
    private final double[] curvature;

    Sums(int parts) {
      gradient = new double[parts];
      curvature = new double[parts * parts];
    }

    void add(Sums other, double factor) {
      loss += factor * other.loss;
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] += factor * other.gradient[k];
      }
      for (int k = 0; k < curvature.length; k++) {
        curvature[k] += factor * other.curvature[k];
      }
    }
  }

  private Sums sums(double[] weights) {
    Sums[] blocks = new Sums[(contests.size() + BLOCK - 1) / BLOCK];
    context.forBlocks(
        "learning weights",
        contests.size(),
        BLOCK,
        (from, to) -> {
          Sums sums = new Sums(parts);
          for (int c = from; c < to; c++) {
            add(contests.get(c), weights, sums);
          }
          blocks[from / BLOCK] = sums;
        });
    Sums all = new Sums(parts);
    for (Sums block : blocks) {
      all.add(block, 1.0 / contests.size());
    }
    return all;
  }

  private void add(float[][] contest, double[] weights, Sums sums) {
    double[] share = new double[Arrays.stream(contest).mapToInt(p -> p.length).max().orElse(0)];
    if (share.length == 0) {
      return;
    }
    for (int k = 0; k < parts; k++) {
      for (int j = 0; j < contest[k].length; j++) {
        share[j] += weights[k] * contest[k][j];
      }
    }
    double chosen = share[0];
    double largest = Arrays.stream(share).max().orElse(0);
    double total = 0;
    for (int j = 0; j < share.length; j++) {
      share[j] = Math.exp(share[j] - largest);
      total += share[j];
    }
    for (int j = 0; j < share.length; j++) {
      share[j] /= total;
    }
    sums.loss += Math.log(total) + largest - chosen;
    double[] mean = new double[parts];
    for (int k = 0; k < parts; k++) {
      float[] scores = contest[k];
      for (int j = 0; j < scores.length; j++) {
        mean[k] += share[j] * scores[j];
      }
      sums.gradient[k] += scores.length == 0 ? 0 : mean[k] - scores[0];
    }
    for (int k = 0; k < parts; k++) {
      for (int m = 0; m <= k; m++) {
        float[] one = contest[k];
        float[] other = contest[m];
        double covariance = 0;
        for (int j = 0; j < Math.min(one.length, other.length); j++) {
          covariance += share[j] * (one[j] - mean[k]) * (other[j] - mean[m]);
        }
        sums.curvature[k * parts + m] += covariance;
        if (m < k) {
          sums.curvature[m * parts + k] += covariance;
        }
      }
    }
  }
}
