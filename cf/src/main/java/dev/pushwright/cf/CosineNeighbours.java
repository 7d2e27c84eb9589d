// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.math.SparseRows;
import dev.pushwright.math.TopN;
import java.util.Arrays;

/** The most similar items of each item, by cosine over the users. */
final class CosineNeighbours {

  // Items a block: small enough to share out, large enough that a block's scratch pays.
  private static final int BLOCK = 64;

  private CosineNeighbours() {}

  /**
   * Finds neighbours.
   *
   * @param matrix the weights
   * @param neighbours how many each item keeps at most
   * @param shrinkage see {@link ItemKnn}
   * @param context threads, progress and interruption
   * @return items × items; row i holds the neighbours of i with their similarity, in (0, 1],
   *     without i itself
   */
  static SparseRows of(
      InteractionMatrix matrix, int neighbours, double shrinkage, FitContext context) {
    int n = matrix.items().size();
    double[] norms = norms(matrix.byItem());
    int kept = Math.min(neighbours, Math.max(0, n - 1));
    int[][] columns = new int[n][];
    float[][] similarities = new float[n][];
    context.forBlocks(
        "neighbours",
        n,
        BLOCK,
        (from, to) -> {
          Row row = new Row(matrix, norms, shrinkage, kept);
          for (int i = from; i < to; i++) {
            row.compute(i);
            columns[i] = row.columns;
            similarities[i] = row.similarities;
          }
        });
    SparseRows.Builder rows = SparseRows.builder(n);
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < columns[i].length; p++) {
        rows.add(columns[i][p], similarities[i][p]);
      }
      rows.endRow();
    }
    return rows.build();
  }

  private static double[] norms(SparseRows byItem) {
    double[] norms = new double[byItem.rows()];
    for (int i = 0; i < norms.length; i++) {
      double squares = 0;
      for (int p = byItem.start(i); p < byItem.end(i); p++) {
        squares += (double) byItem.value(p) * byItem.value(p);
      }
      norms[i] = Math.sqrt(squares);
    }
    return norms;
  }

  /** One row of similarities at a time, in scratch space that is used again. */
  private static final class Row {
    private final SparseRows byItem;
    private final SparseRows byUser;
    private final double[] norms;
    private final double shrinkage;
    private final double[] dots;
    private final int[] shared;
    private final int[] touched;
    private final TopN best;
    private final int[] bestItems;
    private final double[] bestSimilarities;

    int[] columns = {};
    float[] similarities = {};

    Row(InteractionMatrix matrix, double[] norms, double shrinkage, int kept) {
      this.byItem = matrix.byItem();
      this.byUser = matrix.byUser();
      this.norms = norms;
      this.shrinkage = shrinkage;
      this.dots = new double[norms.length];
      this.shared = new int[norms.length];
      this.touched = new int[norms.length];
      this.best = new TopN(kept);
      this.bestItems = new int[kept];
      this.bestSimilarities = new double[kept];
    }

    void compute(int i) {
      int count = accumulate(i);
      for (int t = 0; t < count; t++) {
        int j = touched[t];
        if (j != i) {
          // Rounding can carry a cosine past 1; weights that are denormal can make it vanish.
          double cosine = Math.min(1, dots[j] / norms[i] / norms[j]);
          float similarity = (float) (cosine * (shared[j] / (shared[j] + shrinkage)));
          if (similarity > 0) {
            best.offer(j, similarity);
          }
        }
        dots[j] = 0;
        shared[j] = 0;
      }
      int size = best.drain(bestItems, bestSimilarities);
      long[] order = new long[size];
      for (int k = 0; k < size; k++) {
        order[k] = ((long) bestItems[k] << 32) | k;
      }
      Arrays.sort(order);
      columns = new int[size];
      similarities = new float[size];
      for (int k = 0; k < size; k++) {
        columns[k] = bestItems[(int) order[k]];
        similarities[k] = (float) bestSimilarities[(int) order[k]];
      }
    }

    private int accumulate(int i) {
      int count = 0;
      for (int p = byItem.start(i); p < byItem.end(i); p++) {
        int user = byItem.column(p);
        double weight = byItem.value(p);
        int end = byUser.end(user);
        for (int q = byUser.start(user); q < end; q++) {
          int j = byUser.column(q);
          if (shared[j]++ == 0) {
            touched[count++] = j;
          }
          dots[j] += weight * byUser.value(q);
        }
      }
      return count;
    }
  }
}
