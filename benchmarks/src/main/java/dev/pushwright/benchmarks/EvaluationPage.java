// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import dev.pushwright.benchmarks.Chart.Point;
import dev.pushwright.eval.BeyondAccuracy;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Cost;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.eval.EvaluationResult.Score;
import dev.pushwright.eval.SegmentGap;
import dev.pushwright.eval.SplitReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands on the page of {@link HtmlReport}: the template says how it looks. */
final class EvaluationPage {

  private final EvaluationResult result;
  private final boolean drawing;
  private final List<Section> sections = new ArrayList<>();
  private int charts;

  private EvaluationPage(EvaluationResult result, boolean drawing) {
    this.result = result;
    this.drawing = drawing;
  }

  /** The page. */
  record Page(
      String title,
      String summary,
      String warning,
      String obstacle,
      List<Named> entries,
      List<Section> sections) {}

  /** A recommender in the key. */
  record Named(String name, String mark, String colour, boolean baseline) {}

  /** A heading and what stands under it. */
  record Section(
      String id, String title, List<String> text, List<Table> tables, List<Figures> figures) {}

  /** A table; the label is for those who hear it. */
  record Table(String label, List<Cell> head, List<Row> rows) {}

  /** A row of a table. */
  record Row(List<Cell> cells) {}

  /** A cell; with a mark where it names a recommender. */
  record Cell(
      String text, String interval, boolean heading, String mark, String colour, String style) {}

  /** Charts that stand side by side, or are folded away under a summary where there is one. */
  record Figures(String summary, List<Figure> charts) {}

  /** A chart. */
  record Figure(String caption, String svg) {}

  static Page of(EvaluationResult result, String title, Optional<String> obstacle) {
    EvaluationPage page = new EvaluationPage(result, obstacle.isEmpty());
    page.scores();
    page.comparisons();
    page.ratings();
    page.beyond();
    page.segments();
    page.costs();
    page.recommenders();
    page.data();
    List<Named> entries = new ArrayList<>();
    for (int e = 0; e < result.entries().size(); e++) {
      String name = result.entries().get(e).name();
      entries.add(new Named(name, Chart.mark(e), Chart.css(e), name.equals(result.baseline())));
    }
    int count = entries.size();
    String summary =
        String.format(
            Locale.ROOT,
            "%d %s, asked about %d %s. Protocol %s, split %s.",
            count,
            count == 1 ? "recommender" : "recommenders",
            result.users(),
            result.users() == 1 ? "user" : "users",
            result.protocol(),
            result.split().name());
    return new Page(
        title, summary, result.split().warning(), obstacle.orElse(""), entries, page.sections);
  }

  private void scores() {
    List<String> metrics = result.entries().get(0).scores().stream().map(Score::metric).toList();
    List<Row> rows = new ArrayList<>();
    List<Figure> bars = new ArrayList<>();
    List<Figure> lines = new ArrayList<>();
    Map<String, Map<Integer, String>> byKind = new LinkedHashMap<>();
    for (String metric : metrics) {
      List<Cell> row = new ArrayList<>(List.of(heading(metric)));
      for (Entry entry : result.entries()) {
        Score score = result.score(entry.name(), metric);
        row.add(
            interval(
                format("%.4f", score.mean()),
                format("%.4f", score.low()) + " to " + format("%.4f", score.high())));
      }
      rows.add(new Row(row));
      figure(bars, metric, chart(metric, List.of(metric)), Chart::bars);
      int at = metric.indexOf('@');
      if (at > 0) {
        byKind
            .computeIfAbsent(metric.substring(0, at), kind -> new TreeMap<>())
            .put(Integer.parseInt(metric.substring(at + 1)), metric);
      }
    }
    byKind.forEach(
        (kind, atK) -> {
          if (atK.size() > 1) {
            String title = kind + " by k";
            figure(lines, title, chart(title, List.copyOf(atK.values())), Chart::lines);
          }
        });
    List<Cell> fallbacks = new ArrayList<>(List.of(heading("users answered by a fallback")));
    result.entries().forEach(entry -> fallbacks.add(cell(String.valueOf(entry.fallbacks()))));
    rows.add(new Row(fallbacks));
    section(
        "metrics",
        "Metrics",
        List.of(
            "Means over the users; below each its "
                + Chart.plain(100 * result.confidence())
                + " % interval (percentile bootstrap over users, "
                + result.resamples()
                + " draws, seed "
                + result.seed()
                + ")."),
        List.of(new Table("Metrics by recommender", across("metric"), rows)),
        lines.isEmpty()
            ? List.of(new Figures("", bars))
            : List.of(new Figures("", lines), new Figures("Each metric by itself", bars)));
  }

