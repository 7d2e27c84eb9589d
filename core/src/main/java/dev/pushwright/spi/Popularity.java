// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.math.SparseRows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How popular each item is: the sum of its weights over all users, and over the users of each
 * segment. What every recommender falls back to. Immutable; 4 bytes an item for everybody and for
 * each segment.
 */
public final class Popularity {

  private final float[] everybody;
  private final Map<String, float[]> bySegment;
  private final @Nullable String[] segmentOfUser;

  private Popularity(
      float[] everybody, Map<String, float[]> bySegment, @Nullable String[] segmentOfUser) {
    this.everybody = everybody;
    this.bySegment = bySegment;
    this.segmentOfUser = segmentOfUser;
  }

  /**
   * Counts popularity.
   *
   * @param data whose users' records say the segments
   * @param matrix the weights of the same data
   * @param segmentBy the user attribute that names the segment, or empty for no segments
   * @return the popularity
   */
  public static Popularity of(Dataset data, InteractionMatrix matrix, String segmentBy) {
    int items = data.items().size();
    int users = data.users().size();
    double[] total = new double[items];
    Map<String, double[]> totals = new LinkedHashMap<>();
    @Nullable String[] segments = new @Nullable String[users];
    SparseRows rows = matrix.byUser();
    for (int u = 0; u < users; u++) {
      Optional<String> segment =
          segmentBy.isEmpty() ? Optional.empty() : data.userRecords().get(u).attribute(segmentBy);
      segments[u] = segment.orElse(null);
      for (int p = rows.start(u); p < rows.end(u); p++) {
        total[rows.column(p)] += rows.value(p);
      }
      // A segment in which nobody did anything has no popularity of its own.
      if (segment.isPresent() && rows.start(u) < rows.end(u)) {
        double[] own = totals.computeIfAbsent(segment.get(), name -> new double[items]);
        for (int p = rows.start(u); p < rows.end(u); p++) {
          own[rows.column(p)] += rows.value(p);
        }
      }
    }
    Map<String, float[]> bySegment = new LinkedHashMap<>();
    totals.forEach((name, sums) -> bySegment.put(name, narrow(sums)));
    return new Popularity(narrow(total), bySegment, segments);
  }

  private static float[] narrow(double[] sums) {
    float[] out = new float[sums.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) sums[i];
    }
    return out;
  }

  /**
   * How popular an item is with everybody.
   *
   * @param item its dense index
   * @return the sum of its weights, at least 0
   */
  public float everybody(int item) {
    return everybody[item];
  }

  /**
   * Whether a segment has users who did something, and so a popularity of its own.
   *
   * @param segment any text
   * @return whether it has
   */
  public boolean hasSegment(String segment) {
    return bySegment.containsKey(segment);
  }

  /**
   * The segment of a user.
   *
   * @param user the user's dense index
   * @return the segment, or empty
   */
  public Optional<String> segmentOf(int user) {
    return Optional.ofNullable(segmentOfUser[user]);
  }

  void copyEverybody(float[] scores) {
    System.arraycopy(everybody, 0, scores, 0, everybody.length);
  }

  void copySegment(String segment, float[] scores) {
    float[] own = Objects.requireNonNull(bySegment.get(segment), segment);
    System.arraycopy(own, 0, scores, 0, own.length);
  }

  @Override
  public String toString() {
    return everybody.length + " items, segments " + bySegment.keySet();
  }
}
