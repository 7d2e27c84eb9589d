// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;

/**
 * XᵀX, how much any two items have in common: element (i, j) is Σ<sub>u</sub> w<sub>ui</sub> ·
 * w<sub>uj</sub>. Kept as float32, exact for counts up to 2²⁴. A row takes 8 bytes for each item
 * that shares a user with its own, and never more than 4 for each item of all. Immutable.
 */
final class Gram {

  // Rows a unit of work.
  private static final int BLOCK = 16;

  // By row: the columns that have a value, ascending; or nothing, where all have a place.
  private final int[][] columns;
  private final float[][] values;

  private Gram(int[][] columns, float[][] values) {
    this.columns = columns;
    this.values = values;
  }

  /**
   * Multiplies, in O(Σ_u n_u²).
   *
   * @param matrix the weights
   * @param context threads, progress under {@code "item pairs"}, and interruption
   * @return items × items
   */
  static Gram of(InteractionMatrix matrix, FitContext context) {
    int n = matrix.items().size();
    int[][] columns = new int[n][];
    float[][] values = new float[n][];
    context.forBlocks(
        "item pairs",
        n,
        BLOCK,
        (from, to) -> {
          double[] sums = new double[n];
          for (int i = from; i < to; i++) {
            add(matrix.byItem(), matrix.byUser(), i, sums);
            int filled = 0;
            for (double sum : sums) {
              filled += sum > 0 ? 1 : 0;
            }
            boolean all = 2L * filled > n;
            columns[i] = new int[all ? 0 : filled];
            values[i] = new float[all ? n : filled];
            int next = 0;
            for (int j = 0; j < n; j++) {
              if (all) {
                values[i][j] = (float) sums[j];
              } else if (sums[j] > 0) {
                columns[i][next] = j;
                values[i][next++] = (float) sums[j];
              }
            }
            Arrays.fill(sums, 0);
          }
        });
    return new Gram(columns, values);
  }

  private static void add(SparseRows byItem, SparseRows byUser, int item, double[] sums) {
    for (int p = byItem.start(item); p < byItem.end(item); p++) {
      int user = byItem.column(p);
      double weight = byItem.value(p);
      int end = byUser.end(user);
      for (int q = byUser.start(user); q < end; q++) {
        sums[byUser.column(q)] += weight * byUser.value(q);
      }
    }
  }

  /** How many items there are. */
  int size() {
    return values.length;
  }

  private boolean isFull(int row) {
    return values[row].length == values.length;
  }

  /**
   * One element.
   *
   * @param row an item
   * @param column an item
   * @return what they have in common
   */
  double get(int row, int column) {
    if (isFull(row)) {
      return values[row][column];
    }
    int position = Arrays.binarySearch(columns[row], column);
    return position < 0 ? 0 : values[row][position];
  }

  /**
   * Adds a row.
   *
   * @param row an item
   * @param factor what the row is multiplied by
   * @param sums one for each item
   */
  void addTo(int row, double factor, double[] sums) {
    float[] rowValues = values[row];
    if (isFull(row)) {
      for (int j = 0; j < rowValues.length; j++) {
        sums[j] += factor * rowValues[j];
      }
    } else {
      int[] rowColumns = columns[row];
      for (int p = 0; p < rowColumns.length; p++) {
        sums[rowColumns[p]] += factor * rowValues[p];
      }
    }
  }
}
