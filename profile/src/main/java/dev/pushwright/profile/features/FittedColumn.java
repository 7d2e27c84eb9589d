// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import dev.pushwright.io.ModelWriter;
import java.util.List;

/** A column and what was learnt about it. Immutable. */
sealed interface FittedColumn permits NumberColumn.Fitted, CategoryColumn.Fitted {

  /** What kind of column it is, as a file calls it. */
  String kind();

  /** The names of the outputs; as many as it has. */
  List<String> names();

  /** Writes the outputs for a row, from a position on, over zeros. */
  void write(Row row, float[] out, int at);

  /** Writes what was learnt, but not the name of the column. */
  void save(ModelWriter out);
}
