// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwright.profile.cluster.Segment;
import dev.pushwright.profile.cluster.SegmentModel;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawSegmentsTest {

  private static SegmentModel segments;

  @TempDir private Path folder;

  @BeforeAll
  static void divide() throws IOException {
    System.setProperty("java.awt.headless", "true");
    segments = DrawSegments.segments(DrawSegments.shop());
  }

  @Test
  void everyCustomerIsInADescribedSegment() {
    assertThat(segments.segments()).hasSize(5);
    assertThat(segments.segments().stream().mapToInt(Segment::size).sum())
        .isEqualTo(segments.users().size())
        .isGreaterThan(2000);
    assertThat(DrawSegments.described(segments))
        .contains("1. ", "5. ", "spend:", "rhythm:", "tags:", "christmas")
        .doesNotContain("NaN");
    Segment best =
        segments.segments().stream()
            .max((a, b) -> Double.compare(a.spend().monetary(), b.spend().monetary()))
            .orElseThrow();
    assertThat(best.name()).startsWith("frequent, high spend");
  }

  /** Java finds no font on some small machines, and says so in a different way on each. */
  private static void assumeFonts() {
    try {
      new TextLayout(
              "0", new Font("SansSerif", Font.PLAIN, 11), new FontRenderContext(null, true, true))
          .getBounds();
    } catch (RuntimeException | LinkageError | InternalError e) {
      Assumptions.abort("skipped: there is no font here: " + e);
    }
  }

  @Test
  void allCustomersAreDrawn() throws IOException {
    assumeFonts();
    DrawSegments.draw(segments, folder.resolve("new"));
    String svg = Files.readString(folder.resolve("new/segments.svg"));
    // A disc for each customer, and one for each segment in the legend.
    assertThat(Pattern.compile("<ellipse").matcher(svg).results().count())
        .isGreaterThanOrEqualTo(segments.users().size());
    BufferedImage png = ImageIO.read(folder.resolve("new/segments.png").toFile());
    assertThat(png.getWidth()).isEqualTo(1100);
    Set<Integer> colours = new HashSet<>();
    int[] row = new int[png.getWidth()];
    for (int y = 0; y < png.getHeight(); y++) {
      png.getRGB(0, y, row.length, 1, row, 0, row.length);
      Arrays.stream(row).forEach(colours::add);
    }
    assertThat(colours).contains(0xFF2F7FC1, 0xFFCF5F1A, 0xFF1B9168, 0xFFB0559A, 0xFF8A7A1F);
  }
}
