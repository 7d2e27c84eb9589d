// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.io.ModelFormatException;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;

/**
 * How much each item of a user says for or against every other: a matrix of items × items with a
 * diagonal of 0, by rows of the user's item. Immutable.
 */
sealed interface ItemWeights {

  /** Beyond this a weight is damage, and would make scores overflow. */
  float MAX = 1e7f;

  /** Whether any weight is below 0. */
  boolean signed();

  /**
   * What an item says about another.
   *
   * @param own an item of the user
   * @param other another item
   * @return the weight; above 0 speaks for the other item
   */
  float get(int own, int other);

  /**
   * Adds what an item says about all others.
   *
   * @param own an item of the user
   * @param factor what each weight is multiplied by
   * @param scores one for each item
   */
  void addTo(int own, float factor, float[] scores);

  /**
   * Writes the matrix.
   *
   * @param out a section of its own
   */
  void save(ModelWriter out);

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @param items how many items there have to be
   * @return the matrix
   * @throws ModelFormatException when it is no such matrix
   */
  static ItemWeights read(ModelReader in, int items) {
    String layout = in.text("layout");
    return switch (layout) {
      case Dense.LAYOUT -> Dense.readRows(in, items);
      case Sparse.LAYOUT -> Sparse.readRows(in, items);
      default -> throw in.damaged("layout is \"" + layout + "\", which this version does not know");
    };
  }

  private static void check(ModelReader in, int own, int other, float weight) {
    if (!(Math.abs(weight) <= MAX) || (own == other && weight != 0)) {
      throw in.damaged("item " + own + " has weight " + weight + " for item " + other);
    }
  }

  /** All weights. */
  final class Dense implements ItemWeights {

    private static final String LAYOUT = "dense";

    /** The most items whose weights fit one tensor of a file. */
    static final int MAX_ITEMS = 46_340;

    private final float[][] rows;
    private final boolean signed;

    /**
     * A matrix.
     *
     * @param rows by the user's item; kept, and not to be changed
     */
    Dense(float[][] rows) {
      this.rows = rows;
      this.signed = Arrays.stream(rows).anyMatch(Dense::hasNegative);
    }

    private static boolean hasNegative(float[] row) {
      for (float weight : row) {
        if (weight < 0) {
          return true;
        }
      }
      return false;
    }

    private static Dense readRows(ModelReader in, int items) {
      float[] values = in.floats("values", items, items);
      float[][] rows = new float[items][items];
      for (int own = 0; own < items; own++) {
        System.arraycopy(values, own * items, rows[own], 0, items);
        for (int other = 0; other < items; other++) {
          check(in, own, other, rows[own][other]);
        }
      }
      return new Dense(rows);
    }

    @Override
    public boolean signed() {
      return signed;
    }

    @Override
    public float get(int own, int other) {
      return rows[own][other];
    }

    @Override
    public void addTo(int own, float factor, float[] scores) {
      float[] row = rows[own];
      for (int i = 0; i < row.length; i++) {
        scores[i] += factor * row[i];
      }
    }

    @Override
    public void save(ModelWriter out) {
      float[] values = new float[rows.length * rows.length];
      for (int own = 0; own < rows.length; own++) {
        System.arraycopy(rows[own], 0, values, own * rows.length, rows.length);
      }
      out.text("layout", LAYOUT).floats("values", values, rows.length, rows.length);
    }
  }

  /** The weights that are not 0. */
  final class Sparse implements ItemWeights {

    private static final String LAYOUT = "sparse";

    private final SparseRows rows;
    private final boolean signed;

    /**
     * A matrix.
     *
     * @param rows by the user's item
     */
    Sparse(SparseRows rows) {
      this.rows = rows;
      boolean found = false;
      for (int p = 0; p < rows.size() && !found; p++) {
        found = rows.value(p) < 0;
      }
      this.signed = found;
    }

    private static Sparse readRows(ModelReader in, int items) {
      SparseRows rows = SparseRows.read(in, items, items);
      for (int own = 0; own < items; own++) {
        for (int p = rows.start(own); p < rows.end(own); p++) {
          check(in, own, rows.column(p), rows.value(p));
        }
      }
      return new Sparse(rows);
    }

    /**
     * From what each item is told by others.
     *
     * @param own by item, ascending, the items that say something about it
     * @param weights by item, the weights of these
     * @return the matrix
     */
    static Sparse ofOthers(int[][] own, float[][] weights) {
      SparseRows.Builder rows = SparseRows.builder(own.length);
      for (int i = 0; i < own.length; i++) {
        for (int p = 0; p < own[i].length; p++) {
          rows.add(own[i][p], weights[i][p]);
        }
        rows.endRow();
      }
      return new Sparse(rows.build().transpose());
    }

    @Override
    public boolean signed() {
      return signed;
    }

    @Override
    public float get(int own, int other) {
      return rows.get(own, other);
    }

    @Override
    public void addTo(int own, float factor, float[] scores) {
      rows.addTo(own, factor, scores);
    }

    @Override
    public void save(ModelWriter out) {
      out.text("layout", LAYOUT);
      rows.save(out);
    }
  }
}
