// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * BLEU against 1 − Self-BLEU, a line for each generator: what is further up and right is better.
 */
final class DiversityChart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  private DiversityChart() {}

  /** Draws rows as SVG. */
  static String svg(List<DiversityRow> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there is no row to draw");
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Quality against diversity")
            .xAxisTitle("1 − Self-BLEU: more different to the right")
            .yAxisTitle("BLEU")
            .build();
    chart.getStyler().setLocale(Locale.ROOT);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    Map<String, List<DiversityRow>> byGenerator = new LinkedHashMap<>();
    rows.forEach(
        row -> byGenerator.computeIfAbsent(row.generator(), g -> new ArrayList<>()).add(row));
    byGenerator.forEach(
        (generator, own) -> {
          own.sort(Comparator.comparingDouble(DiversityRow::knob));
          XYSeries series =
              chart.addSeries(
                  generator,
                  own.stream().mapToDouble(row -> 1 - row.selfBleu()).toArray(),
                  own.stream().mapToDouble(DiversityRow::bleu).toArray());
          series.setMarker(SeriesMarkers.CIRCLE);
        });
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ChartEncoder.saveChart(chart, file, "svg");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Letters become outlines: the names stand in the description, for those who do not see it.
    String names = "BLEU against 1 − Self-BLEU of " + String.join(", ", byGenerator.keySet());
    return file.toString(StandardCharsets.UTF_8)
        .replaceFirst("(<svg[^>]*>)", "$1<desc>" + names + "</desc>");
  }
}
