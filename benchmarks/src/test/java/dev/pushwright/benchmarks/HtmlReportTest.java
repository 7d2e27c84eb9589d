// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushwright.api.Provenance;
import dev.pushwright.benchmarks.Chart.Point;
import dev.pushwright.eval.BeyondAccuracy;
import dev.pushwright.eval.EvaluationResult;
import dev.pushwright.eval.EvaluationResult.Comparison;
import dev.pushwright.eval.EvaluationResult.Cost;
import dev.pushwright.eval.EvaluationResult.Entry;
import dev.pushwright.eval.EvaluationResult.Score;
import dev.pushwright.eval.SegmentGap;
import dev.pushwright.eval.SplitReport;
import dev.pushwright.eval.SplitReport.TimeLeak;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Figures that were chosen so that each stands out; what is drawn is read back from the page. */
class HtmlReportTest {

  @BeforeAll
  static void drawWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private static void needFonts() {
    assumeTrue(Chart.obstacle().isEmpty(), "Java finds no font here: charts are not tried");
  }

  private static Entry entry(String name, double scale, boolean beyond) {
    List<Score> scores =
        List.of(
            new Score("ndcg@5", 0.1234 * scale, 0.1111 * scale, 0.1432 * scale),
            new Score("ndcg@10", 0.2345 * scale, 0.2121 * scale, 0.2626 * scale),
            new Score("auc", 0.4321 * scale, 0.4004 * scale, 0.4567 * scale));
    return new Entry(
        name,
        new Provenance(
            "algorithm of " + name, Map.of("lambda", "17"), "fingerprint-9", "0.9.8", "java"),
        37,
        scores,
        beyond && scale > 1
            ? List.of(new Score("rmse", 0.9173, 0.9007, 0.9512), new Score("mae", 0.71, 0.7, 0.72))
            : List.of(),
        beyond
            ? List.of(new BeyondAccuracy(5, 807, 11, 4019, 0.31, 0.62, 0.53, 7.7531, 0.84, 796))
            : List.of(),
        beyond
            ? List.of(
                new SegmentGap(
                    "ndcg@5",
                    "country",
                    Map.of("FR", new SegmentGap.Segment(71, 0.5151)),
                    23,
                    0.0601))
            : List.of(),
        new Cost(1.234, 0.567, 0.891, 9.123, 45_600_000, 78_900_000));
  }

  private static EvaluationResult result(List<Entry> entries, List<Comparison> comparisons) {
    return new EvaluationResult(
        new SplitReport("given", 9001, 1302, 811, 612, 43, 921, 732, 54, 1033, TimeLeak.LEAKS, 65),
        "full",
        807,
        Map.of("nothing relevant", 29),
        List.of("a note & <b>more</b>"),
        0.95,
        1000,
        3,
        entries.get(0).name(),
        entries,
        comparisons);
  }

