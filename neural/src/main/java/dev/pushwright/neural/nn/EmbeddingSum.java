// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/**
 * Sums rows of a table: what a {@link Dense} layer without a bias makes of inputs that are nearly
 * all 0, of which only the others are given. R rows in the table, C wide; input r of B has the
 * weights w at the rows i of the table:
 *
 * <pre>
 * y_r = Σ_k w_rk · table[i_rk]      dtable[i_rk] += w_rk · dy_r
 * </pre>
 *
 * <p>Costs 2·C operations for each weight, forwards and backwards. The gradient goes to the rows
 * that were looked up, once for each of them and batch: what several inputs add to one row is
 * brought together here, in the order of the inputs.
 */
public final class EmbeddingSum {

  private final Parameter table;
  private int[] starts = {};
  private int[] ids = {};
  private float[] weights = {};
  private int rows;
  private float[] y = {};
  // By row of the table: its slot, where stamp says that it was looked up in this batch.
  private int[] slotOf = {};
  private int[] stamp = {};
  private int now;
  private int[] distinct = {};
  private float[] sums = {};

  /**
   * A layer.
   *
   * @param parameters where it registers the table
   * @param name the table's name
   * @param rows R, at least 1
   * @param width C, at least 1
   * @param initializer what the table begins with
   */
  public EmbeddingSum(
      Parameters parameters, String name, int rows, int width, Initializer initializer) {
    this.table = parameters.table(name, rows, width, initializer);
  }

  /**
   * Sums rows. The arrays have to stay as they are until {@link #backward}.
   *
   * @param starts where the weights of each input begin, and where those of the last end: B + 1
   *     numbers, ascending
   * @param ids the row of the table for each weight, from 0 to R − 1
   * @param weights w
   * @param rows B, at least 0
   * @return B×C
   */
  public float[] forward(int[] starts, int[] ids, float[] weights, int rows) {
    Buffers.check("starts", starts.length, rows + 1, 1);
    Buffers.check("ids", ids.length, starts[rows], 1);
    Buffers.check("weights", weights.length, starts[rows], 1);
    this.starts = starts;
    this.ids = ids;
    this.weights = weights;
    this.rows = rows;
    int width = table.columns();
    y = Buffers.atLeast(y, rows, width);
    Arrays.fill(y, 0, rows * width, 0);
    for (int r = 0; r < rows; r++) {
      for (int k = starts[r]; k < starts[r + 1]; k++) {
        add(weights[k], table.values(), ids[k] * width, y, r * width, width);
      }
    }
    return y;
  }

  /**
   * Adds to the gradients of the rows that were looked up, unless the table is frozen.
   *
   * @param dy gradient of the output, B×C
   */
  public void backward(float[] dy) {
    int width = table.columns();
    Buffers.check("dy", dy.length, rows, width);
    if (table.isFrozen()) {
      return;
    }
    int found = group();
    sums = Buffers.atLeast(sums, found, width);
    Arrays.fill(sums, 0, found * width, 0);
    for (int r = 0; r < rows; r++) {
      for (int k = starts[r]; k < starts[r + 1]; k++) {
        add(weights[k], dy, r * width, sums, slotOf[ids[k]] * width, width);
      }
    }
    table.addRows(distinct, 0, found, sums, 0, width);
  }

  /** Gives each row that was looked up a slot, in the order of the first look-up. */
  private int group() {
    if (slotOf.length == 0) {
      slotOf = new int[table.rows()];
      stamp = new int[table.rows()];
    }
    if (++now == Integer.MAX_VALUE) {
      Arrays.fill(stamp, 0);
      now = 1;
    }
    int most = Math.min(starts[rows] - starts[0], table.rows());
    if (distinct.length < most) {
      distinct = new int[most];
    }
    int found = 0;
    for (int k = starts[0]; k < starts[rows]; k++) {
      if (stamp[ids[k]] != now) {
        stamp[ids[k]] = now;
        slotOf[ids[k]] = found;
        distinct[found++] = ids[k];
      }
    }
    return found;
  }

  private static void add(float w, float[] from, int off, float[] to, int toOff, int n) {
    for (int i = 0; i < n; i++) {
      to[toOff + i] += w * from[off + i];
    }
  }

  /**
   * The table.
   *
   * @return R×C
   */
  public Parameter table() {
    return table;
  }
}
