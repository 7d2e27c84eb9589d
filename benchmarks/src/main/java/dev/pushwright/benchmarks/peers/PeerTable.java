// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks.peers;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Times beside times, as Markdown. */
public final class PeerTable {

  /**
   * A line: one library beside ours.
   *
   * @param work what was done
   * @param peer what the library is called
   * @param ours how we did
   * @param theirs how it did
   * @param answers whether both found the same, in words
   * @param timeoutSeconds after which it was ended
   */
  public record Row(
      Work work,
      String peer,
      Measurement ours,
      Measurement theirs,
      String answers,
      double timeoutSeconds) {}

  private static final String NONE = "–";

  private PeerTable() {}

  /**
   * Writes the table, and below it why a library has no times.
   *
   * @param rows the lines
   * @return Markdown
   */
  public static String of(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            """
            | work | ours: first s | best s | peer | first s | best s | ratio: first | best | heap MB: ours / peer | answers |
            |---|---|---|---|---|---|---|---|---|---|
            """);
    for (Row row : rows) {
      text.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s / %s | %s |%n"
              .formatted(
                  row.work().title(),
                  seconds(row.ours().first()),
                  seconds(row.ours().best()),
                  name(row),
                  peerFirst(row),
                  seconds(row.theirs().best()),
                  ratio(row, row.ours().first(), row.theirs().first()),
                  ratio(row, row.ours().best(), row.theirs().best()),
                  whole(row.ours().heapMb()),
                  whole(row.theirs().heapMb()),
                  row.answers())
              .replace(System.lineSeparator(), "\n"));
    }
    StringBuilder troubles = new StringBuilder();
    for (Row row : rows) {
      trouble(troubles, row.work(), name(row), row.theirs());
      if (troubles.indexOf(row.work().key() + ", ours") < 0) {
        trouble(troubles, row.work(), "ours", row.ours());
      }
    }
    return troubles.isEmpty() ? text.toString() : text + "\n" + troubles;
  }

  private static void trouble(StringBuilder to, Work work, String who, Measurement measured) {
    measured
        .trouble()
        .ifPresent(
            why ->
                to.append("- ")
                    .append(work.key())
                    .append(", ")
                    .append(who)
                    .append(": ended early: ")
                    .append(why)
                    .append('\n'));
  }

  private static String name(Row row) {
    return row.theirs().library().isEmpty() ? row.peer() : row.theirs().library();
  }

  private static boolean timedOut(Row row) {
    return row.theirs().runs().isEmpty()
        && row.theirs().trouble().filter(why -> why.startsWith(">")).isPresent();
  }

  private static String peerFirst(Row row) {
    if (timedOut(row)) {
      return "> " + digits(row.timeoutSeconds());
    }
    return row.theirs().runs().isEmpty() ? "failed" : seconds(row.theirs().first());
  }

  private static String ratio(Row row, OptionalDouble ours, OptionalDouble theirs) {
    if (ours.isEmpty()) {
      return NONE;
    }
    if (timedOut(row)) {
      return "> " + digits(row.timeoutSeconds() / ours.getAsDouble()) + "×";
    }
    return theirs.isEmpty() ? NONE : digits(theirs.getAsDouble() / ours.getAsDouble()) + "×";
  }

  private static String seconds(OptionalDouble seconds) {
    return seconds.isEmpty() ? NONE : digits(seconds.getAsDouble());
  }

  private static String whole(OptionalDouble value) {
    return value.isEmpty() ? NONE : String.format(Locale.ROOT, "%.0f", value.getAsDouble());
  }

  /** Two or three digits that count. */
  private static String digits(double value) {
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