  private static EvaluationResult two() {
    return result(
        List.of(entry("plain", 1, true), entry("other", 1.5, true)),
        List.of(
            new Comparison(
                "other", "ndcg@5", 0.0617, 0.0333, 0.0888, 0.0123, 0.0246, 0.0345, 0.069)));
  }

  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> all(Element root, String tag) {
    NodeList nodes = root.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int n = 0; n < nodes.getLength(); n++) {
      elements.add((Element) nodes.item(n));
    }
    return elements;
  }

  private static void checkFigures(String text) {
    assertThat(text)
        .contains("full", "given", "807", "0.1234", "0.1111 to 0.1432", "0.2345", "0.4321")
        .contains("0.1851", "0.1667 to 0.2148", "0.3518", "0.3182 to 0.3939", "0.6482")
        .contains("+0.0617", "+0.0333 to +0.0888", "0.0123", "0.0246", "0.0345", "0.0690", "higher")
        .contains("0.3100", "0.6200", "0.5300", "7.7531", "0.8400", "4019", "796", "11")
        .contains("country", "FR", "71", "0.5151", "0.0601", "23")
        .contains("1.234", "0.567", "0.891", "9.123", "45.6", "78.9")
        .contains("algorithm of plain", "lambda = 17", "fingerprint-9", "0.9.8", "37")
        .contains("9001", "1302", "811", "612", "43", "921", "732", "54", "1033", "LEAKS", "65")
        .contains("29 users left out: nothing relevant", "a note & <b>more</b>", "TIME LEAK")
        .contains("Predicted ratings", "0.9173", "0.9007 to 0.9512", "0.7100")
        .contains("95 % interval", "1000 draws", "seed 3");
  }

  @Test
  void everyFigureOfTheResultIsOnThePage() throws Exception {
    Document page = parsed(HtmlReport.of(two(), "A title"));
    checkFigures(page.getDocumentElement().getTextContent());
    assertThat(all(page.getDocumentElement(), "h1").get(0).getTextContent()).isEqualTo("A title");
  }

  @Test
  void withoutAFontThePageSaysSoAndHasEveryFigure() throws Exception {
    Document page = parsed(HtmlReport.of(two(), "A title", Optional.of("no <font>")));
    checkFigures(page.getDocumentElement().getTextContent());
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Install fontconfig and a font")
        .contains("no <font>");
    assertThat(all(page.getDocumentElement(), "svg")).isEmpty();
  }

  @Test
  void namesMayHoldAnyText() throws Exception {
    String name = "<script>alert('x')</script> & \"y\" {{z}} \u4e2d\u6587 \ud83d\ude00";
    EvaluationResult one = result(List.of(entry(name, 1, true)), List.of());
    String text = HtmlReport.of(one, name);
    assertThat(text).doesNotContain("<script", "alert('x')");
    Element page = parsed(text).getDocumentElement();
    assertThat(all(page, "h1").get(0).getTextContent()).isEqualTo(name);
    assertThat(all(page, "li").get(0).getTextContent()).contains(name);
  }

  @Test
  void whatNoPageMayHoldIsReplaced() throws Exception {
    String name = "bell \u0007, half \ud83d, end \uffff, line\nbreak";
    Element page =
        parsed(HtmlReport.of(result(List.of(entry(name, 1, false)), List.of()), name))
            .getDocumentElement();
    assertThat(all(page, "h1").get(0).getTextContent())
        .isEqualTo("bell \ufffd, half \ufffd, end \ufffd, line\nbreak");
  }

  @Test
  void theSameResultGivesTheSamePageInAnyLocale() {
    String page = HtmlReport.of(two(), "title");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(HtmlReport.of(two(), "title")).isEqualTo(page);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void thePageNeedsNoOtherFileAndRunsNothing() throws Exception {
    needFonts();
    String page = HtmlReport.of(two(), "title");
    assertThat(page).doesNotContain("<script", "@import", "<link", "src=", "href", "<!ENTITY");
    assertThat(page.replaceAll("url\\(#chart\\d+-\\d+\\)", "")).doesNotContain("url(");
    // The names of the two languages are no addresses that anybody visits.
    assertThat(page.replaceAll("xmlns=\"http://www.w3.org/(1999/xhtml|2000/svg)\"", ""))
        .doesNotContain("http");
  }

  @Test
  void chartsHaveWordsTablesHaveHeadingsAndIdsAreOfOneThing() throws Exception {
    needFonts();
    Element page = parsed(HtmlReport.of(two(), "title")).getDocumentElement();
    List<Element> charts = all(page, "svg");
    // A bar chart for each of 3 metrics, one over k, 2 of ratings, 2 beyond accuracy, 5 of costs.
    assertThat(charts).hasSize(13);
    assertThat(charts)
        .allSatisfy(
            chart -> {
              assertThat(chart.getAttribute("role")).isEqualTo("img");
              assertThat(chart.getAttribute("aria-label")).contains("A: ").contains("B: ");
              assertThat(chart.getAttribute("viewBox")).startsWith("0 0 ");
              assertThat(chart.hasAttribute("width")).isFalse();
            });
    assertThat(charts.get(0).getAttribute("aria-label"))
        .isEqualTo("ndcg by k. A: @5 0.123, @10 0.234. B: @5 0.185, @10 0.352.");
    // The first recommender predicts no ratings: that is not an error of 0.
    assertThat(charts)
        .extracting(chart -> chart.getAttribute("aria-label"))
        .contains("rmse. A: none. B: 0.917.");
    assertThat(all(page, "th"))
        .isNotEmpty()
        .allSatisfy(th -> assertThat(th.getAttribute("scope")).isIn("row", "col"));
    List<String> ids =
        all(page, "*").stream().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(11);
    for (Element section : all(page, "section")) {
      assertThat(ids).contains(section.getAttribute("aria-labelledby"));
    }
  }

  /** The numbers of a path, x and y in turn. */
  private static double[] numbers(Element path) {
    return Pattern.compile("[^-\\d.]+")
        .splitAsStream(path.getAttribute("d"))
        .filter(part -> !part.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static double[] heights(Element svg, int series) {
    Color c = Chart.colour(series);
    String fill = "fill:rgb(" + c.getRed() + "," + c.getGreen() + "," + c.getBlue() + ")";
    return all(svg, "path").stream()
        .filter(path -> path.getAttribute("style").startsWith(fill))
        .mapToDouble(
            path -> {
              double[] at = numbers(path);
              double[] ys = new double[at.length / 2];
              Arrays.setAll(ys, i -> at[2 * i + 1]);
              return Arrays.stream(ys).max().orElseThrow() - Arrays.stream(ys).min().orElseThrow();
            })
        .toArray();
  }

  @Test
  void barsAreAsHighAsTheirValuesSay() throws Exception {
    needFonts();
    double[] values = {0.1, 0.4, 0.25, 0, 0.3333};
    List<List<Point>> series =
        Arrays.stream(values).mapToObj(value -> List.of(Point.of(value))).toList();
    Element svg = parsed(new Chart("t", List.of(""), series).bars("c")).getDocumentElement();
    double full = heights(svg, 1)[0];
    assertThat(full).isGreaterThan(150);
    for (int s = 0; s < values.length; s++) {
      assertThat(heights(svg, s)).hasSize(1);
      assertThat(heights(svg, s)[0]).isCloseTo(full * values[s] / 0.4, within(0.03));
    }
  }

  @Test
  void groupedBarsAreAsHighAsTheirValuesSay() throws Exception {
    needFonts();
    Chart chart =
        new Chart(
            "t",
            List.of("x", "y"),
            List.of(List.of(Point.of(2), Point.of(8)), List.of(Point.of(4), Point.of(1))));
    Element svg = parsed(chart.groups("c")).getDocumentElement();
    double[] first = heights(svg, 0);
    double[] second = heights(svg, 1);
    assertThat(first[1]).isGreaterThan(150);
    assertThat(first[0]).isCloseTo(first[1] / 4, within(0.03));
    assertThat(second[0]).isCloseTo(first[1] / 2, within(0.03));
    assertThat(second[1]).isCloseTo(first[1] / 8, within(0.03));
  }

  @Test
  void intervalsReachFromTheirLowToTheirHighEnd() throws Exception {
    needFonts();
    // Not even about the value; the second has none.
    Chart chart =
        new Chart(
            "t",
            List.of(""),
            List.of(List.of(new Point(0.5, 0.45, 0.8)), List.of(new Point(0.2, 0.2, 0.2))));
    Element svg = parsed(chart.bars("c")).getDocumentElement();
    double[] bar =
        numbers(
            all(svg, "path").stream()
                .filter(path -> path.getAttribute("style").startsWith("fill:rgb(47,127,193)"))
                .findFirst()
                .orElseThrow());
    double top = bar[1];
    double unit = heights(svg, 0)[0] / 0.5;
    double middle = (bar[0] + bar[2]) / 2;
    List<Element> upright =
        all(svg, "line").stream()
            .filter(line -> line.getAttribute("x1").equals(line.getAttribute("x2")))
            .filter(line -> Math.abs(number(line, "x1") - middle) < 0.1)
            .filter(line -> number(line, "y2") < top + 0.05 * unit + 1)
            .toList();
    assertThat(upright).hasSize(1);
    double low = Math.max(number(upright.get(0), "y1"), number(upright.get(0), "y2"));
    double high = Math.min(number(upright.get(0), "y1"), number(upright.get(0), "y2"));
    assertThat(low).isCloseTo(top + 0.05 * unit, within(0.05));
    assertThat(high).isCloseTo(top - 0.3 * unit, within(0.05));
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void oneRecommenderWithNothingButZeroesHasAPage() throws Exception {
    EvaluationResult zero = result(List.of(entry("only", 0, false)), List.of());
    Element page = parsed(HtmlReport.of(zero, "title")).getDocumentElement();
    assertThat(page.getTextContent())
        .contains("1 recommender, asked about 807 users")
        .contains("Not measured")
        .doesNotContain("Compared with", "Segments", "Predicted", "NaN", "Infinity");
    assertThat(HtmlReport.of(zero, "title")).doesNotContain("NaN", "Infinity");
  }

  @Test
  void thirtyRecommendersHaveMarksOfTheirOwn() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int e = 0; e < 30; e++) {
      entries.add(entry("r" + e, 1 + e, false));
    }
    Element page = parsed(HtmlReport.of(result(entries, List.of()), "title")).getDocumentElement();
    List<String> marks =
        all(page, "li").stream().map(li -> all(li, "span").get(0).getTextContent()).toList();
    assertThat(marks).hasSize(30).doesNotHaveDuplicates().startsWith("A", "B").endsWith("AD");
  }

  @Test
  void everyColourStandsOutFromBothPapers() {
    for (int s = 0; s < 8; s++) {
      assertThat(contrast(Chart.colour(s), Color.WHITE)).as(Chart.css(s)).isGreaterThan(3);
      assertThat(contrast(Chart.colour(s), new Color(0x14171A))).as(Chart.css(s)).isGreaterThan(3);
    }
  }

  /** WCAG 2.1, "contrast ratio". */
  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    float[] parts = colour.getRGBColorComponents(null);
    double sum = 0;
    for (int p = 0; p < 3; p++) {
      sum +=
          weights[p]
              * (parts[p] <= 0.03928
                  ? parts[p] / 12.92
                  : Math.pow((parts[p] + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> Point.of(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Chart("t", List.of("x", "y"), List.of(List.of(Point.of(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 points for 2 categories");
  }

  @Test
  void theFileIsUtf8(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("page.html");
    HtmlReport.write(two(), "\u4e2d\u6587", file);
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .contains("<meta charset=\"UTF-8\"/>", "<h1>\u4e2d\u6587</h1>");
  }
}
