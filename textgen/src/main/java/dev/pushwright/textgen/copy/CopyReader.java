// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import dev.pushwright.data.IngestException;
import dev.pushwright.data.IngestReport;
import dev.pushwright.data.Rejection;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a {@link CopyCorpus}, row by row. */
final class CopyReader {

  /** A row is longer than any message; beyond this something is wrong with it. */
  static final int MAX_ROW = 1 << 16;

  private static final Logger LOG = LoggerFactory.getLogger(CopyCorpus.class);

  private static final int KEPT = 1000;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\p{L}_][\\p{L}\\p{N}_]*)\\}");

  /** What is wrong with a row. */
  static final class BadRow extends Exception {
    private static final long serialVersionUID = 1L;
    final String kind;
    final String column;
    final String value;

    BadRow(String kind, String column, String value, String reason) {
      super(reason);
      this.kind = kind;
      this.column = column;
      this.value = value;
    }
  }

  /** Rows of one format. */
  interface Rows {
    /** The fields of the next row by name, null at the end. */
    RowOrEnd next() throws IOException, BadRow;

    /** The line the last row begins on, from 1. */
    long line();
  }

  /** A row, or that there is none any more. */
  record RowOrEnd(Map<String, String> fields, boolean end) {
    static final RowOrEnd END = new RowOrEnd(Map.of(), true);
  }

  private CopyReader() {}

  static CopyCorpus read(Path file) {
    try (InputStream in = open(file);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return read(file, reader);
    } catch (NoSuchFileException e) {
      throw new IngestException(
          file + " does not exist; looked for " + file.toAbsolutePath().normalize(), e);
    } catch (IOException e) {
      throw new IngestException(file + " cannot be read: " + e, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return zipped ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  static CopyCorpus read(Path file, Reader reader) {
    try {
      BufferedReader in = new BufferedReader(reader, 1 << 16);
      in.mark(4);
      int first = in.read();
      boolean marked = first == '\uFEFF';
      int begins = marked ? in.read() : first;
      in.reset();
      if (marked) {
        in.read();
      }
      return collect(file, begins == '{' ? new JsonRows(in) : new CsvCopyRows(file, in));
    } catch (IOException e) {
      throw new IngestException(file + " cannot be read: " + e, e);
    }
  }

  private static CopyCorpus collect(Path file, Rows rows) throws IOException {
    List<CopyPair> pairs = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    Map<String, Long> malformed = new TreeMap<>();
    while (true) {
      try {
        RowOrEnd row = rows.next();
        if (row.end()) {
          break;
        }
        pairs.add(pair(row.fields()));
      } catch (BadRow e) {
        malformed.merge(e.kind, 1L, Long::sum);
        if (rejections.size() < KEPT) {
          rejections.add(
              new Rejection(
                  file, rows.line(), e.column, e.value, String.valueOf(e.getMessage()), ""));
        }
      }
    }
    long bad = malformed.values().stream().mapToLong(Long::longValue).sum();
    if (pairs.isEmpty()) {
      throw new IngestException(
          file
              + (bad == 0
                  ? " has no row"
                  : " has no row that can be used; the first: " + rejections.get(0)));
    }
    if (bad > 0) {
      // Generators take the pairs alone: who asked for one would never see the report.
      LOG.warn(
          "{}: {} of {} rows are left out; the first: {}",
          file,
          bad,
          pairs.size() + bad,
          rejections.get(0));
    }
    IngestReport.Counts counts =
        new IngestReport.Counts(
            pairs.size() + bad, pairs.size(), Map.of(), Map.of(), malformed, Map.of(), Map.of());
    return new CopyCorpus(
        pairs, new IngestReport(List.of(new IngestReport.FileReport(file, counts, rejections))));
  }

  private static CopyPair pair(Map<String, String> fields) throws BadRow {
    Map<String, String> attributes = new LinkedHashMap<>();
    String text = "";
    String title = "";
    String body = "";
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = field.getValue();
      if (value.indexOf('\ufffd') >= 0) {
        throw new BadRow(
            "undecodable bytes",
            field.getKey(),
            value,
            "bytes that are no UTF-8; save the file in UTF-8");
      }
      switch (field.getKey()) {
        case "text", "ref" -> text = value;
        case "title" -> title = value;
        case "body" -> body = value;
        case "mr" -> MeaningRepresentation.parse(value, attributes);
        default -> {
          if (!value.isBlank()) {
            attributes.put(field.getKey(), value.strip());
          }
        }
      }
    }
    if (text.isBlank() && (title.isBlank() || body.isBlank())) {
      throw new BadRow("no text", "text", "", "there is no text; fill in text, or title and body");
    }
    String whole = text.isBlank() ? title.strip() + "\n" + body.strip() : text.strip();
    Matcher placeholders = PLACEHOLDER.matcher(whole);
    while (placeholders.find()) {
      attributes.putIfAbsent(placeholders.group(1), placeholders.group());
    }
    try {
      return new CopyPair(attributes, whole);
    } catch (IllegalArgumentException e) {
      throw new BadRow("bad slot", "", "", String.valueOf(e.getMessage()));
    }
  }
}
