// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The space users are compared in. Three groups of columns: spend (recency, frequency, monetary
 * value, mean amount), rhythm (last seen, active days, gap, weekend share) and interests (square
 * roots of the weights of the commonest tags). Days, counts and money are taken by log(1 + x), each
 * column is moved and scaled to mean 0 and variance 1 over the users of the fit, cut off at ±3, and
 * divided by the root of the number of columns in its group: each group counts as much as the
 * others, however many tags there are. A column that is the same for everybody is 0.
 */
final class UserFeatures {

  private static final List<String> SPEND =
      List.of("recency", "frequency", "monetary", "meanAmount");
  private static final List<String> RHYTHM =
      List.of("lastSeen", "activeDays", "gap", "weekendShare");
  private static final int TAGS = SPEND.size() + RHYTHM.size();
  private static final double LIMIT = 3;

  private final List<String> tags;
  private final Map<String, Integer> column = new HashMap<>();
  private final double spanDays;
  private final double[] mean;
  private final double[] deviation;

  private UserFeatures(List<String> tags, double spanDays, double[] mean, double[] deviation) {
    this.tags = List.copyOf(tags);
    this.spanDays = spanDays;
    this.mean = mean;
    this.deviation = deviation;
    for (int t = 0; t < tags.size(); t++) {
      column.put(tags.get(t), TAGS + t);
    }
  }

  /**
   * Learns the scales.
   *
   * @param tags the tags that are columns
   * @param spanDays how long the data goes on; stands in for what a user without purchases, or with
   *     a single day, has none of
   * @param behaviours one for each user
   * @param interests the tags of each
   */
  static UserFeatures fit(
      List<String> tags, double spanDays, List<Behaviour> behaviours, List<List<Tag>> interests) {
    int d = TAGS + tags.size();
    double[] zero = new double[d];
    double[] one = new double[d];
    Arrays.fill(one, 1);
    UserFeatures raw = new UserFeatures(tags, spanDays, zero, one);
    double[] mean = new double[d];
    double[] deviation = new double[d];
    int n = behaviours.size();
    List<double[]> rows = new ArrayList<>(n);
    for (int u = 0; u < n; u++) {
      double[] row = raw.raw(behaviours.get(u), interests.get(u));
      rows.add(row);
      for (int j = 0; j < d; j++) {
        mean[j] += row[j] / n;
      }
    }
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / n;
      }
    }
    for (int j = 0; j < d; j++) {
      deviation[j] = Math.sqrt(deviation[j]);
      // What rounding leaves of a constant column is no variance.
      if (deviation[j] <= 1e-9 * Math.max(1, Math.abs(mean[j]))) {
        deviation[j] = 0;
      }
    }
    return new UserFeatures(tags, spanDays, mean, deviation);
  }

  int dimensions() {
    return mean.length;
  }

  List<String> tags() {
    return tags;
  }

  /** Where a user lies. */
  float[] of(Behaviour behaviour, List<Tag> interests) {
    double[] row = raw(behaviour, interests);
    float[] scaled = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      if (deviation[j] > 0) {
        double z = (row[j] - mean[j]) / deviation[j];
        int group = j < SPEND.size() ? SPEND.size() : j < TAGS ? RHYTHM.size() : tags.size();
        scaled[j] = (float) (Math.max(-LIMIT, Math.min(LIMIT, z)) / Math.sqrt(group));
      }
    }
    return scaled;
  }

  private double[] raw(Behaviour b, List<Tag> interests) {
    double[] row = new double[mean.length];
    row[0] = Math.log1p(b.purchases() == 0 ? spanDays : b.recencyDays());
    row[1] = Math.log1p(b.purchases());
    row[2] = Math.log1p(b.paid());
    row[3] = Math.log1p(b.purchases() == 0 ? 0 : b.paid() / b.purchases());
    row[4] = Math.log1p(b.lastSeenDays());
    row[5] = Math.log1p(b.activeDays());
    row[6] = Math.log1p(b.activeDays() == 1 ? spanDays : b.gapDays());
    row[7] = b.weekendShare();
    for (Tag tag : interests) {
      Integer at = column.get(tag.name());
      if (at != null) {
        row[at] = Math.sqrt(tag.weight());
      }
    }
    return row;
  }

  void save(ModelWriter out) {
    out.texts("tags", tags)
        .doubles("span", new double[] {spanDays})
        .doubles("mean", mean)
        .doubles("deviation", deviation);
  }

  static UserFeatures read(ModelReader in) {
    List<String> tags = in.texts("tags");
    double span = in.doubles("span", 1)[0];
    double[] mean = in.doubles("mean", TAGS + tags.size());
    double[] deviation = in.doubles("deviation", TAGS + tags.size());
    if (!(span >= 0 && span <= Double.MAX_VALUE)) {
      throw in.damaged("span is " + span);
    }
    for (int j = 0; j < mean.length; j++) {
      if (!Double.isFinite(mean[j]) || !(deviation[j] >= 0 && deviation[j] <= Double.MAX_VALUE)) {
        throw in.damaged("column " + j + " has mean " + mean[j] + " and deviation " + deviation[j]);
      }
    }
    return new UserFeatures(tags, span, mean, deviation);
  }
}
