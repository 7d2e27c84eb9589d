// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.pushwright.data.IngestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV. Each is parsed by itself, so that of a quote that is never closed only the line it
 * stands on is given up.
 */
final class CsvCopyRows implements CopyReader.Rows {

  private static final int MAX_LINES = 50;

  private final BufferedReader in;
  private final Deque<String> pending = new ArrayDeque<>();
  private final List<String> columns;
  private long taken;
  private long line;

  CsvCopyRows(Path file, BufferedReader in) throws IOException {
    this.in = in;
    String header = take();
    try {
      this.columns =
          header == null ? List.of() : split(header).stream().map(String::strip).toList();
    } catch (CopyReader.BadRow e) {
      throw new IngestException(file + " has a header that cannot be read: " + e.getMessage(), e);
    }
    boolean text = columns.contains("text") || columns.contains("ref");
    if (!text && !(columns.contains("title") && columns.contains("body"))) {
      throw new IngestException(
          file
              + " has no text; its columns are "
              + columns
              + ", a column text is needed, or title and body, with commas between the columns");
    }
  }

  @Override
  public long line() {
    return line;
  }

  // Null at the end.
  private @Nullable String take() throws IOException {
    String next = pending.isEmpty() ? in.readLine() : pending.poll();
    taken += next == null ? 0 : 1;
    return next;
  }

  @Override
  public CopyReader.RowOrEnd next() throws IOException, CopyReader.BadRow {
    String text = take();
    while (text != null && text.isEmpty()) {
      text = take();
    }
    if (text == null) {
      return CopyReader.RowOrEnd.END;
    }
    line = taken;
    List<String> fields = split(complete(text));
    if (fields.size() != columns.size()) {
      throw new CopyReader.BadRow(
          "fields",
          "",
          "",
          "it has " + fields.size() + " fields; the header has " + columns.size());
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int c = 0; c < fields.size(); c++) {
      row.put(columns.get(c), fields.get(c));
    }
    return new CopyReader.RowOrEnd(row, false);
  }

  // A row goes on where a quote is open.
  private String complete(String first) throws IOException, CopyReader.BadRow {
    if (!open(first)) {
      return first;
    }
    StringBuilder row = new StringBuilder(first);
    List<String> further = new ArrayList<>();
    while (further.size() < MAX_LINES && row.length() < CopyReader.MAX_ROW) {
      String next = take();
      if (next == null) {
        break;
      }
      further.add(next);
      row.append('\n').append(next);
      if (open(next)) {
        return row.toString();
      }
    }
    for (int i = further.size() - 1; i >= 0; i--) {
      pending.push(further.get(i));
      taken--;
    }
    throw new CopyReader.BadRow("open quote", "", first, "a quote is opened and never closed");
  }

  private static boolean open(String text) {
    return text.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private static List<String> split(String row) throws CopyReader.BadRow, IOException {
    if (row.length() > CopyReader.MAX_ROW) {
      throw new CopyReader.BadRow(
          "too long", "", "", "it has " + row.length() + " characters; a message is shorter");
    }
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(row)) {
      for (CsvRecord csv : reader) {
        return csv.getFields();
      }
    } catch (CsvParseException e) {
      throw new CopyReader.BadRow("not CSV", "", row, String.valueOf(e.getMessage()));
    }
    return List.of();
  }
}
