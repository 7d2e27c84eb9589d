// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;

/**
 * A sparse float32 matrix in compressed rows (CSR): of each row only the columns that have a value,
 * in ascending order. Immutable. Row r occupies the positions {@code start(r)} (inclusive) to
 * {@code end(r)} (exclusive).
 */
public final class SparseRows {

  private final int columns;
  private final int[] starts;
  private final int[] columnOf;
  private final float[] values;

  private SparseRows(int columns, int[] starts, int[] columnOf, float[] values) {
    this.columns = columns;
    this.starts = starts;
    this.columnOf = columnOf;
    this.values = values;
  }

  /**
   * Starts a matrix that is filled row by row.
   *
   * @param columns the number of columns, at least 0
   * @return a builder with no rows
   */
  public static Builder builder(int columns) {
    return builder(columns, 16, 64);
  }

  /**
   * Starts a matrix of which it is known how large it will be.
   *
   * @param columns the number of columns, at least 0
   * @param rows how many rows are expected, at least 0
   * @param values how many values are expected, at least 0
   * @return a builder with no rows, which takes more and fewer than expected
   */
  public static Builder builder(int columns, int rows, int values) {
    return new Builder(columns, rows, values);
  }

  /**
   * The number of rows.
   *
   * @return at least 0
   */
  public int rows() {
    return starts.length - 1;
  }

  /**
   * The number of columns.
   *
   * @return at least 0
   */
  public int columns() {
    return columns;
  }

  /**
   * The number of stored values.
   *
   * @return at least 0
   */
  public int size() {
    return columnOf.length;
  }

  /**
   * Where a row begins.
   *
   * @param row from 0 to rows − 1
   * @return its first position
   */
  public int start(int row) {
    return starts[row];
  }

  /**
   * Where a row ends.
   *
   * @param row from 0 to rows − 1
   * @return the position after its last
   */
  public int end(int row) {
    return starts[row + 1];
  }

  /**
   * The column at a position.
   *
   * @param position from 0 to size − 1
   * @return the column
   */
  public int column(int position) {
    return columnOf[position];
  }

  /**
   * The value at a position.
   *
   * @param position from 0 to size − 1
   * @return the value
   */
  public float value(int position) {
    return values[position];
  }

  /**
   * The value at a row and a column.
   *
   * @param row from 0 to rows − 1
   * @param column any column
   * @return the value, 0 where none is stored
   */
  public float get(int row, int column) {
    int position = Arrays.binarySearch(columnOf, starts[row], starts[row + 1], column);
    return position < 0 ? 0 : values[position];
  }

  /**
   * Adds a row to a dense vector: {@code sums[c] += factor · value} for each of its columns.
   *
   * @param row from 0 to rows − 1
   * @param factor what each value is multiplied by
   * @param sums at least as many as there are columns; modified
   */
  public void addTo(int row, float factor, float[] sums) {
    int[] ofColumn = columnOf;
    float[] added = values;
    int end = starts[row + 1];
    for (int p = starts[row]; p < end; p++) {
      sums[ofColumn[p]] += factor * added[p];
    }
  }

  /**
   * The columns of a row.
   *
   * @param row from 0 to rows − 1
   * @return a copy, ascending
   */
  public int[] rowColumns(int row) {
    return Arrays.copyOfRange(columnOf, starts[row], starts[row + 1]);
  }

  /**
   * The values of a row.
   *
   * @param row from 0 to rows − 1
   * @return a copy, in the order of {@link #rowColumns}
   */
  public float[] rowValues(int row) {
    return Arrays.copyOfRange(values, starts[row], starts[row + 1]);
  }

  /**
   * The same matrix by columns: row c of the result is column c of this.
   *
   * @return the transposed matrix
   */
  public SparseRows transpose() {
    return ofColumns(columns, starts, columnOf, values);
  }

  /**
   * A matrix that is given column by column, the rows of each in any order.
   *
   * @param rows the number of rows
   * @param starts where each column's values begin, from 0 on, and where the last one's end
   * @param rowOf by position: the row, from 0 to rows − 1, once in a column; there may be more of
   *     them than {@code starts} tells of, which are not looked at
   * @param values by position: the value, any finite number
   * @return the matrix; O(values)
   * @throws IllegalArgumentException when {@code starts} do not rise from 0, a row is twice in a
   *     column, or a value is not finite
   */
  public static SparseRows ofColumns(int rows, int[] starts, int[] rowOf, float[] values) {
    int columns = starts.length - 1;
    if (columns < 0 || starts[0] != 0) {
      throw new IllegalArgumentException("starts have to begin with 0");
    }
    for (int column = 0; column < columns; column++) {
      if (starts[column] > starts[column + 1]) {
        throw new IllegalArgumentException(
            "column "
                + column
                + " begins at "
                + starts[column]
                + ", after its end at "
                + starts[column + 1]);
      }
    }
    int size = starts[columns];
    int[] newStarts = new int[rows + 1];
    for (int p = 0; p < size; p++) {
      newStarts[rowOf[p] + 1]++;
    }
    for (int row = 0; row < rows; row++) {
      newStarts[row + 1] += newStarts[row];
    }
    int[] next = Arrays.copyOf(newStarts, rows);
    int[] columnOf = new int[size];
    float[] newValues = new float[size];
    for (int column = 0; column < columns; column++) {
      for (int p = starts[column]; p < starts[column + 1]; p++) {
        int target = next[rowOf[p]]++;
        if (target > newStarts[rowOf[p]] && columnOf[target - 1] == column) {
          throw new IllegalArgumentException("row " + rowOf[p] + " is twice in column " + column);
        }
        if (!Float.isFinite(values[p])) {
          throw new IllegalArgumentException(
              "row " + rowOf[p] + ", column " + column + ": value is " + values[p]);
        }
        columnOf[target] = column;
        newValues[target] = values[p];
      }
    }
    return new SparseRows(columns, newStarts, columnOf, newValues);
  }