  private Chart chart(String title, List<String> metrics) {
    List<String> categories =
        metrics.stream().map(metric -> metric.substring(metric.indexOf('@') + 1)).toList();
    return new Chart(
        title,
        metrics.size() == 1 ? List.of("") : categories.stream().map(k -> "@" + k).toList(),
        result.entries().stream()
            .map(
                entry ->
                    metrics.stream()
                        .map(metric -> result.score(entry.name(), metric))
                        .map(score -> new Point(score.mean(), score.low(), score.high()))
                        .toList())
            .toList());
  }

  private void comparisons() {
    if (result.comparisons().isEmpty()) {
      return;
    }
    double level = 1 - result.confidence();
    List<Row> rows = new ArrayList<>();
    for (Comparison one : result.comparisons()) {
      boolean told = one.tTestHolm() < level;
      rows.add(
          new Row(
              List.of(
                  named(one.recommender()),
                  words(one.metric()),
                  interval(
                      format("%+.4f", one.difference()),
                      format("%+.4f", one.low()) + " to " + format("%+.4f", one.high())),
                  words(told ? one.difference() > 0 ? "higher" : "lower" : "not told apart"),
                  cell(p(one.tTestP())),
                  cell(p(one.tTestHolm())),
                  cell(p(one.wilcoxonP())),
                  cell(p(one.wilcoxonHolm())))));
    }
    section(
        "comparison",
        "Compared with " + result.baseline(),
        List.of(
            "Paired, user by user. Two-sided p-values of the paired t-test and of Wilcoxon's"
                + " signed-rank test, each also corrected by Holm for all comparisons of this page."
                + " Higher or lower: p (t), Holm, is below "
                + Chart.plain(level)
                + "."),
        List.of(
            table(
                "Comparisons with the baseline",
                rows,
                "recommender",
                "metric",
                "difference",
                "verdict",
                "p (t)",
                "p (t), Holm",
                "p (Wilcoxon)",
                "p (Wilcoxon), Holm")),
        List.of());
  }

