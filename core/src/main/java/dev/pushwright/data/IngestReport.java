// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What became of every row of every file. Nothing is lost silently: of each file, and in total,
 * read = accepted + merged + rejected.
 *
 * @param files one entry for each file, in the order they were added
 */
public record IngestReport(List<FileReport> files) {

  private static final int WIDTH = 100;

  /** Copies the list. */
  public IngestReport {
    files = List.copyOf(files);
  }

  /**
   * What became of the rows of one file.
   *
   * @param file the file
   * @param counts how many rows
   * @param rejections of malformed rows every problem, the first 1,000 problems; of rows filtered
   *     by a rule the first 10 for each rule; by line. The counts are exact in any case.
   */
  public record FileReport(Path file, Counts counts, List<Rejection> rejections) {
    /** Copies the list. */
    public FileReport {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(counts, "counts");
      rejections = List.copyOf(rejections);
    }
  }

  /**
   * Numbers of rows. A row stands in exactly one of accepted, merged, filtered and malformed; the
   * last two make up the rejected ones. The imputed and the rewritten are not rows beside these but
   * changes to rows among them.
   *
   * @param read rows read, without the header and empty lines
   * @param accepted rows that became an event, an item or a user of their own
   * @param merged rows that went into another one, by cause: {@code duplicate}, {@code
   *     cancellation}, {@code cancelled purchase}, {@code repeated item facts}, {@code repeated
   *     user facts}
   * @param filtered rows rejected because a named rule asked for it, by rule
   * @param malformed rows rejected because something is wrong with them, by their first problem
   * @param imputed missing numbers that were filled in, by column and way
   * @param rewritten values brought into another form, by column and form
   */
  public record Counts(
      long read,
      long accepted,
      Map<String, Long> merged,
      Map<String, Long> filtered,
      Map<String, Long> malformed,
      Map<String, Long> imputed,
      Map<String, Long> rewritten) {

    /** Copies the maps and checks that no row is missing. */
    public Counts {
      merged = copy(merged);
      filtered = copy(filtered);
      malformed = copy(malformed);
      imputed = copy(imputed);
      rewritten = copy(rewritten);
      long accounted = accepted + sum(merged) + sum(filtered) + sum(malformed);
      if (read != accounted) {
        throw new IllegalArgumentException(
            "read "
                + read
                + " rows but accounted for "
                + accounted
                + ": accepted "
                + accepted
                + ", merged "
                + merged
                + ", filtered "
                + filtered
                + ", malformed "
                + malformed);
      }
    }

    private static Map<String, Long> copy(Map<String, Long> counts) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    private static long sum(Map<String, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Rows that went into another one.
     *
     * @return the sum over all causes
     */
    public long mergedRows() {
      return sum(merged);
    }

    /**
     * Rows a named rule asked to leave out.
     *
     * @return the sum over all rules
     */
    public long filteredRows() {
      return sum(filtered);
    }

    /**
     * Rows with something wrong.
     *
     * @return the sum over all problems
     */
    public long malformedRows() {
      return sum(malformed);
    }

    /**
     * Rows that were left out.
     *
     * @return filtered and malformed rows
     */
    public long rejectedRows() {
      return filteredRows() + malformedRows();
    }

    private Counts plus(Counts other) {
      return new Counts(
          read + other.read,
          accepted + other.accepted,
          plus(merged, other.merged),
          plus(filtered, other.filtered),
          plus(malformed, other.malformed),
          plus(imputed, other.imputed),
          plus(rewritten, other.rewritten));
    }

    private static Map<String, Long> plus(Map<String, Long> a, Map<String, Long> b) {
      Map<String, Long> joined = new LinkedHashMap<>(a);
      b.forEach((name, count) -> joined.merge(name, count, Long::sum));
      return joined;
    }
  }

  /**
   * The counts of all files together.
   *
   * @return the sums
   */
  public Counts total() {
    Counts none = new Counts(0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    return files.stream().map(FileReport::counts).reduce(none, Counts::plus);
  }

  /**
   * Rows read.
   *
   * @return accepted + merged + rejected
   */
  public long read() {
    return total().read();
  }

  /**
   * Rows that became an event, an item or a user of their own.
   *
   * @return the number of rows
   */
  public long accepted() {
    return total().accepted();
  }

  /**
   * Rows that went into another one.
   *
   * @return the number of rows
   */
  public long merged() {
    return total().mergedRows();
  }

  /**
   * Rows left out.
   *
   * @return the number of rows
   */
  public long rejected() {
    return total().rejectedRows();
  }

  /**
   * The rejections that were kept, file by file; see {@link FileReport#rejections()} for which.
   *
   * @return an unmodifiable list
   */
  public List<Rejection> rejections() {
    return files.stream().flatMap(file -> file.rejections().stream()).toList();
  }

  /**
   * The report for people.
   *
   * @return several lines, none longer than 100 characters, the last without a line break
   */
  public String describe() {
    List<String> lines = new ArrayList<>();
    for (FileReport file : files) {
      String name = Rejection.shown(String.valueOf(file.file().getFileName()));
      describe(name, file.counts(), lines);
      List<Rejection> malformed = file.rejections().stream().filter(Rejection::malformed).toList();
      for (Rejection rejection : malformed.subList(0, Math.min(5, malformed.size()))) {
        wrap("    ", "for example ", List.of(rejection.toString()), lines);
      }
    }
    if (files.size() != 1) {
      describe("all " + files.size() + " files", total(), lines);
    }
    return String.join("\n", lines);
  }

  private static void describe(String name, Counts counts, List<String> lines) {
    lines.add(name);
    lines.add("  read      " + number(counts.read()));
    lines.add("  accepted  " + number(counts.accepted()));
    parts("merged", counts.mergedRows(), counts.merged(), lines);
    Map<String, Long> rejected = new LinkedHashMap<>(counts.filtered());
    counts.malformed().forEach((kind, count) -> rejected.put("malformed: " + kind, count));
    if (counts.malformed().isEmpty()) {
      rejected.put("malformed", 0L);
    }
    parts("rejected", counts.rejectedRows(), rejected, lines);
    if (!counts.imputed().isEmpty()) {
      parts("imputed", Counts.sum(counts.imputed()), counts.imputed(), lines);
    }
    if (!counts.rewritten().isEmpty()) {
      parts("rewritten", Counts.sum(counts.rewritten()), counts.rewritten(), lines);
    }
  }

  private static void parts(String what, long total, Map<String, Long> counts, List<String> lines) {
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(name + " " + number(count).strip()));
    wrap(" ".repeat(25), String.format("  %-9s %s", what, number(total)), parts, lines);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,13d", count);
  }

  // Parts after a lead, as many on a line as fit; a part too long for a line is cut.
  private static void wrap(String indent, String lead, List<String> parts, List<String> lines) {
    StringBuilder line = new StringBuilder(lead);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i) + (i + 1 < parts.size() ? "," : "");
      int room = WIDTH - indent.length() - 2;
      if (part.length() > room) {
        int end = Character.isHighSurrogate(part.charAt(room - 2)) ? room - 2 : room - 1;
        part = part.substring(0, end) + "…";
      }
      if (line.length() + 2 + part.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
      }
      line.append(i == 0 && line.length() == lead.length() ? "  " : " ").append(part);
    }
    lines.add(line.toString().stripTrailing());
  }
}
