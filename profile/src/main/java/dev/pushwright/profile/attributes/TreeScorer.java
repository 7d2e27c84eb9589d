// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;

/**
 * Decision trees: score(class) is the mean over the trees of the share that the class has in the
 * leaf. All trees stand in one row of nodes, each node before those below it.
 */
final class TreeScorer implements Scorer {

  static final String KIND = "trees";

  private final int classes;
  private final int[] roots;
  // By node: the column that is asked, or −1 − leaf; where x ≤ split goes to, and where the others.
  private final int[] column;
  private final double[] split;
  private final int[] lower;
  private final int[] upper;
  private final double[] shares;

  /**
   * A scorer.
   *
   * @param classes how many classes
   * @param roots the first node of each tree
   * @param column by node: the column that is asked, or −1 − leaf
   * @param split by node: what x is held against
   * @param lower by node: where x ≤ split goes
   * @param upper by node: where x &gt; split goes
   * @param shares leaves × classes
   */
  TreeScorer(
      int classes,
      int[] roots,
      int[] column,
      double[] split,
      int[] lower,
      int[] upper,
      double[] shares) {
    this.classes = classes;
    this.roots = roots;
    this.column = column;
    this.split = split;
    this.lower = lower;
    this.upper = upper;
    this.shares = shares;
  }

  /** One leaf: how frequent the classes are, whoever is asked about. */
  static TreeScorer leaf(int classes, int[] classOf) {
    double[] shares = new double[classes];
    for (int c : classOf) {
      shares[c] += 1.0 / classOf.length;
    }
    return new TreeScorer(
        classes, new int[1], new int[] {-1}, new double[1], new int[1], new int[1], shares);
  }

  @Override
  public double[] scores(Features user) {
    double[] scores = new double[classes];
    for (int root : roots) {
      int node = root;
      while (column[node] >= 0) {
        int at = Arrays.binarySearch(user.columns, column[node]);
        double x = at < 0 ? 0 : user.values[at];
        node = x > split[node] ? upper[node] : lower[node];
      }
      int leaf = (-1 - column[node]) * classes;
      for (int c = 0; c < classes; c++) {
        scores[c] += shares[leaf + c];
      }
    }
    for (int c = 0; c < classes; c++) {
      scores[c] /= roots.length;
    }
    return scores;
  }

  @Override
  public void save(ModelWriter out) {
    out.text("kind", KIND)
        .ints("roots", roots)
        .ints("column", column)
        .doubles("split", split)
        .ints("lower", lower)
        .ints("upper", upper)
        .doubles("shares", shares, shares.length / classes, classes);
  }

  static TreeScorer read(ModelReader in, int classes, int columns) {
    int[] roots = in.ints("roots");
    int[] column = in.ints("column");
    int nodes = column.length;
    double[] split = in.doubles("split", nodes);
    int[] lower = in.ints("lower", nodes);
    int[] upper = in.ints("upper", nodes);
    double[] shares = in.doubles("shares");
    int leaves = shares.length / classes;
    if (roots.length == 0 || shares.length != leaves * classes) {
      throw in.damaged(
          "there are " + roots.length + " roots, and " + shares.length + " shares of leaves");
    }
    for (int root : roots) {
      if (root < 0 || root >= nodes) {
        throw in.damaged("roots hold " + root + " of " + nodes + " nodes");
      }
    }
    for (int n = 0; n < nodes; n++) {
      // Nodes below come after: no walk goes round in a circle.
      boolean sound =
          column[n] >= 0
              ? column[n] < columns
                  && Double.isFinite(split[n])
                  && lower[n] > n
                  && lower[n] < nodes
                  && upper[n] > n
                  && upper[n] < nodes
              : -1 - column[n] < leaves;
      if (!sound) {
        throw in.damaged("node " + n + " leads nowhere");
      }
    }
    for (double share : shares) {
      if (!(share >= 0 && share <= 1)) {
        throw in.damaged("shares hold " + share);
      }
    }
    return new TreeScorer(classes, roots, column, split, lower, upper, shares);
  }
}
