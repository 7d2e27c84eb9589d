// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Cost;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.eval.EvaluationResult.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes an {@link EvaluationResult} for people. */
final class MarkdownReport {

  private final StringBuilder out = new StringBuilder();

  private MarkdownReport() {}

  static String of(EvaluationResult result) {
    MarkdownReport report = new MarkdownReport();
    report.head(result);
    report.scores(result);
    if (!result.comparisons().isEmpty()) {
      report.comparisons(result);
    }
    report.ratingErrors(result);
    report.beyond(result);
    report.segments(result);
    report.costs(result);
    return report.out.toString();
  }

  private void head(EvaluationResult result) {
    line("# Evaluation, protocol " + text(result.protocol()));
    line("");
    line("Split " + text(result.split().describe()));
    line("");
    line(
        result.users()
            + " users were asked about; intervals at "
            + format("%.4g", result.confidence() * 100)
            + " % from "
            + result.resamples()
            + " bootstrap draws, seed "
            + result.seed()
            + ".");
    result.skipped().forEach((cause, users) -> line("- left out: " + users + " users: " + cause));
    result.notes().forEach(note -> line("- note: " + text(note)));
  }

  private void scores(EvaluationResult result) {
    List<String> header = new ArrayList<>(List.of("recommender"));
    result.entries().get(0).scores().forEach(score -> header.add(score.metric()));
    header.add("by fallback");
    section("Metrics", header);
    for (Entry entry : result.entries()) {
      List<String> row = new ArrayList<>(List.of(entry.name()));
      for (Score score : entry.scores()) {
        row.add(interval(score));
      }
      row.add(String.valueOf(entry.fallbacks()));
      row(row);
    }
  }

  private void comparisons(EvaluationResult result) {
    section(
        "Compared with " + text(result.baseline()),
        List.of(
            "recommender",
            "metric",
            "difference",
            "p (paired t)",
            "p, Holm",
            "p (Wilcoxon)",
            "p, Holm"));
    for (Comparison comparison : result.comparisons()) {
      row(
          List.of(
              comparison.recommender(),
              comparison.metric(),
              format("%+.4f", comparison.difference())
                  + " ["
                  + format("%+.4f", comparison.low())
                  + ", "
                  + format("%+.4f", comparison.high())
                  + "]",
              p(comparison.tTestP()),
              p(comparison.tTestHolm()),
              p(comparison.wilcoxonP()),
              p(comparison.wilcoxonHolm())));
    }
  }

  private void ratingErrors(EvaluationResult result) {
    List<Entry> predicting =
        result.entries().stream().filter(entry -> !entry.ratingErrors().isEmpty()).toList();
    if (predicting.isEmpty()) {
      return;
    }
    List<String> header = new ArrayList<>(List.of("recommender"));
    predicting.get(0).ratingErrors().forEach(score -> header.add(score.metric()));
    section("Predicted ratings", header);
    for (Entry entry : predicting) {
      List<String> row = new ArrayList<>(List.of(entry.name()));
      entry.ratingErrors().forEach(score -> row.add(interval(score)));
      row(row);
    }
  }

  private void beyond(EvaluationResult result) {
    if (result.entries().get(0).beyond().isEmpty()) {
      return;
    }
    section(
        "Beyond accuracy",
        List.of(
            "recommender",
            "k",
            "coverage",
            "Gini",
            "share of top 1 %",
            "novelty (bits)",
            "diversity",
            "empty lists"));
    for (Entry entry : result.entries()) {
      for (BeyondAccuracy beyond : entry.beyond()) {
        row(
            List.of(
                entry.name(),
                String.valueOf(beyond.k()),
                format("%.4f", beyond.coverage()),
                format("%.4f", beyond.gini()),
                format("%.4f", beyond.topShare()),
                format("%.2f", beyond.novelty()),
                format("%.4f", beyond.diversity()),
                String.valueOf(beyond.emptyLists())));
      }
    }
  }

  private void segments(EvaluationResult result) {
    if (result.entries().get(0).segments().isEmpty()) {
      return;
    }
    section("Segments", List.of("recommender", "attribute", "metric", "gap", "means", "not known"));
    for (Entry entry : result.entries()) {
      for (SegmentGap gap : entry.segments()) {
        String means =
            gap.segments().entrySet().stream()
                .map(
                    segment ->
                        segment.getKey()
                            + " "
                            + format("%.4f", segment.getValue().mean())
                            + " ("
                            + segment.getValue().users()
                            + ")")
                .collect(Collectors.joining(", "));
        row(
            List.of(
                entry.name(),
                gap.attribute(),
                gap.metric(),
                format("%.4f", gap.gap()),
                means,
                String.valueOf(gap.unknown())));
      }
    }
  }

  private void costs(EvaluationResult result) {
    section(
        "Costs",
        List.of(
            "recommender",
            "options",
            "fit (s)",
            "recommend p50 (ms)",
            "p95",
            "p99",
            "model heap (MB)",
            "peak heap (MB)"));
    for (Entry entry : result.entries()) {
      Cost cost = entry.cost();
      row(
          List.of(
              entry.name(),
              entry.provenance().algorithm() + " " + entry.provenance().options(),
              format("%.3f", cost.fitSeconds()),
              format("%.3f", cost.recommendMillisP50()),
              format("%.3f", cost.recommendMillisP95()),
              format("%.3f", cost.recommendMillisP99()),
              format("%.1f", cost.modelHeapBytes() / 1e6),
              format("%.1f", cost.peakHeapBytes() / 1e6)));
    }
  }

  private void section(String title, List<String> header) {
    line("");
    line("## " + title);
    line("");
    row(header);
    line("|" + "---|".repeat(header.size()));
  }

  private void row(List<String> cells) {
    line(cells.stream().map(MarkdownReport::text).collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  private static String interval(Score score) {
    return format("%.4f", score.mean())
        + " ["
        + format("%.4f", score.low())
        + ", "
        + format("%.4f", score.high())
        + "]";
  }

  private static String p(double p) {
    return p < 0.0001 ? "below 0.0001" : format("%.4f", p);
  }

  // A bar would end the cell, a line break the row; "<" would start a tag.
  private static String text(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replaceAll("\\R", " ");
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
