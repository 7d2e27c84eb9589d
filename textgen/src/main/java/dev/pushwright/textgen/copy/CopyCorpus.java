// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import dev.pushwright.data.IngestReport;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Pairs of attributes and text.
 *
 * <p>{@link #read} takes CSV with a header line and JSON lines (one object a line), both in UTF-8
 * and gzipped or not; a file that begins with a brace is of JSON lines. The text stands in {@code
 * text} (or {@code ref}), or as title and body in {@code title} and {@code body}. The attributes
 * are all other columns, those of a row whose cell is blank left out; or stand together in {@code
 * mr}, as {@code name[The Mill], food[Thai]}. In JSON they may also be an object {@code
 * attributes}, and a value may be an array: the slots of its further elements are numbered, {@code
 * tag}, {@code tag2}, {@code tag3}.
 *
 * <p>A row that cannot be used is reported with its line and the reason, and the others are read.
 *
 * @param pairs in the order of the file
 * @param report what became of each row; empty for pairs that come from no file
 */
public record CopyCorpus(List<CopyPair> pairs, IngestReport report) {

  /** Copies the list. */
  public CopyCorpus {
    pairs = List.copyOf(pairs);
    Objects.requireNonNull(report, "report");
  }

  /**
   * A corpus from elsewhere.
   *
   * @param pairs the pairs
   * @return a corpus with an empty report
   */
  public static CopyCorpus of(List<CopyPair> pairs) {
    return new CopyCorpus(pairs, new IngestReport(List.of()));
  }

  /**
   * Reads a file.
   *
   * @param file CSV or JSON lines
   * @return the pairs and what became of each row
   * @throws dev.pushwright.data.IngestException when it cannot be read, has no text column, or no
   *     row of it can be used
   */
  public static CopyCorpus read(Path file) {
    return CopyReader.read(file);
  }

  /**
   * Reads what is open already, such as a resource.
   *
   * @param name what messages call it
   * @param in CSV or JSON lines; stays open
   * @return the pairs and what became of each row
   * @throws dev.pushwright.data.IngestException as {@link #read(Path)} does
   */
  public static CopyCorpus read(String name, Reader in) {
    return CopyReader.read(Path.of(name), in);
  }
}
