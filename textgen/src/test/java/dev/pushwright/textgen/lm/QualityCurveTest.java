// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityCurveTest {

  private static QualityCurve curve(double... diversityAndQuality) {
    List<QualityCurve.Point> points = new ArrayList<>();
    for (int i = 0; i < diversityAndQuality.length; i += 2) {
      points.add(new QualityCurve.Point(diversityAndQuality[i], diversityAndQuality[i + 1]));
    }
    return new QualityCurve(points);
  }

  @Test
  void theGainIsTheMeanDifferenceWhereBothAre() {
    // y = 1 − x from 0 to 1, and y = 0.5 from 0.2 to 2: on 0.2 to 1 the means are 0.4 and 0.5.
    QualityCurve falling = curve(1, 0, 0, 1, 0.5, 0.5);
    QualityCurve level = curve(0.2, 0.5, 2, 0.5);
    assertThat(level.gainOver(falling)).isCloseTo(0.1, within(1e-12));
    assertThat(falling.gainOver(level)).isCloseTo(-0.1, within(1e-12));
  }

  @Test
  void movingAlongTheSameCurveGainsNothing() {
    QualityCurve whole = curve(0, 1, 1, 0);
    QualityCurve part = curve(0.3, 0.7, 0.6, 0.4);
    assertThat(part.gainOver(whole)).isCloseTo(0, within(1e-12));
  }

  @Test
  void curvesWithNothingInCommonGainNothing() {
    assertThat(curve(0, 1, 0.1, 1).gainOver(curve(0.5, 0, 1, 0)))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(curve().gainOver(curve(0, 1))).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void ofPointsOfOneDiversityTheBestCounts() {
    assertThat(curve(0.5, 0.2, 0.5, 0.9).gainOver(curve(0.5, 0.4))).isCloseTo(0.5, within(1e-12));
  }
}
