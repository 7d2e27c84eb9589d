// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How popular each item is: the sum of its weights over all users, and over the users of each
 * segment. What every recommender falls back to. Immutable; 4 bytes an item for everybody and for
 * each segment.
 */
public final class Popularity {

  private static final Logger LOG = LoggerFactory.getLogger(Popularity.class);

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
    @Nullable String[] segments = new @Nullable String[data.users().size()];
    if (!segmentBy.isEmpty()) {
      for (int u = 0; u < segments.length; u++) {
        segments[u] = data.userRecords().get(u).attribute(segmentBy).orElse(null);
      }
      if (segments.length > 0 && Arrays.stream(segments).allMatch(Objects::isNull)) {
        LOG.warn(
            "segmentBy is {}, an attribute that no user has; they have {}: the fallback is what is"
                + " popular with everybody",
            segmentBy,
            data.userRecords().stream()
                .flatMap(user -> user.attributes().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
    return of(matrix, segments);
  }

  private static Popularity of(InteractionMatrix matrix, @Nullable String[] segments) {
    int items = matrix.items().size();
    double[] total = new double[items];
    Map<String, double[]> totals = new LinkedHashMap<>();
    SparseRows rows = matrix.byUser();
    for (int u = 0; u < segments.length; u++) {
      String segment = segments[u];
      for (int p = rows.start(u); p < rows.end(u); p++) {
        total[rows.column(p)] += rows.value(p);
      }
      // A segment in which nobody did anything has no popularity of its own.
      if (segment != null && rows.start(u) < rows.end(u)) {
        double[] own = totals.computeIfAbsent(segment, name -> new double[items]);
        for (int p = rows.start(u); p < rows.end(u); p++) {
          own[rows.column(p)] += rows.value(p);
        }
      }
    }
    Map<String, float[]> bySegment = new LinkedHashMap<>();
    totals.forEach((name, sums) -> bySegment.put(name, narrow(sums)));
    return new Popularity(narrow(total), bySegment, segments);
  }

  /**
   * Counts popularity again after users, items or weights were added.
   *
   * @param before the users that this was counted over
   * @param matrix the new weights, whose users include those of before; a user who is new has no
   *     segment, since an event does not name one
   * @return the popularity
   */
  Popularity recount(IdIndex before, InteractionMatrix matrix) {
    @Nullable String[] segments = new @Nullable String[matrix.users().size()];
    int[] position = before.positionsIn(matrix.users());
    for (int u = 0; u < position.length; u++) {
      segments[position[u]] = segmentOfUser[u];
    }
    return of(matrix, segments);
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

  /**
   * Writes the popularity: {@code everybody} (items), {@code segments} (names × items, for those
   * {@code segmentNames} that have a popularity of their own, which come first), and {@code
   * segmentOfUser}, a position in the names or −1.
   *
   * @param out a section of its own
   */
  void save(ModelWriter out) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    float[] own = new float[Math.multiplyExact(bySegment.size(), everybody.length)];
    for (Map.Entry<String, float[]> segment : new TreeMap<>(bySegment).entrySet()) {
      int from = positions.size() * everybody.length;
      System.arraycopy(segment.getValue(), 0, own, from, everybody.length);
      positions.put(segment.getKey(), positions.size());
    }
    int[] ofUser = new int[segmentOfUser.length];
    for (int u = 0; u < ofUser.length; u++) {
      String segment = segmentOfUser[u];
      ofUser[u] = segment == null ? -1 : positions.computeIfAbsent(segment, s -> positions.size());
    }
    out.floats("everybody", everybody)
        .floats("segments", own, bySegment.size(), everybody.length)
        .texts("segmentNames", List.copyOf(positions.keySet()))
        .ints("segmentOfUser", ofUser);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @param users how many users there are
   * @param items how many items
   * @return the popularity
   */
  static Popularity read(ModelReader in, int users, int items) {
    float[] everybody = finite(in, in.floats("everybody", items));
    List<String> names = in.texts("segmentNames");
    float[] own = finite(in, in.floats("segments"));
    int segments = items == 0 ? 0 : own.length / items;
    if (own.length != (long) segments * items || segments > names.size()) {
      throw in.damaged(
          "segments hold " + own.length + " numbers for " + names.size() + " names, " + items);
    }
    Map<String, float[]> bySegment = new LinkedHashMap<>();
    for (int s = 0; s < segments; s++) {
      bySegment.put(names.get(s), Arrays.copyOfRange(own, s * items, (s + 1) * items));
    }
    int[] ofUser = in.ints("segmentOfUser", users);
    @Nullable String[] segmentOfUser = new @Nullable String[users];
    for (int u = 0; u < users; u++) {
      if (ofUser[u] < -1 || ofUser[u] >= names.size()) {
        throw in.damaged("segmentOfUser holds " + ofUser[u] + " of " + names.size());
      }
      segmentOfUser[u] = ofUser[u] < 0 ? null : names.get(ofUser[u]);
    }
    return new Popularity(everybody, bySegment, segmentOfUser);
  }

  private static float[] finite(ModelReader in, float[] values) {
    for (float value : values) {
      if (!(value >= 0 && value <= Float.MAX_VALUE)) {
        throw in.damaged("popularity is " + value + "; a finite number from 0 is needed");
      }
    }
    return values;
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
