// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.math.TopN;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Solves, for one item j after another,
 *
 * <pre>
 * min_w ½|x_j − X·w|² + l1·Σ_i w_i + ½·l2·|w|²   with w ≥ 0 and w_j = 0
 * </pre>
 *
 * by coordinate descent with covariance updates [1]: with G = XᵀX and the gradient's part r = G_j −
 * G·w, the best w<sub>i</sub> while the others stand still is max(0, r<sub>i</sub> + G<sub>ii</sub>
 * · w<sub>i</sub> − l1) / (G<sub>ii</sub> + l2). Only a working set of items takes turns; when it
 * has converged, the items outside of it whose turn would gain most are taken in, until there is
 * none.
 *
 * <p>It has converged when the conditions of Karush, Kuhn and Tucker hold to {@code tolerance}
 * times the largest G<sub>ij</sub>: r<sub>i</sub> − l2 · w<sub>i</sub> = l1 where w<sub>i</sub> is
 * above 0, and r<sub>i</sub> ≤ l1 where it is 0. Not thread-safe; what it works in is used again.
 *
 * <p>[1] J. Friedman, T. Hastie, R. Tibshirani, "Regularization paths for generalized linear models
 * via coordinate descent", Journal of Statistical Software 33(1), 2010, section 2.2.
 */
final class ElasticNet {

  // How many items are taken in at once at first; later as many as there are already.
  private static final int FIRST = 32;

  private final Gram gram;
  private final double l1;
  private final double l2;
  private final double tolerance;
  private final int maxRounds;

  // By item: G_j − G·w, with the w of when the working set had last converged.
  private final double[] residual;
  private final BitSet working = new BitSet();

  // By place in the working set.
  private int size;
  private int[] items = new int[FIRST];
  private double[] weights = new double[FIRST];
  private double[] settled = new double[FIRST];
  private double[] gradient = new double[FIRST];
  private double[][] covariance = new double[FIRST][FIRST];

  /**
   * A solver.
   *
   * @param gram G
   * @param l1 at least 0
   * @param l2 at least 0
   * @param tolerance above 0
   * @param maxRounds after how many turns of all the working set it is given up
   */
  ElasticNet(Gram gram, double l1, double l2, double tolerance, int maxRounds) {
    this.gram = gram;
    this.l1 = l1;
    this.l2 = l2;
    this.tolerance = tolerance;
    this.maxRounds = maxRounds;
    this.residual = new double[gram.size()];
  }

  /**
   * Solves for one item.
   *
   * @param target j
   * @param candidates which items may have a weight; j has none in any case
   * @return whether it converged
   */
  boolean solve(int target, BitSet candidates) {
    size = 0;
    working.clear();
    Arrays.fill(residual, 0);
    gram.addTo(target, 1, residual);
    double largest = 0;
    for (int i = 0; i < residual.length; i++) {
      largest = i == target ? largest : Math.max(largest, residual[i]);
    }
    double slack = tolerance * largest;
    boolean converged = true;
    while (converged && takeIn(target, candidates, slack)) {
      converged = descend(slack);
      for (int a = 0; a < size; a++) {
        if (weights[a] != settled[a]) {
          gram.addTo(items[a], settled[a] - weights[a], residual);
          settled[a] = weights[a];
        }
      }
    }
    return converged;
  }

  /** How many weights the last solution has above 0. */
  int count() {
    int count = 0;
    for (int a = 0; a < size; a++) {
      count += weights[a] > 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * Gives the last solution.
   *
   * @param outItems receives the items whose weight is above 0, ascending
   * @param outWeights receives their weights
   */
  void copy(int[] outItems, float[] outWeights) {
    long[] order = new long[count()];
    int next = 0;
    for (int a = 0; a < size; a++) {
      if (weights[a] > 0) {
        order[next++] = ((long) items[a] << 32) | a;
      }
    }
    Arrays.sort(order);
    for (int k = 0; k < order.length; k++) {
      outItems[k] = (int) (order[k] >>> 32);
      outWeights[k] = (float) weights[(int) order[k]];
    }
  }

  /** Takes in the items that gain most; false: there is none left. */
  private boolean takeIn(int target, BitSet candidates, double slack) {
    TopN best = new TopN(Math.max(FIRST, size));
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      double gain = residual[i] - l1;
      if (gain > slack && i != target && !working.get(i)) {
        best.offer(i, gain * gain / (gram.get(i, i) + l2));
      }
    }
    int[] found = new int[best.size()];
    best.drain(found, new double[found.length]);
    // By item, for the result not to depend on ties of the gain.
    Arrays.sort(found);
    for (int item : found) {
      append(item);
    }
    // The gradient as it is now, free of what rounding added up.
    for (int a = 0; a < size; a++) {
      gradient[a] = residual[items[a]];
    }
    return found.length > 0;
  }

  private void append(int item) {
    if (size == items.length) {
      int capacity = 2 * size;
      items = Arrays.copyOf(items, capacity);
      weights = Arrays.copyOf(weights, capacity);
      settled = Arrays.copyOf(settled, capacity);
      gradient = Arrays.copyOf(gradient, capacity);
      covariance = Arrays.copyOf(covariance, capacity);
      for (int a = 0; a < capacity; a++) {
        covariance[a] = a < size ? Arrays.copyOf(covariance[a], capacity) : new double[capacity];
      }
    }
    items[size] = item;
    weights[size] = 0;
    settled[size] = 0;
    working.set(item);
    for (int a = 0; a <= size; a++) {
      double common = gram.get(item, items[a]);
      covariance[a][size] = common;
      covariance[size][a] = common;
    }
    size++;
  }

  private boolean descend(double slack) {
    for (int round = 0; round < maxRounds; round++) {
      double moved = 0;
      for (int a = 0; a < size; a++) {
        double[] row = covariance[a];
        double curvature = row[a] + l2;
        double best = Math.max(0, gradient[a] + row[a] * weights[a] - l1) / curvature;
        double step = best - weights[a];
        if (step != 0) {
          weights[a] = best;
          for (int b = 0; b < size; b++) {
            gradient[b] -= step * row[b];
          }
          moved = Math.max(moved, Math.abs(step) * curvature);
        }
      }
      // A turn that would move an item by less than this leaves its condition met to the slack.
      if (moved <= slack / 4 && violation() <= slack) {
        return true;
      }
    }
    return false;
  }

  private double violation() {
    double worst = 0;
    for (int a = 0; a < size; a++) {
      double slope = gradient[a] - l2 * weights[a] - l1;
      worst = Math.max(worst, weights[a] > 0 ? Math.abs(slope) : slope);
    }
    return worst;
  }
}
