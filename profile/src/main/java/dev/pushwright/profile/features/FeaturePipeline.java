// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.features;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.profile.PartFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A fitted {@link Preprocessing}: turns rows into vectors of one length. A vector is always finite;
 * see {@link NumberColumn} and {@link CategoryColumn} for what becomes of missing values, unseen
 * categories and values outside the trained range. A loaded pipeline gives the bits that the saved
 * one gave. Immutable and thread-safe.
 */
public final class FeaturePipeline {

  private static final String KIND = "feature-pipeline";

  private final List<String> columns;
  private final List<FittedColumn> fitted;
  private final List<String> names;
  private final int[] starts;

  FeaturePipeline(List<String> columns, List<FittedColumn> fitted) {
    this.columns = List.copyOf(columns);
    this.fitted = List.copyOf(fitted);
    List<String> all = new ArrayList<>();
    this.starts = new int[fitted.size()];
    for (int c = 0; c < starts.length; c++) {
      starts[c] = all.size();
      all.addAll(fitted.get(c).names());
    }
    this.names = List.copyOf(all);
  }

  /**
   * The names of the outputs: that of a column of numbers, {@code column=category} of a one-hot
   * column ({@code column=*} for all others), {@code column#0}, {@code column#1}, … of a hashed
   * one.
   *
   * @return as many names as a vector has numbers
   */
  public List<String> names() {
    return names;
  }

  /**
   * A row as numbers.
   *
   * @param row any row
   * @return the outputs in the order of {@link #names()}, all finite; yours
   * @throws IllegalArgumentException when a column of numbers holds a text that is no number
   */
  public float[] transform(Row row) {
    float[] out = new float[names.size()];
    for (int c = 0; c < starts.length; c++) {
      fitted.get(c).write(row, out, starts[c]);
    }
    return out;
  }

  /**
   * Writes the pipeline into a section of a model's file.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    out.texts("columns", columns).texts("kinds", fitted.stream().map(FittedColumn::kind).toList());
    for (int c = 0; c < starts.length; c++) {
      fitted.get(c).save(out.section(String.valueOf(c)));
    }
  }

  /**
   * Reads what {@link #save(ModelWriter)} wrote.
   *
   * @param in the section
   * @return the pipeline
   * @throws dev.pushwright.io.ModelFormatException when it is none
   */
  public static FeaturePipeline read(ModelReader in) {
    List<String> columns = in.texts("columns");
    List<String> kinds = in.texts("kinds", columns.size());
    if (new LinkedHashSet<>(columns).size() != columns.size()) {
      throw in.damaged("columns hold one twice: " + columns);
    }
    List<FittedColumn> fitted = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      ModelReader section = in.section(String.valueOf(c));
      fitted.add(
          switch (kinds.get(c)) {
            case NumberColumn.Fitted.KIND -> NumberColumn.Fitted.read(columns.get(c), section);
            case CategoryColumn.Fitted.KIND -> CategoryColumn.Fitted.read(columns.get(c), section);
            default ->
                throw in.damaged("column " + columns.get(c) + " is of the kind " + kinds.get(c));
          });
    }
    return new FeaturePipeline(columns, fitted);
  }

  /**
   * Saves the pipeline to a file of its own.
   *
   * @param file where to; an existing file is replaced
   * @throws java.io.UncheckedIOException when it cannot be written
   */
  public void save(Path file) {
    PartFile.save(KIND, this::save, file);
  }

  /**
   * Loads what {@link #save(Path)} wrote.
   *
   * @param file the file
   * @return the pipeline
   * @throws dev.pushwright.io.ModelFormatException when it is damaged or something else
   * @throws java.io.UncheckedIOException when it cannot be read
   */
  public static FeaturePipeline load(Path file) {
    return PartFile.load(KIND, FeaturePipeline::read, file);
  }
}
