// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be done with the columns of rows, in the order of the outputs. Columns that are not
 * named here are passed over. Immutable and reusable: fitting it to rows gives a {@link
 * FeaturePipeline}.
 */
public final class Preprocessing {

  private final List<Column> columns;

  private Preprocessing(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * A preprocessing.
   *
   * @param columns the columns in the order of the outputs, each name once
   * @return an immutable preprocessing
   * @throws IllegalArgumentException when a column is given twice
   */
  public static Preprocessing of(Column... columns) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "column " + column.name() + " is given twice; join its steps into one");
      }
    }
    return new Preprocessing(List.of(columns));
  }

  /**
   * Learns fillings, ranges and categories. Takes time in proportion to the values, and as much
   * again times the logarithm of their number for a median.
   *
   * @param rows the training rows
   * @return the fitted pipeline
   * @throws IllegalArgumentException when a value is of the wrong kind, or a column from which a
   *     filling is to be learnt has no value at all; the message names the column
   */
  public FeaturePipeline fit(List<Row> rows) {
    List<FittedColumn> fitted = new ArrayList<>();
    for (Column column : columns) {
      if (column instanceof NumberColumn number) {
        fitted.add(number.fit(rows));
      } else {
        fitted.add(((CategoryColumn) column).fit(rows));
      }
    }
    return new FeaturePipeline(columns.stream().map(Column::name).toList(), fitted);
  }
}
