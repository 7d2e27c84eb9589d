// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

import dev.pushwright.eval.search.SearchResult.Trial;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a {@link SearchResult} for people. */
final class SearchMarkdown {

  private final StringBuilder out = new StringBuilder();

  private SearchMarkdown() {}

  static String of(SearchResult result) {
    SearchMarkdown report = new SearchMarkdown();
    report.head(result);
    report.trials(result);
    return report.out.toString();
  }

  private void head(SearchResult result) {
    Trial best = result.best();
    long failed = result.trials().stream().filter(Trial::failed).count();
    line("# Search for " + text(result.provider()) + ", protocol " + text(result.protocol()));
    line("");
    line("Validation split " + text(result.split().describe()));
    line("");
    line(
        result.trials().size()
            + " trials ("
            + failed
            + " failed) by "
            + text(result.strategy())
            + ", seed "
            + result.seed()
            + ", over "
            + text(result.space())
            + ".");
    result.skipped().forEach((cause, users) -> line("- left out: " + users + " users: " + cause));
    result.notes().forEach(note -> line("- note: " + text(note)));
    line("");
    line(
        "Best: **"
            + text(best.options().toString())
            + "**, "
            + result.metric()
            + " "
            + format("%.4f", best.score())
            + " over "
            + best.users()
            + " users. It was chosen for this score, which is thus too high; the test part tells how"
            + " good it is.");
  }

  private void trials(SearchResult result) {
    line("");
    line("## Trials");
    line("");
    row(List.of("trial", "options", "rung", "share", "users", result.metric(), "fit s"));
    line("|" + "---|".repeat(7));
    for (Trial trial : result.trials()) {
      row(
          List.of(
              String.valueOf(trial.number()),
              trial.options().toString(),
              String.valueOf(trial.rung()),
              format("%.4g", trial.share()),
              String.valueOf(trial.users()),
              trial.failed() ? "failed: " + trial.failure() : format("%.4f", trial.score()),
              trial.failed() ? "" : format("%.3f", trial.fitSeconds())));
    }
  }

  private void row(List<String> cells) {
    line(cells.stream().map(SearchMarkdown::text).collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  // A bar would end the cell, a line break the row; "<" would start a tag.
  private static String text(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\R", " ");
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
