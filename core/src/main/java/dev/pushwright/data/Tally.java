// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of the rows of one file. Not thread-safe. */
final class Tally {

  static final int KEPT_MALFORMED = 1_000;
  static final int KEPT_FILTERED = 10;

  private static final int SHOWN_REASONS = 20;

  private final Path file;
  private long read;
  private long accepted;
  private final Map<String, Long> merged = new LinkedHashMap<>();
  private final Map<String, Long> filtered = new LinkedHashMap<>();
  private final Map<String, Long> malformed = new LinkedHashMap<>();
  private final Map<String, Long> imputed = new LinkedHashMap<>();
  private final Map<String, Long> rewritten = new LinkedHashMap<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private int keptMalformed;

  Tally(Path file) {
    this.file = file;
  }

  /** A problem of a row; the kind is what a row is counted under, the first counting. */
  record Problem(String kind, String column, String value, String reason) {}

  void read() {
    read++;
  }

  void accept() {
    accepted++;
  }

  void merge(String cause) {
    merged.merge(cause, 1L, Long::sum);
  }

  void impute(String column, String how) {
    imputed.merge(column + " by " + how, 1L, Long::sum);
  }

  void rewrite(String column, String form) {
    rewritten.merge(column + " as " + form, 1L, Long::sum);
  }

  void filter(long line, String column, String value, String reason, String rule) {
    if (filtered.merge(rule, 1L, Long::sum) <= KEPT_FILTERED) {
      rejections.add(new Rejection(file, line, column, value, reason, rule));
    }
  }

  void reject(long line, List<Problem> problems) {
    malformed.merge(problems.get(0).kind(), 1L, Long::sum);
    for (Problem problem : problems) {
      if (keptMalformed < KEPT_MALFORMED) {
        keptMalformed++;
        rejections.add(
            new Rejection(file, line, problem.column(), problem.value(), problem.reason(), ""));
      }
    }
  }

  /** Refuses the file when too large a share of it is malformed. */
  void check(double tolerance) {
    long bad = malformed.values().stream().mapToLong(Long::longValue).sum();
    if (bad <= tolerance * read) {
      return;
    }
    StringBuilder message = new StringBuilder();
    message.append(
        String.format(
            "%s: %,d of %,d rows are malformed, %.2f %% where %.2f %% is tolerated. Mend the file,"
                + " filter such rows by a rule, or raise the tolerance.",
            file, bad, read, 100.0 * bad / read, 100 * tolerance));
    List<Rejection> reasons = rejections.stream().filter(Rejection::malformed).toList();
    int shown = Math.min(SHOWN_REASONS, reasons.size());
    message.append(" The first ").append(shown).append(" reasons:");
    reasons.subList(0, shown).forEach(reason -> message.append("\n  ").append(reason));
    throw new IngestException(message.toString());
  }

  IngestReport.FileReport report() {
    // Those of cleaning were found after those of reading.
    rejections.sort(Comparator.comparingLong(Rejection::line));
    return new IngestReport.FileReport(
        file,
        new IngestReport.Counts(read, accepted, merged, filtered, malformed, imputed, rewritten),
        rejections);
  }
}
