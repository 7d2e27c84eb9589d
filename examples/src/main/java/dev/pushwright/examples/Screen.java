// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.Progress;
import dev.pushwright.engine.Push;
import dev.pushwright.engine.PushDecision;
import dev.pushwright.engine.Withheld;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Plain text for a terminal {@value #WIDTH} columns wide. Results go to standard output, progress
 * to standard error.
 */
final class Screen {

  static final int WIDTH = 100;
  private static final int NAME_WIDTH = 17;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final int EPOCH_LINES = 20;

  private String lastPhase = "";
  private boolean lastPhaseEnded;

  void heading(String text) {
    out.println();
    out.println(text);
    out.println("=".repeat(Math.min(WIDTH, text.length())));
  }

  void title(String text) {
    out.println();
    out.println("-- " + text + " " + "-".repeat(Math.max(0, WIDTH - text.length() - 4)));
  }

  void print(String text) {
    text.lines().forEach(this::line);
  }

  void line(String text) {
    out.println(text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…");
  }

  void bar(String name, double value, double ofMost) {
    line(
        String.format(
            Locale.ROOT,
            "  %-24s %5.1f %% %s",
            name,
            100 * value,
            "█".repeat((int) (ofMost * 40))));
  }

  /** A name, and a value that goes on in the same column. */
  void row(String name, String value) {
    wrap(
        String.format(Locale.ROOT, "  %-" + (NAME_WIDTH - 2) + "s", name),
        " ".repeat(NAME_WIDTH),
        value);
  }

  void item(double score, String title) {
    line(String.format(Locale.ROOT, "  %6.2f  %s", score, title));
  }

  void detail(String text) {
    if (!text.isEmpty()) {
      wrap("          ", text);
    }
  }

  void decision(String what, PushDecision decision) {
    out.println();
    if (decision instanceof Push push) {
      line("  PUSH      " + what + " [" + push.content().source() + ", " + push.basis() + "]");
      wrap("          | ", push.title());
      wrap("          | ", push.body());
    } else if (decision instanceof Withheld withheld) {
      line("  WITHHELD  " + what + " [" + withheld.cause() + "]");
      wrap("            ", withheld.reason());
      withheld.retryAt().ifPresent(at -> line("            could be sent at " + at));
    }
  }

  private void wrap(String indent, String text) {
    wrap(indent, indent, text);
  }

  private void wrap(String first, String indent, String text) {
    StringBuilder row = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (row.length() + 1 + word.length() > WIDTH && !empty) {
        out.println(row);
        row.setLength(0);
        row.append(indent);
        empty = true;
      }
      row.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.println(row);
  }

  void took(String what, long began) {
    Runtime runtime = Runtime.getRuntime();
    System.err.printf(
        Locale.ROOT,
        "   … %s in %.1f s, heap in use %d MB%n",
        what,
        (System.nanoTime() - began) / 1e9,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  void progress(Progress progress) {
    if (progress.loss().isPresent()) {
      training(progress, progress.loss().getAsDouble());
      return;
    }
    boolean begins = !progress.phase().equals(lastPhase);
    boolean ends = progress.done() == progress.total();
    // A phase may go over its work many times: its first time speaks for all.
    if (begins || (ends && !lastPhaseEnded)) {
      lastPhase = progress.phase();
      lastPhaseEnded = ends;
      System.err.printf(
          Locale.ROOT,
          "   … %s %d of %d, %.1f s%n",
          progress.phase(),
          progress.done(),
          progress.total(),
          progress.elapsed().toMillis() / 1000.0);
    }
  }

  /** A line for each epoch; for no more than a twentieth of them where they are many. */
  private void training(Progress progress, double loss) {
    long before = (progress.done() - 1) * EPOCH_LINES / progress.total();
    if (before == progress.done() * EPOCH_LINES / progress.total()) {
      return;
    }
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "loss %.4f", loss));
    progress
        .figures()
        .forEach(
            (name, value) ->
                line.append(
                    value < 100
                        ? String.format(Locale.ROOT, ", %s %.4f", name, value)
                        : String.format(Locale.ROOT, ", %,.0f %s", value, name)));
    progress
        .remaining()
        .ifPresent(
            left ->
                line.append(String.format(Locale.ROOT, ", %.0f s left", left.toMillis() / 1000.0)));
    System.err.printf(
        Locale.ROOT,
        "   … %s %d of %d: %s%n",
        progress.phase(),
        progress.done(),
        progress.total(),
        line);
  }
}