  private void ratings() {
    List<Row> rows = new ArrayList<>();
    Map<String, List<List<Point>>> errors = new LinkedHashMap<>();
    for (Entry entry : result.entries()) {
      for (Score error : entry.ratingErrors()) {
        rows.add(
            new Row(
                List.of(
                    named(entry.name()),
                    words(error.metric()),
                    interval(
                        format("%.4f", error.mean()),
                        format("%.4f", error.low()) + " to " + format("%.4f", error.high())))));
        errors.put(error.metric(), new ArrayList<>());
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    List<Figure> figures = new ArrayList<>();
    errors.forEach(
        (metric, points) -> {
          for (Entry entry : result.entries()) {
            points.add(
                entry.ratingErrors().stream()
                    .filter(error -> error.metric().equals(metric))
                    .map(error -> new Point(error.mean(), error.low(), error.high()))
                    .toList());
          }
          figure(figures, metric, new Chart(metric, List.of(""), points), Chart::bars);
        });
    section(
        "ratings",
        "Predicted ratings",
        List.of(
            "How far predicted ratings lie from given ones; less is better. Recommenders that"
                + " predict no ratings are not here."),
        List.of(table("Errors of predicted ratings", rows, "recommender", "metric", "error")),
        List.of(new Figures("", figures)));
  }

  private void beyond() {
    List<Row> rows = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<Entry> entries = result.entries();
    for (int b = 0; b < entries.get(0).beyond().size(); b++) {
      int at = b;
      for (Entry entry : entries) {
        BeyondAccuracy one = entry.beyond().get(b);
        rows.add(
            new Row(
                List.of(
                    named(entry.name()),
                    cell(String.valueOf(one.k())),
                    cell(format("%.4f", one.coverage())),
                    cell(format("%.4f", one.gini())),
                    cell(format("%.4f", one.topShare())),
                    cell(format("%.4f", one.novelty())),
                    cell(format("%.4f", one.diversity())),
                    cell(String.valueOf(one.lists())),
                    cell(String.valueOf(one.emptyLists())),
                    cell(String.valueOf(one.listsWithPairs())),
                    cell(String.valueOf(one.places())))));
      }
      String k = "@" + entries.get(0).beyond().get(b).k();
      String caption = "Coverage and the long tail " + k;
      figure(
          figures,
          caption,
          of(
              caption,
              List.of("coverage", "Gini", "top 1 %", "diversity"),
              entry -> {
                BeyondAccuracy one = entry.beyond().get(at);
                return List.of(one.coverage(), one.gini(), one.topShare(), one.diversity());
              }),
          Chart::groups);
      figure(
          figures,
          "Novelty " + k + ", bits",
          of("Novelty " + k, List.of(""), entry -> List.of(entry.beyond().get(at).novelty())),
          Chart::bars);
    }
    section(
        "beyond",
        "Beyond accuracy",
        List.of(
            rows.isEmpty()
                ? "Not measured: under this protocol the candidates are given, or nobody asked."
                : "Coverage: the share of the catalogue that anybody is shown. Gini: 0 when all"
                    + " items are shown equally often, 1 when one has every place. Top 1 %: the"
                    + " share of all places that the most shown hundredth of the items has."
                    + " Novelty: how rare the shown items are, in bits. Diversity: how unlike each"
                    + " other the items of a list are."),
        rows.isEmpty()
            ? List.of()
            : List.of(
                table(
                    "Coverage, long tail, novelty and diversity",
                    rows,
                    "recommender",
                    "k",
                    "coverage",
                    "Gini",
                    "top 1 %",
                    "novelty",
                    "diversity",
                    "lists",
                    "empty",
                    "of two or more",
                    "places")),
        List.of(new Figures("", figures)));
  }

  private void segments() {
    List<Row> rows = new ArrayList<>();
    for (Entry entry : result.entries()) {
      for (SegmentGap gap : entry.segments()) {
        gap.segments()
            .forEach(
                (name, segment) ->
                    rows.add(
                        new Row(
                            List.of(
                                named(entry.name()),
                                words(gap.attribute()),
                                words(gap.metric()),
                                words(name),
                                cell(String.valueOf(segment.users())),
                                cell(format("%.4f", segment.mean())),
                                cell(format("%.4f", gap.gap())),
                                cell(String.valueOf(gap.unknown()))))));
      }
    }
    if (!rows.isEmpty()) {
      section(
          "segments",
          "Segments",
          List.of("Small segments differ by chance: look at how many users they have."),
          List.of(
              table(
                  "Means by segment",
                  rows,
                  "recommender",
                  "attribute",
                  "metric",
                  "segment",
                  "users",
                  "mean",
                  "gap",
                  "users in none")),
          List.of());
    }
  }

  private void costs() {
    List<Row> rows = new ArrayList<>();
    for (Entry entry : result.entries()) {
      Cost cost = entry.cost();
      rows.add(
          new Row(
              List.of(
                  named(entry.name()),
                  cell(format("%.3f", cost.fitSeconds())),
                  cell(format("%.3f", cost.recommendMillisP50())),
                  cell(format("%.3f", cost.recommendMillisP95())),
                  cell(format("%.3f", cost.recommendMillisP99())),
                  cell(format("%.1f", cost.modelHeapBytes() / 1e6)),
                  cell(format("%.1f", cost.peakHeapBytes() / 1e6)))));
    }
    List<Figure> figures = new ArrayList<>();
    // One by one: beside the slowest answers the usual ones would not be seen.
    Map<String, Function<Cost, Double>> times = new LinkedHashMap<>();
    times.put("p50", Cost::recommendMillisP50);
    times.put("p95", Cost::recommendMillisP95);
    times.put("p99", Cost::recommendMillisP99);
    times.forEach(
        (name, time) ->
            figure(
                figures,
                "Time to answer, " + name + ", ms",
                of(
                    "Time to answer, " + name + " in ms",
                    List.of(""),
                    entry -> List.of(time.apply(entry.cost()))),
                Chart::bars));
    figure(
        figures,
        "Time to fit, s",
        of("Time to fit in s", List.of(""), entry -> List.of(entry.cost().fitSeconds())),
        Chart::bars);
    figure(
        figures,
        "Heap of the model, MB",
        of(
            "Heap of the model in MB",
            List.of(""),
            entry -> List.of(entry.cost().modelHeapBytes() / 1e6)),
        Chart::bars);
    section(
        "costs",
        "Costs",
        List.of(
            "Of this run on this machine. Users were asked about one by one, on one thread. The"
                + " peak counts garbage too."),
        List.of(
            table(
                "Time and memory by recommender",
                rows,
                "recommender",
                "fit (s)",
                "answer p50 (ms)",
                "p95",
                "p99",
                "model heap (MB)",
                "peak heap (MB)")),
        List.of(new Figures("", figures)));
  }

  private void recommenders() {
    List<Row> rows = new ArrayList<>();
    for (Entry entry : result.entries()) {
      String options =
          entry.provenance().options().entrySet().stream()
              .map(option -> option.getKey() + " = " + option.getValue())
              .collect(Collectors.joining("; "));
      rows.add(
          new Row(
              List.of(
                  named(entry.name()),
                  words(entry.provenance().algorithm()),
                  new Cell(options.isEmpty() ? "none" : options, "", false, "", "", "text long"),
                  words(entry.provenance().data()),
                  words(entry.provenance().version()))));
    }
    section(
        "recommenders",
        "Recommenders",
        List.of(),
        List.of(
            table(
                "What was fitted", rows, "recommender", "algorithm", "options", "data", "version")),
        List.of());
  }

  private void data() {
    SplitReport split = result.split();
    List<Row> rows =
        List.of(
            counts("events", split.trainEvents(), split.testEvents(), ""),
            counts("users", split.trainUsers(), split.testUsers(), split.usersOnlyInTest()),
            counts("items", split.trainItems(), split.testItems(), split.itemsOnlyInTest()));
    List<String> text = new ArrayList<>();
    text.add(
        "Split "
            + split.name()
            + "; the catalogue has "
            + split.catalogueItems()
            + " items. Time leak: "
            + split.timeLeak()
            + ", "
            + split.laterTrainEvents()
            + " train events are later than the earliest test event.");
    result.skipped().forEach((cause, users) -> text.add(users + " users left out: " + cause + "."));
    result.notes().forEach(note -> text.add("Note: " + note));
    section(
        "data",
        "Data",
        text,
        List.of(table("Size of the parts", rows, "", "train", "test", "of these only in test")),
        List.of());
  }

  private static Row counts(String what, int train, int test, Object onlyInTest) {
    return new Row(
        List.of(
            heading(what),
            cell(String.valueOf(train)),
            cell(String.valueOf(test)),
            cell(onlyInTest.toString())));
  }

  private void section(
      String id, String title, List<String> text, List<Table> tables, List<Figures> figures) {
    List<Figures> drawn = figures.stream().filter(some -> !some.charts().isEmpty()).toList();
    sections.add(new Section(id, title, text, tables, drawn));
  }

  private Chart of(String title, List<String> categories, Function<Entry, List<Double>> values) {
    return new Chart(
        title,
        categories,
        result.entries().stream()
            .map(entry -> values.apply(entry).stream().map(Point::of).toList())
            .toList());
  }

  private void figure(List<Figure> figures, String caption, Chart chart, Drawing drawing) {
    if (this.drawing) {
      charts++;
      figures.add(new Figure(caption, drawing.draw(chart, "chart" + charts)));
    }
  }

  /** One of the ways to draw a chart. */
  private interface Drawing {
    String draw(Chart chart, String id);
  }

  /** Columns for the recommenders. */
  private List<Cell> across(String first) {
    List<Cell> cells = new ArrayList<>(List.of(heading(first)));
    result.entries().forEach(entry -> cells.add(named(entry.name())));
    return cells;
  }

  /** A table whose titles stand as the cells under them do; there is a row at least. */
  private static Table table(String label, List<Row> rows, String... titles) {
    List<Cell> head = new ArrayList<>();
    for (int t = 0; t < titles.length; t++) {
      head.add(new Cell(titles[t], "", true, "", "", rows.get(0).cells().get(t).style()));
    }
    return new Table(label, head, rows);
  }

  private Cell named(String name) {
    int at = result.entries().stream().map(Entry::name).toList().indexOf(name);
    return new Cell(name, "", true, Chart.mark(at), Chart.css(at), "name");
  }

  private static Cell heading(String text) {
    return new Cell(text, "", true, "", "", "");
  }

  private static Cell cell(String text) {
    return new Cell(text, "", false, "", "", "");
  }

  private static Cell words(String text) {
    return new Cell(text, "", false, "", "", "text");
  }

  private static Cell interval(String text, String interval) {
    return new Cell(text, interval, false, "", "", "");
  }

  private static String p(double p) {
    return p < 0.0001 ? "below 0.0001" : format("%.4f", p);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
