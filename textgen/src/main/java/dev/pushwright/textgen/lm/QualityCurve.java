// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How good texts are against how much they differ, over a knob such as the temperature [1]: a model
 * is better than another when it is better at the same diversity, and one that only trades one for
 * the other is not. Between points the curve is straight.
 *
 * <p>[1] M. Caccia et al., "Language GANs falling short", ICLR 2020.
 */
final class QualityCurve {

  /**
   * What one setting of the knob gives.
   *
   * @param diversity larger is more diverse
   * @param quality larger is better
   */
  record Point(double diversity, double quality) {}

  private final List<Point> points;

  /**
   * A curve.
   *
   * @param points in any order; of those of one diversity the best counts
   */
  QualityCurve(List<Point> points) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(
        Comparator.comparingDouble(Point::diversity)
            .thenComparing(Comparator.comparingDouble(Point::quality).reversed()));
    List<Point> kept = new ArrayList<>();
    for (Point point : sorted) {
      if (kept.isEmpty() || point.diversity() > kept.get(kept.size() - 1).diversity()) {
        kept.add(point);
      }
    }
    this.points = List.copyOf(kept);
  }

  /**
   * How much better this one is than another.
   *
   * @param other another curve
   * @return the mean difference of quality over the diversities that both have; −∞ where they have
   *     none in common, for then nothing can be said for this one
   */
  double gainOver(QualityCurve other) {
    double from = Math.max(lowest(), other.lowest());
    double to = Math.min(highest(), other.highest());
    if (!(from <= to)) {
      return Double.NEGATIVE_INFINITY;
    }
    if (from == to) {
      return at(from) - other.at(from);
    }
    return (area(from, to) - other.area(from, to)) / (to - from);
  }

  private double lowest() {
    return points.isEmpty() ? Double.NaN : points.get(0).diversity();
  }

  private double highest() {
    return points.isEmpty() ? Double.NaN : points.get(points.size() - 1).diversity();
  }

  private double at(double diversity) {
    for (int p = 1; p < points.size(); p++) {
      Point left = points.get(p - 1);
      Point right = points.get(p);
      if (diversity <= right.diversity()) {
        double share = (diversity - left.diversity()) / (right.diversity() - left.diversity());
        return left.quality() + share * (right.quality() - left.quality());
      }
    }
    return points.get(points.size() - 1).quality();
  }

  private double area(double from, double to) {
    double area = 0;
    double left = from;
    for (Point point : points) {
      double right = Math.min(to, point.diversity());
      if (right > left) {
        area += (right - left) * (at(left) + at(right)) / 2;
        left = right;
      }
    }
    return area;
  }
}
