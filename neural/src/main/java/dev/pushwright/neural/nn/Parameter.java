// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/**
 * What a layer learns: R×C numbers with a name. A <em>matrix</em> has a gradient for each of them;
 * a <em>table</em> is looked up by row, and has gradients for the rows that were looked up only.
 *
 * <p>Several networks may share the values, see {@link Parameters#shard()}; each then has gradients
 * of its own.
 */
public final class Parameter {

  private final String name;
  private final int rows;
  private final int columns;
  private final boolean table;
  private final float[] values;
  private final boolean frozen;
  private float[] gradients = {};
  private RowGradients rowGradients = RowGradients.NONE;

  Parameter(String name, int rows, int columns, boolean table, float[] values, boolean frozen) {
    this.name = name;
    this.rows = rows;
    this.columns = columns;
    this.table = table;
    this.values = values;
    this.frozen = frozen;
  }

  /** The same values with gradients of their own. */
  Parameter shared(boolean freeze) {
    return new Parameter(name, rows, columns, table, values, freeze);
  }

  /**
   * A parameter of the same name and shape with values of its own, equal to these.
   *
   * @return a copy, which is not frozen and has no gradients until {@link Parameters#adopt} takes
   *     it
   */
  public Parameter copy() {
    return new Parameter(name, rows, columns, table, values.clone(), false);
  }

  void into(float[] dense, RowGradients sparse) {
    this.gradients = dense;
    this.rowGradients = sparse;
  }

  /**
   * Its name.
   *
   * @return unique within its {@link Parameters}
   */
  public String name() {
    return name;
  }

  /**
   * R.
   *
   * @return at least 1
   */
  public int rows() {
    return rows;
  }

  /**
   * C.
   *
   * @return at least 1
   */
  public int columns() {
    return columns;
  }

  /**
   * Whether it is a table, looked up by row.
   *
   * @return true for a table
   */
  public boolean isTable() {
    return table;
  }

  /**
   * Whether it stays as it is: layers compute no gradient for it.
   *
   * @return true where {@link Parameters#adopt} said so
   */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * The values.
   *
   * @return R×C, the array itself
   */
  public float[] values() {
    return values;
  }

  /**
   * The gradients of a matrix, which {@code backward} adds to.
   *
   * @return R×C, the array itself; empty for a table and for what is frozen
   */
  public float[] gradients() {
    return gradients;
  }

  /**
   * Adds to the gradients of some rows of a table. Nothing happens where it is frozen.
   *
   * @param ids the rows: N of them from {@code idsOff} on, each from 0 to R − 1
   * @param idsOff where they begin
   * @param n N, at least 0
   * @param dy what to add, N×C
   * @param off where it begins
   * @param ld from one row of it to the next, at least C
   */
  public void addRows(int[] ids, int idsOff, int n, float[] dy, int off, int ld) {
    if (!frozen) {
      rowGradients.add(ids, idsOff, n, dy, off, ld);
    }
  }

  /** The gradients of rows of a table. */
  RowGradients rowGradients() {
    return rowGradients;
  }

  @Override
  public String toString() {
    return name + " [" + rows + "×" + columns + (table ? ", table]" : "]");
  }
}
