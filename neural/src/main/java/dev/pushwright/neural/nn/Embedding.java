// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * Looks up rows of a table: row r of the output is row {@code ids[r]} of the table. R rows in the
 * table, C wide; B ids. The gradient goes to the rows that were looked up and to no others; where
 * one was looked up twice, both parts add up in the order of the ids.
 */
public final class Embedding {

  private final Parameter table;
  private int[] ids = {};
  private int idsOff;
  private int rows;
  private float[] y = {};

  /**
   * A layer.
   *
   * @param parameters where it registers the table
   * @param name the table's name
   * @param rows R, at least 1
   * @param width C, at least 1
   * @param initializer what the table begins with
   */
  public Embedding(
      Parameters parameters, String name, int rows, int width, Initializer initializer) {
    this.table = parameters.table(name, rows, width, initializer);
  }

  /**
   * Looks up rows.
   *
   * @param ids B row numbers from 0 to R − 1; to stay as they are until {@link #backward}
   * @param rows B, at least 0
   * @return B×C
   */
  public float[] forward(int[] ids, int rows) {
    y = Buffers.atLeast(y, rows, table.columns());
    forward(ids, 0, rows, y, 0, table.columns());
    return y;
  }

  /**
   * Looks up rows into a part of a larger array, such as some columns of another layer's input.
   *
   * @param ids holds B row numbers from 0 to R − 1; to stay as it is until {@link #backward}
   * @param idsOff where they begin
   * @param rows B, at least 0
   * @param y receives B×C
   * @param off where the first row begins
   * @param ld from one row to the next, at least C
   */
  public void forward(int[] ids, int idsOff, int rows, float[] y, int off, int ld) {
    this.ids = ids;
    this.idsOff = idsOff;
    this.rows = rows;
    int width = table.columns();
    float[] values = table.values();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(values, ids[idsOff + r] * width, y, off + r * ld, width);
    }
  }

  /**
   * Adds to the gradients of the rows that were looked up.
   *
   * @param dy gradient of the output, B×C
   */
  public void backward(float[] dy) {
    backward(dy, 0, table.columns());
  }

  /**
   * Adds to the gradients of the rows that were looked up.
   *
   * @param dy holds the gradient of the output, B×C
   * @param off where its first row begins
   * @param ld from one row to the next, at least C
   */
  public void backward(float[] dy, int off, int ld) {
    table.addRows(ids, idsOff, rows, dy, off, ld);
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
