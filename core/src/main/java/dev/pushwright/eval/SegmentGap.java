// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.User;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a recommender serves some users worse than others: a metric's mean within each segment,
 * and how far the best and the worst lie apart. Small segments differ by chance: look at how many
 * users they have.
 *
 * @param metric the name of the metric
 * @param attribute the user attribute that names the segment
 * @param segments the segments by name
 * @param unknown how many users lack the attribute; they are in no segment
 * @param gap the largest mean less the smallest; 0 with fewer than two segments
 */
public record SegmentGap(
    String metric, String attribute, Map<String, Segment> segments, int unknown, double gap) {

  /**
   * The users who share a value of the attribute.
   *
   * @param users how many, at least 1
   * @param mean the metric's mean over them
   */
  public record Segment(int users, double mean) {}

  /** Copies the segments. */
  public SegmentGap {
    segments = Collections.unmodifiableMap(new TreeMap<>(segments));
  }

  /**
   * Compares segments.
   *
   * @param metric the name of the metric
   * @param attribute the user attribute that names the segment
   * @param users the ids of the users
   * @param values the metric of each of them, finite
   * @param data whose user records say the segments
   * @return the means and the gap
   */
  public static SegmentGap of(
      String metric, String attribute, List<String> users, double[] values, Dataset data) {
    if (users.size() != values.length) {
      throw new IllegalArgumentException(users.size() + " users with " + values.length + " values");
    }
    Map<String, Double> sums = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    int unknown = 0;
    for (int u = 0; u < values.length; u++) {
      if (!Double.isFinite(values[u])) {
        throw new IllegalArgumentException(
            metric + " of user " + users.get(u) + " is " + values[u]);
      }
      Optional<User> user = data.user(users.get(u));
      Optional<String> segment = user.flatMap(record -> record.attribute(attribute));
      if (segment.isEmpty()) {
        unknown++;
        continue;
      }
      sums.merge(segment.get(), values[u], Double::sum);
      counts.merge(segment.get(), 1, Integer::sum);
    }
    Map<String, Segment> segments = new TreeMap<>();
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      double mean = sums.getOrDefault(entry.getKey(), 0.0) / entry.getValue();
      segments.put(entry.getKey(), new Segment(entry.getValue(), mean));
      least = Math.min(least, mean);
      most = Math.max(most, mean);
    }
    return new SegmentGap(
        metric, attribute, segments, unknown, segments.isEmpty() ? 0 : most - least);
  }
}
