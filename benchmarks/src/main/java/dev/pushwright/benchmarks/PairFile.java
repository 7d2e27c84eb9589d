// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import com.google.common.base.Splitter;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.EventType;
import dev.pushwright.data.IngestException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Files of user, item[, rating[, timestamp]]: the first line tells how they are to be read. With a
 * header it is the header that says which column is what; without one it is their order.
 */
final class PairFile {

  // As normalised: what the first column of a header may be called, whichever comes first.
  private static final Set<String> HEADER_WORDS =
      Set.of(
          "user",
          "userid",
          "uid",
          "customer",
          "customerid",
          "visitorid",
          "item",
          "itemid",
          "iid",
          "sku",
          "movieid",
          "product",
          "productid");

  private PairFile() {}

  /** How to read a file. */
  static CsvMapping mapping(Path file) {
    String first = firstLine(file);
    String delimiter = first.indexOf('\t') >= 0 ? "\t" : ",";
    List<String> fields = Splitter.on(delimiter).trimResults().splitToList(first);
    if (HEADER_WORDS.contains(normalised(fields.get(0)))) {
      return CsvMapping.detect();
    }
    int columns = fields.size();
    if (columns < 2 || columns > 4) {
      throw new IngestException(
          file
              + ": the first line has "
              + columns
              + " columns and is no header; user, item[, rating[, timestamp]] are needed,"
              + " separated by tabs or commas, or a header that begins with user_id or item_id");
    }
    CsvMapping.Builder mapping =
        CsvMapping.builder()
            .delimiter(delimiter)
            .header(false)
            .columns(columns)
            .user("1")
            .item("2")
            .event(columns == 2 ? EventType.VIEW : EventType.RATING);
    if (delimiter.equals("\t")) {
      mapping.noQuote();
    }
    if (columns > 2) {
      mapping.value("3");
    }
    if (columns > 3) {
      mapping.time("4", "auto");
    }
    return mapping.build();
  }

  private static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String firstLine(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(gzip ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
      String line = reader.readLine();
      while (line != null && line.isBlank()) {
        line = reader.readLine();
      }
      if (line == null) {
        throw new IngestException(file + " has no row");
      }
      return line;
    } catch (IOException e) {
      throw new IngestException(file + " cannot be read: " + e, e);
    }
  }
}
