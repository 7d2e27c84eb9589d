// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.util.Arrays;

/**
 * What a step of an {@link Optimizer} does to a table: brings the gradients of its rows together,
 * for each the sum over its look-ups in their order, and moves the rows. Works block by block of
 * rows, which are copied side by side to be summed and moved, and back: a loop of a few numbers
 * costs far more for each of them than a long one.
 */
final class TableStep {

  /** Room for the rows that a thread works on. */
  static final class Scratch {
    private final float[] gradients;
    private final float[] values;
    private final float[] first;
    private final float[] second;

    Scratch(int size) {
      gradients = new float[size];
      values = new float[size];
      first = new float[size];
      second = new float[size];
    }
  }

  private static final int BLOCK = 2048;

  private final Parameter table;
  private final int parameter;
  private final int width;
  private final boolean all;
  private final float[] first;
  private final float[] second;
  private final LookUps own;
  private LookUps lookUps;
  private float[][] gradients = {};
  // By row that is moved, where sums are kept from one phase to the next.
  private float[] sums = {};

  /**
   * A table's.
   *
   * @param table the table
   * @param parameter its number among the parameters
   * @param all whether rows that were not looked up are moved too
   * @param first what is kept for each number, empty where nothing is
   * @param second what else is kept, likewise
   */
  TableStep(Parameter table, int parameter, boolean all, float[] first, float[] second) {
    this.table = table;
    this.parameter = parameter;
    this.width = table.columns();
    this.all = all;
    this.first = first;
    this.second = second;
    this.own = new LookUps(table.rows());
    this.lookUps = own;
  }

  /** The room that its blocks need. */
  int scratch() {
    return rowsOfBlock() * width;
  }

  private int rowsOfBlock() {
    return Math.max(1, BLOCK / width);
  }

  /**
   * Finds out which rows were looked up: from the first of the steps before this one that looked up
   * the same, where there is one, as the tables of two towers do.
   */
  void group(Gradients[] parts, int partCount, TableStep[] steps) {
    for (TableStep step : steps) {
      if (step == this) {
        own.group(parts, partCount, parameter);
        lookUps = own;
        break;
      }
      if (step.table.rows() == table.rows()
          && LookUps.alike(parts, partCount, step.parameter, parameter)) {
        lookUps = step.own;
        break;
      }
    }
    if (gradients.length < partCount) {
      gradients = new float[partCount][];
    }
    for (int part = 0; part < partCount; part++) {
      gradients[part] = parts[part].sparse(parameter).gradients();
    }
  }

  /** How many rows are moved; to be asked when all have been grouped. */
  int rows() {
    return all ? table.rows() : lookUps.slots();
  }

  /** How many blocks they are. */
  int blocks() {
    return (rows() + rowsOfBlock() - 1) / rowsOfBlock();
  }

  /** Makes room for sums that are kept. */
  void keepSums() {
    int size = rows() * width;
    if (sums.length < size) {
      sums = new float[size];
    }
  }

  private int begin(int block) {
    return block * rowsOfBlock();
  }

  private int end(int block) {
    return Math.min(rows(), begin(block) + rowsOfBlock());
  }

  /** Sums the gradients of a block, in the scratch. */
  void sum(int block, Scratch scratch) {
    if (all) {
      for (int row = begin(block); row < end(block); row++) {
        sumOfRow(row, (row - begin(block)) * width, scratch.gradients);
      }
      return;
    }
    int from = begin(block);
    int to = end(block);
    int at = 0;
    for (int slot = from; slot < to; slot++) {
      copy(lookUps.start(slot), scratch.gradients, at);
      at += width;
    }
    // All second look-ups together, then all third ones: their slots come first.
    for (int nth = 1; nth < lookUps.count(from); nth++) {
      at = 0;
      for (int slot = from; slot < to && lookUps.count(slot) > nth; slot++) {
        copy(lookUps.start(slot) + nth, scratch.values, at);
        at += width;
      }
      add(scratch.values, scratch.gradients, at);
    }
  }

  private void copy(int place, float[] into, int at) {
    float[] from = gradients[lookUps.part(place)];
    System.arraycopy(from, lookUps.lookUp(place) * width, into, at, width);
  }

  private static void add(float[] from, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] += from[i];
    }
  }

  private void sumOfRow(int row, int at, float[] into) {
    Arrays.fill(into, at, at + width, 0);
    int slot = lookUps.slotOf(row);
    for (int n = 0; slot >= 0 && n < lookUps.count(slot); n++) {
      int place = lookUps.start(slot) + n;
      float[] from = gradients[lookUps.part(place)];
      int off = lookUps.lookUp(place) * width;
      for (int i = 0; i < width; i++) {
        into[at + i] += from[off + i];
      }
    }
  }

  /** Keeps what {@link #sum} summed; gives the sum of its squares. */
  double keep(int block, Scratch scratch) {
    int n = (end(block) - begin(block)) * width;
    System.arraycopy(scratch.gradients, 0, sums, begin(block) * width, n);
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += (double) scratch.gradients[i] * scratch.gradients[i];
    }
    return squares;
  }

  /** Takes what {@link #keep} kept, times a factor. */
  void recall(int block, float factor, Scratch scratch) {
    int n = (end(block) - begin(block)) * width;
    System.arraycopy(sums, begin(block) * width, scratch.gradients, 0, n);
    for (int i = 0; factor < 1 && i < n; i++) {
      scratch.gradients[i] *= factor;
    }
  }

  /** Moves the rows of a block by the sums in the scratch. */
  void move(int block, Update update, Scratch scratch) {
    gather(block, table.values(), scratch.values);
    gather(block, first, scratch.first);
    gather(block, second, scratch.second);
    int n = (end(block) - begin(block)) * width;
    update.apply(scratch.values, scratch.gradients, 0, n, scratch.first, scratch.second);
    scatter(block, scratch.values, table.values());
    scatter(block, scratch.first, first);
    scatter(block, scratch.second, second);
  }

  private void gather(int block, float[] rows, float[] together) {
    int to = rows.length == 0 ? 0 : end(block);
    int at = 0;
    for (int n = begin(block); n < to; n++) {
      System.arraycopy(rows, (all ? n : lookUps.row(n)) * width, together, at, width);
      at += width;
    }
  }

  private void scatter(int block, float[] together, float[] rows) {
    int to = rows.length == 0 ? 0 : end(block);
    int at = 0;
    for (int n = begin(block); n < to; n++) {
      System.arraycopy(together, at, rows, (all ? n : lookUps.row(n)) * width, width);
      at += width;
    }
  }
}