  /**
   * Writes the matrix: {@code starts} (rows + 1), {@code columns} and {@code values} (one for each
   * value).
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.ints("starts", starts).ints("columns", columnOf).floats("values", values);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @param rows the number of rows there have to be
   * @param columns the number of columns
   * @return the matrix
   * @throws dev.pushwright.io.ModelFormatException when it is no such matrix
   */
  public static SparseRows read(ModelReader in, int rows, int columns) {
    int[] starts = in.ints("starts", rows + 1L);
    int[] columnOf = in.ints("columns");
    float[] values = in.floats("values", columnOf.length);
    if (starts[0] != 0 || starts[rows] != columnOf.length) {
      throw in.damaged("starts do not run from 0 to " + columnOf.length);
    }
    for (int row = 0; row < rows; row++) {
      if (starts[row] > starts[row + 1] || starts[row + 1] > columnOf.length) {
        throw in.damaged("row " + row + " begins after its end, or ends after the last value");
      }
      int last = -1;
      for (int p = starts[row]; p < starts[row + 1]; p++) {
        if (columnOf[p] <= last || columnOf[p] >= columns) {
          throw in.damaged(
              "row " + row + " has column " + columnOf[p] + " of " + columns + " after " + last);
        }
        if (!Float.isFinite(values[p])) {
          throw in.damaged("row " + row + ", column " + columnOf[p] + " has value " + values[p]);
        }
        last = columnOf[p];
      }
    }
    return new SparseRows(columns, starts, columnOf, values);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SparseRows other
        && columns == other.columns
        && Arrays.equals(starts, other.starts)
        && Arrays.equals(columnOf, other.columnOf)
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(columnOf) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return rows() + " x " + columns + " with " + size() + " values";
  }

  /** Fills a {@link SparseRows} from the first row to the last. */
  public static final class Builder {
    private final int columns;
    private int[] starts;
    private int rows;
    private int[] columnOf;
    private float[] values;
    private int size;

    private Builder(int columns, int rows, int values) {
      if (columns < 0 || rows < 0 || values < 0) {
        throw new IllegalArgumentException(
            "columns is "
                + columns
                + ", rows "
                + rows
                + ", values "
                + values
                + "; at least 0 is needed");
      }
      this.columns = columns;
      this.starts = new int[rows + 1];
      this.columnOf = new int[values];
      this.values = new float[values];
    }

    /**
     * Adds a value to the row in hand.
     *
     * @param column larger than the last one of this row, less than the number of columns
     * @param value any finite number
     * @return this
     */
    public Builder add(int column, float value) {
      if (column < 0 || column >= columns) {
        throw new IndexOutOfBoundsException(
            "column " + column + " of row " + rows + " in a matrix of " + columns + " columns");
      }
      if (size > starts[rows] && columnOf[size - 1] >= column) {
        throw new IllegalArgumentException(
            "row " + rows + ": column " + column + " comes after column " + columnOf[size - 1]);
      }
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "row " + rows + ", column " + column + ": value is " + value);
      }
      if (size == columnOf.length) {
        int capacity = grown(size);
        columnOf = Arrays.copyOf(columnOf, capacity);
        values = Arrays.copyOf(values, capacity);
      }
      columnOf[size] = column;
      values[size++] = value;
      return this;
    }

    /**
     * Ends the row in hand; the next value belongs to the next row.
     *
     * @return this
     */
    public Builder endRow() {
      rows++;
      if (rows == starts.length) {
        starts = Arrays.copyOf(starts, grown(rows));
      }
      starts[rows] = size;
      return this;
    }

    private static int grown(int length) {
      return (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1) + 16L);
    }

    /**
     * The matrix of all rows that were ended.
     *
     * @return an immutable matrix
     */
    public SparseRows build() {
      return new SparseRows(
          columns,
          Arrays.copyOf(starts, rows + 1),
          // What is full is never written to again: the next value goes to a copy.
          columnOf.length == starts[rows] ? columnOf : Arrays.copyOf(columnOf, starts[rows]),
          values.length == starts[rows] ? values : Arrays.copyOf(values, starts[rows]));
    }
  }
}
