// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import com.google.common.base.Splitter;
import dev.pushwright.data.IngestException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * For each user the item that was held out, and the items it is to be told from. As given, flaws
 * and all: {@link SampledNegatives} deals with these.
 *
 * @param rows by user id, at least one
 */
public record Negatives(Map<String, Row> rows) {

  /**
   * One user's.
   *
   * @param heldOut the item that was held out
   * @param items the items it is to be told from
   */
  public record Row(String heldOut, List<String> items) {
    /** Copies the items. */
    public Row {
      items = List.copyOf(items);
    }
  }

  /** Copies the rows. */
  public Negatives {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there are no negatives at all");
    }
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  /**
   * Reads the format of the NCF paper (X. He et al., "Neural collaborative filtering", WWW 2017): a
   * line {@code (user,item)} and then the negatives, all separated by tabs. Plain or gzip, UTF-8.
   *
   * @param file the file
   * @return the negatives
   * @throws IngestException when the file cannot be read or a line is malformed; nothing less than
   *     the whole file will do, since the published numbers rest on it
   */
  public static Negatives read(Path file) {
    Map<String, Row> rows = new TreeMap<>();
    try (BufferedReader reader = open(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        List<String> fields = Splitter.on('\t').trimResults().omitEmptyStrings().splitToList(line);
        List<String> pair = pair(fields.get(0));
        if (pair.size() != 2 || pair.get(0).isEmpty() || pair.get(1).isEmpty()) {
          throw new IngestException(
              file
                  + ", line "
                  + number
                  + ": \""
                  + fields.get(0)
                  + "\" is no (user,item); a line such as (0,25), tab, negatives is needed");
        }
        Row row = new Row(pair.get(1), fields.subList(1, fields.size()));
        if (rows.putIfAbsent(pair.get(0), row) != null) {
          throw new IngestException(
              file + ", line " + number + ": user " + pair.get(0) + " has a line already");
        }
      }
    } catch (IOException e) {
      throw new IngestException(file + " cannot be read: " + e, e);
    }
    if (rows.isEmpty()) {
      throw new IngestException(file + " has no line of negatives");
    }
    return new Negatives(rows);
  }

  private static List<String> pair(String field) {
    return field.startsWith("(") && field.endsWith(")")
        ? Splitter.on(',').trimResults().splitToList(field.substring(1, field.length() - 1))
        : List.of();
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      // A decoder of its own, since the usual one passes over broken bytes.
      return new BufferedReader(
          new InputStreamReader(
              gzip ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * How many negatives a user has, as given.
   *
   * @return such as {@code "99"}, or {@code "50 to 99"} where users differ
   */
  String sizes() {
    IntSummaryStatistics sizes =
        rows.values().stream().mapToInt(row -> row.items().size()).summaryStatistics();
    return sizes.getMin() == sizes.getMax()
        ? String.valueOf(sizes.getMin())
        : sizes.getMin() + " to " + sizes.getMax();
  }
}
