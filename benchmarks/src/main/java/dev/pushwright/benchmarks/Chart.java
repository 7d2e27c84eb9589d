// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One chart: a series for each recommender, each with a value at every category.
 *
 * <p>In a chart stand only short marks and numbers. Names are text of the page, where they can be
 * as long as they are, in any script, and read aloud.
 *
 * @param title what is shown
 * @param categories what the values are of, such as {@code "@5"}, {@code "@10"}
 * @param series by recommender, each with as many points as there are categories, or in a chart of
 *     {@link #bars} with none
 */
record Chart(String title, List<String> categories, List<List<Point>> series) {

  // Each stands out from white and from near black by 3 to 1 at least (WCAG 2.1, 1.4.11).
  private static final List<Color> PALETTE =
      List.of(
          new Color(0x2F7FC1),
          new Color(0xCF5F1A),
          new Color(0x1B9168),
          new Color(0xB0559A),
          new Color(0x8A7A1F),
          new Color(0x7A6FD0),
          new Color(0xC8453F),
          new Color(0x74808A));

  private static final Color CLEAR = new Color(0, 0, 0, 0);
  private static final Color GRID = translucent(InlineSvg.INK, 40);
  private static final BasicStroke HAIRLINE = new BasicStroke(1);
  private static final String SANS = Font.SANS_SERIF;
  private static final int HEIGHT = 220;

  Chart {
    categories = List.copyOf(categories);
    series = series.stream().map(List::copyOf).toList();
    for (List<Point> points : series) {
      if (!points.isEmpty() && points.size() != categories.size()) {
        throw new IllegalArgumentException(
            title + ": " + points.size() + " points for " + categories.size() + " categories");
      }
    }
  }

  /**
   * A value, maybe with an interval.
   *
   * @param value the value
   * @param low the lower end of the interval; the value itself where there is none
   * @param high the upper end
   */
  record Point(double value, double low, double high) {
    Point {
      if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException(
            value + " from " + low + " to " + high + " cannot be drawn; finite numbers are needed");
      }
    }

    static Point of(double value) {
      return new Point(value, value, value);
    }

    boolean hasInterval() {
      return low < value || high > value;
    }
  }

  /** The colour of a recommender, in every chart. */
  static Color colour(int series) {
    return PALETTE.get(series % PALETTE.size());
  }

  /** The colour as style sheets write it. */
  static String css(int series) {
    return String.format(Locale.ROOT, "#%06x", colour(series).getRGB() & 0xFFFFFF);
  }

  /** The mark of a recommender, in every chart: A to Z, then AA, AB and so on. */
  static String mark(int series) {
    String last = String.valueOf((char) ('A' + series % 26));
    return series < 26 ? last : mark(series / 26 - 1) + last;
  }

  /**
   * Why nothing can be drawn here: Java finds no font on some small machines, and says so in a
   * different way on each.
   */
  static Optional<String> obstacle() {
    try {
      new TextLayout("0", new Font(SANS, Font.PLAIN, 11), new FontRenderContext(null, true, true))
          .getBounds();
      return Optional.empty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      return Optional.of(e.toString());
    }
  }

  /**
   * One bar for each recommender, with its interval.
   *
   * @param id such as no other chart of the page has
   * @return an svg element
   */
  String bars(String id) {
    if (categories.size() != 1) {
      throw new IllegalArgumentException(title + " has " + categories.size() + " categories");
    }
    List<String> marks = IntStream.range(0, series.size()).mapToObj(Chart::mark).toList();
    CategoryChart chart = empty(60 + 40 * series.size());
    chart.getStyler().setOverlapped(true).setAvailableSpaceFill(0.6);
    for (int s = 0; s < series.size(); s++) {
      // A series for each colour, that is drawn at its own mark only.
      List<@Nullable Double> one = new ArrayList<>();
      for (int at = 0; at < series.size(); at++) {
        one.add(at == s && !series.get(s).isEmpty() ? series.get(s).get(0).value() : null);
      }
      chart.addSeries(marks.get(s), marks, one).setFillColor(colour(s));
    }
    List<Point> points =
        series.stream().map(all -> all.isEmpty() ? Point.of(0) : all.get(0)).toList();
    intervals(chart, "", marks, points, InlineSvg.INK);
    return svg(chart, id);
  }

  /**
   * The bars of all recommenders side by side at each category, without intervals.
   *
   * @param id such as no other chart of the page has
   * @return an svg element
   */
  String groups(String id) {
    CategoryChart chart = empty(60 + categories.size() * (20 + 16 * series.size()));
    chart.getStyler().setAvailableSpaceFill(0.8);
    for (int s = 0; s < series.size(); s++) {
      chart
          .addSeries(mark(s), categories, series.get(s).stream().map(Point::value).toList())
          .setFillColor(colour(s));
    }
    return svg(chart, id);
  }

  /**
   * A line for each recommender from category to category, with intervals.
   *
   * @param id such as no other chart of the page has
   * @return an svg element
   */
  String lines(String id) {
    CategoryChart chart = empty(60 + 50 * categories.size());
    chart.getStyler().setOverlapped(true).setMarkerSize(6);
    for (int s = 0; s < series.size(); s++) {
      CategorySeries line =
          chart.addSeries(mark(s), categories, series.get(s).stream().map(Point::value).toList());
      line.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
      line.setLineColor(colour(s)).setLineStyle(new BasicStroke(2));
      line.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour(s));
      intervals(chart, mark(s), categories, series.get(s), colour(s));
    }
    return svg(chart, id);
  }

  /**
   * XChart draws bars of error as far up as down from a value. These intervals need not lie evenly
   * about theirs, so that they are drawn about an unseen value in their middle.
   */
  private static void intervals(
      CategoryChart chart, String of, List<String> categories, List<Point> points, Color colour) {
    if (points.stream().noneMatch(Point::hasInterval)) {
      return;
    }
    List<Double> middles = points.stream().map(p -> (p.low() + p.high()) / 2).toList();
    List<Double> halves = points.stream().map(p -> (p.high() - p.low()) / 2).toList();
    CategorySeries unseen = chart.addSeries("interval " + of, categories, middles, halves);
    unseen.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    unseen.setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.NONE);
    unseen.setMarkerColor(colour).setLineColor(colour);
    chart.getStyler().setErrorBarsColorSeriesColor(true);
  }

  private CategoryChart empty(int width) {
    CategoryChart chart =
        new CategoryChartBuilder().width(Math.max(300, width)).height(HEIGHT).build();
    CategoryStyler style = chart.getStyler();
    style.setBaseFont(new Font(SANS, Font.PLAIN, 12)).setChartFontColor(InlineSvg.INK);
    style.setAxisTickLabelsFont(new Font(SANS, Font.PLAIN, 12));
    style.setAxisTickLabelsColor(InlineSvg.INK).setAxisTickMarksColor(InlineSvg.INK);
    style.setErrorBarsColor(InlineSvg.INK);
    style.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(HAIRLINE);
    style.setPlotGridVerticalLinesVisible(false).setPlotMargin(0).setPlotContentSize(1);
    style.setChartBackgroundColor(CLEAR).setPlotBackgroundColor(CLEAR);
    style.setPlotBorderVisible(false).setChartPadding(4);
    style.setLegendVisible(false).setChartTitleVisible(false);
    style.setAxisTitlesVisible(false).setLocale(Locale.ROOT);
    style.setYAxisTickLabelsFormattingFunction(Chart::plain);
    style.setXAxisTickMarkSpacingHint(8);
    style.setYAxisMin(0.0).setYAxisMax(ceiling());
    return chart;
  }

  /** A little above everything that is drawn. */
  private double ceiling() {
    double most =
        series.stream()
            .flatMap(List::stream)
            .mapToDouble(point -> Math.max(point.value(), point.high()))
            .max()
            .orElse(0);
    return most > 0 ? most * 1.05 : 1;
  }

  private String svg(CategoryChart chart, String id) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ChartEncoder.saveChart(chart, file, "svg");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return InlineSvg.of(file.toByteArray(), id, words());
  }

  /** The chart in words, for those who do not see it. */
  private String words() {
    StringBuilder text = new StringBuilder(title).append(". ");
    for (int s = 0; s < series.size(); s++) {
      List<Point> points = series.get(s);
      String values =
          IntStream.range(0, points.size())
              .mapToObj(c -> (categories.get(c) + " " + plain(points.get(c).value())).strip())
              .collect(Collectors.joining(", "));
      text.append(mark(s)).append(": ").append(values.isEmpty() ? "none" : values).append(". ");
    }
    return text.toString().strip();
  }

  /** Three digits, as plain as can be. */
  static String plain(double value) {
    return value == 0
        ? "0"
        : new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static Color translucent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
