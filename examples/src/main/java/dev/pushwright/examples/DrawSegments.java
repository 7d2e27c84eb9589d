// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import dev.pushwright.api.FitContext;
import dev.pushwright.data.CsvIngest;
import dev.pushwright.data.CsvMapping;
import dev.pushwright.data.Dataset;
import dev.pushwright.profile.TfIdfProfiler;
import dev.pushwright.profile.cluster.Pca;
import dev.pushwright.profile.cluster.Points;
import dev.pushwright.profile.cluster.Segment;
import dev.pushwright.profile.cluster.SegmentModel;
import dev.pushwright.profile.cluster.Segmentation;
import java.awt.Color;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Which kinds of customers does this shop have? Divides those of the bundled sales into segments,
 * describes each, and draws them all along the two directions in which they differ most, as {@code
 * segments.svg} and {@code segments.png}.
 *
 * <p>Run it with {@code mvn -q -pl examples -am compile exec:java
 * -Dexec.mainClass=dev.pushwright.examples.DrawSegments -Dexec.args=.}; the argument is the folder
 * the pictures go to.
 */
public final class DrawSegments {

  // Each stands out from white by 3 to 1 at least (WCAG 2.1, 1.4.11).
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

  static final Segmentation SEGMENTATION = Segmentation.builder().segments(5).build();
  static final String SVG = "segments.svg";
  static final String PNG = "segments.png";

  static {
    // Nothing is shown on a screen.
    System.setProperty("java.awt.headless", "true");
  }

  private DrawSegments() {}

  /**
   * Prints the segments, and draws them.
   *
   * @param args the folder for the pictures; the current one when there is none
   * @throws IOException when the bundled data cannot be read or the pictures cannot be written
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    SegmentModel segments = segments(shop());
    out.print(described(segments));
    Path folder = Path.of(args.length == 0 ? "." : args[0]);
    draw(segments, folder);
    out.println("drawn in " + folder.resolve(SVG) + " and " + PNG);
  }

  static Dataset shop() throws IOException {
    try (BundledData bundled = BundledData.open("online-retail-2011-q4.csv.gz")) {
      return CsvIngest.builder()
          .add(bundled.path(), CsvMapping.named("online-retail"))
          .read()
          .dataset();
    }
  }

  static SegmentModel segments(Dataset shop) {
    return SEGMENTATION.fit(
        shop,
        TfIdfProfiler.builder().stopWords("set", "pack", "of", "design").build().fit(shop),
        FitContext.standard());
  }

  static String described(SegmentModel segments) {
    StringBuilder text = new StringBuilder();
    for (Segment segment : segments.segments()) {
      text.append(segment.number() + 1).append(". ").append(segment.describe());
      text.append(System.lineSeparator()).append(System.lineSeparator());
    }
    return text.toString();
  }

  /** Writes {@code segments.svg} and {@code segments.png}. */
  static void draw(SegmentModel segments, Path folder) throws IOException {
    XYChart chart = chart(segments);
    Files.createDirectories(folder);
    Files.write(folder.resolve(SVG), ChartEncoder.getBytes(chart, "svg"));
    Files.write(folder.resolve(PNG), ChartEncoder.getBytes(chart, "png"));
  }

  private static XYChart chart(SegmentModel segments) {
    Pca pca = Pca.fit(segments.points(), 2);
    Points flat = pca.transform(segments.points());
    double[] shares = pca.varianceShares();
    XYChart chart =
        new XYChartBuilder()
            .width(1100)
            .height(620)
            .title(
                segments.users().size()
                    + " customers in "
                    + segments.segments().size()
                    + " segments")
            .xAxisTitle(axis(1, shares[0]))
            .yAxisTitle(axis(2, shares[1]))
            .build();
    chart
        .getStyler()
        .setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarkerSize(5)
        .setLegendPosition(LegendPosition.OutsideS)
        .setChartBackgroundColor(Color.WHITE);
    int[] numbers = segments.numbers();
    for (Segment segment : segments.segments()) {
      int[] members =
          IntStream.range(0, numbers.length).filter(u -> numbers[u] == segment.number()).toArray();
      double[] x = IntStream.of(members).mapToDouble(u -> flat.value(u, 0)).toArray();
      double[] y = IntStream.of(members).mapToDouble(u -> flat.value(u, 1)).toArray();
      chart
          .addSeries(segment.name() + " (" + segment.size() + ")", x, y)
          .setMarker(SeriesMarkers.CIRCLE)
          .setMarkerColor(PALETTE.get(segment.number() % PALETTE.size()));
    }
    return chart;
  }

  private static String axis(int component, double share) {
    return String.format(
        Locale.ROOT, "principal component %d (%.0f %% of the variance)", component, 100 * share);
  }
}
