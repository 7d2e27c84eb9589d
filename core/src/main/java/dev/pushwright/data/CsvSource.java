// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import dev.pushwright.data.Lines.Line;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file. Each is given to the parser by itself, so that a broken one harms no
 * other: of a quote that is never closed only the line it stands on is given up.
 */
final class CsvSource implements Closeable {

  /** The most columns a row may have. */
  static final int MAX_COLUMNS = 16_384;

  private static final int MAX_ROW_LINES = 1_000;

  private final Path file;
  private final Lines lines;
  // Lines that were read but belong to rows still to come.
  private final Deque<Line> pending = new ArrayDeque<>();
  private CsvReader.CsvReaderBuilder parser = CsvReader.builder();
  private final StringArrayHandler handler = StringArrayHandler.of();
  private String delimiter = ",";
  private char quote = '"';
  private int width;

  private long line;
  private String text = "";
  private String[] fields = {};
  private @Nullable Fault fault;

  /** What is wrong with a row as a whole: the kind is what it is counted under. */
  record Fault(String kind, String reason) {}

  private CsvSource(Path file, Lines lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Opens a file or says why not. */
  static CsvSource open(Path file, Charset charset) {
    if (!Files.exists(file)) {
      throw new IngestException(
          file + " does not exist; looked for " + file.toAbsolutePath().normalize());
    }
    if (Files.isDirectory(file)) {
      throw new IngestException(file + " is a directory; a CSV file is needed");
    }
    if (!Files.isReadable(file)) {
      throw new IngestException(file + " may not be read by this process");
    }
    try {
      return new CsvSource(file, new Lines(file, charset));
    } catch (IOException e) {
      throw new IngestException(file + " cannot be opened: " + e, e);
    }
  }

  /** The charset the file is read in. */
  Charset charset() {
    return lines.charset();
  }

  /** The first line that is not empty, which stays to be read; null when there is none. */
  @Nullable Line peek() {
    Line first = take();
    while (first != null && first.text().isEmpty()) {
      first = take();
    }
    if (first != null) {
      pending.addFirst(first);
    }
    return first;
  }

  /**
   * Says how the rows are written.
   *
   * @param delimiter what stands between fields
   * @param quote the quote character, 0 for none
   * @param width how many fields a row has, 0 when not known
   */
  void format(String delimiter, char quote, int width) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.width = width;
    // A NUL never gets so far as to be taken for a quote: rows that have one are faulty.
    this.parser = CsvReader.builder().fieldSeparator(delimiter).quoteCharacter(quote);
  }

  /** Goes to the next row, passing over empty lines. */
  boolean next() {
    Line first = take();
    while (first != null && first.text().isEmpty()) {
      first = take();
    }
    if (first == null) {
      return false;
    }
    line = first.number();
    text = first.text();
    fault = null;
    fields = new String[0];
    if (first.tooLong()) {
      fault =
          new Fault(
              "line too long",
              "the line is longer than "
                  + Lines.MAX_LENGTH
                  + " characters; a quote or a line end is missing, or it is no row");
      return true;
    }
    if (text.indexOf('\0') >= 0) {
      fault = new Fault("control character", "the row holds NUL characters, which text does not");
      return true;
    }
    List<Line> more = new ArrayList<>();
    boolean closed = quote == 0 || !staysOpen(text, false) || append(more);
    if (!closed) {
      giveBack(more);
      fault = new Fault("unclosed quote", "the quote " + quote + " is opened and not closed");
      return true;
    }
    parse();
    if (!more.isEmpty() && (fault != null || (width > 0 && fields.length != width))) {
      // The quote was closed by chance, further down: these lines are rows of their own.
      giveBack(more);
      text = first.text();
      fields = new String[0];
      fault =
          new Fault("unclosed quote", "the quote " + quote + " is not closed where the field ends");
    }
    return true;
  }

  private void parse() {
    try {
      fields = parser.ofSingleCsvRecord(handler, text);
    } catch (CsvParseException e) {
      fault = new Fault("broken quoting", String.valueOf(e.getMessage()));
    }
  }

  // Adds lines until the quote is closed; false when it never is.
  private boolean append(List<Line> more) {
    StringBuilder joined = new StringBuilder(text);
    while (more.size() < MAX_ROW_LINES) {
      Line next = take();
      if (next == null) {
        return false;
      }
      more.add(next);
      joined.append('\n').append(next.text());
      if (next.tooLong() || next.text().indexOf('\0') >= 0 || joined.length() > Lines.MAX_LENGTH) {
        return false;
      }
      if (!staysOpen(next.text(), true)) {
        text = joined.toString();
        return true;
      }
    }
    return false;
  }

  private void giveBack(List<Line> more) {
    for (int i = more.size() - 1; i >= 0; i--) {
      pending.addFirst(more.get(i));
    }
  }

  // Whether a line ends inside quotes. A quote opens only where a field begins.
  private boolean staysOpen(String piece, boolean open) {
    boolean inside = open;
    int at = 0;
    while (true) {
      if (!inside) {
        inside = at < piece.length() && piece.charAt(at) == quote;
        at += inside ? 1 : 0;
      }
      while (inside) {
        int end = piece.indexOf(quote, at);
        if (end < 0) {
          return true;
        }
        boolean doubled = end + 1 < piece.length() && piece.charAt(end + 1) == quote;
        at = end + (doubled ? 2 : 1);
        inside = doubled;
      }
      int end = piece.indexOf(delimiter, at);
      if (end < 0) {
        return false;
      }
      at = end + delimiter.length();
    }
  }

  private @Nullable Line take() {
    if (!pending.isEmpty()) {
      return pending.removeFirst();
    }
    try {
      return lines.next();
    } catch (IOException e) {
      throw new IngestException(
          file + " cannot be read after line " + lines.count() + ": " + e + "; is it damaged?", e);
    }
  }

  /** The line the row begins on, from 1. */
  long line() {
    return line;
  }

  /** The row as it stands in the file. */
  String text() {
    return text;
  }

  /** The fields; none when there is a fault. */
  String[] fields() {
    return fields;
  }

  /** What is wrong with the row as a whole, if anything. */
  @Nullable Fault fault() {
    return fault;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new IngestException(file + " cannot be closed: " + e, e);
    }
  }
}
