// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import java.util.List;

/**
 * What is known of users, or of items, as numbers.
 *
 * @param rows a row for each of them, nearly all 0
 * @param columns what each number stands for
 */
record FeatureRows(SparseRows rows, List<String> columns) {

  /** The largest number there is, either way. */
  static final float BOUND = 3;

  /** Of nobody. */
  static final FeatureRows NONE = new FeatureRows(SparseRows.builder(0).build(), List.of());

  FeatureRows {
    columns = List.copyOf(columns);
  }

  /** Whether anything is known of one. */
  boolean has(int entity) {
    return entity >= 0 && entity < rows.rows() && rows.start(entity) < rows.end(entity);
  }

  /** A single row: that of one, or for −1 one of which nothing is known. */
  FeatureRows only(int entity) {
    SparseRows.Builder one = SparseRows.builder(rows.columns());
    if (has(entity)) {
      for (int p = rows.start(entity); p < rows.end(entity); p++) {
        one.add(rows.column(p), rows.value(p));
      }
    }
    return new FeatureRows(one.endRow().build(), columns);
  }

  void save(ModelWriter out) {
    rows.save(out);
    out.texts("names", columns);
  }

  static FeatureRows read(ModelReader in, int entities) {
    List<String> columns = in.texts("names");
    SparseRows rows = SparseRows.read(in, entities, columns.size());
    for (int p = 0; p < rows.size(); p++) {
      if (!(Math.abs(rows.value(p)) <= BOUND)) {
        throw in.damaged("value " + p + " is " + rows.value(p));
      }
    }
    return new FeatureRows(rows, columns);
  }
}
