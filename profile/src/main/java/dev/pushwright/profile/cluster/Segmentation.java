// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.Basis;
import dev.pushwright.api.FitContext;
import dev.pushwright.api.ProfileModel;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Divides users into segments of like behaviour: {@link KMeans} on what they spend, how they come
 * and go, and what they are interested in, each of the three counting as much as the others. The
 * tags come from a profile model. The segments are named and described.
 *
 * <p>Days, counts and money go in by their logarithms, as most users are small and a few are huge;
 * every column is scaled to variance 1 and cut off at three deviations. Where the number of
 * segments is not set, the best from 3 to 8 is taken by silhouette (see {@link ClusterCount}).
 *
 * <p>A user who did nothing but be shown things takes no part. The same bits with any number of
 * threads.
 */
public final class Segmentation {

  private static final int LEAST = 3;
  private static final int MOST = 8;
  private static final int USERS_PER_BLOCK = 64;

  private final int segments;
  private final int tags;
  private final int starts;
  private final long seed;
  private final ZoneId zone;

  private Segmentation(Builder b) {
    this.segments = b.segments;
    this.tags = b.tags;
    this.starts = b.starts;
    this.seed = b.seed;
    this.zone = b.zone;
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Divides the users of a dataset.
   *
   * @param data has the events
   * @param profiles knows the tags of the users
   * @param context threads, progress and cancel
   * @return the segments; none when there are no events
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public SegmentModel fit(Dataset data, ProfileModel profiles, FitContext context) {
    int all = data.users().size();
    @Nullable Behaviour[] behaviourOf = new Behaviour[all];
    List<List<Tag>> tagsOf = new ArrayList<>();
    for (int u = 0; u < all; u++) {
      tagsOf.add(List.of());
    }
    Instant at = data.eventCount() == 0 ? Instant.EPOCH : data.latest();
    context.forBlocks(
        "behaviour",
        all,
        USERS_PER_BLOCK,
        (from, to) -> {
          for (int u = from; u < to; u++) {
            String id = data.users().id(u);
            List<Event> events = data.eventsOf(id);
            Optional<Behaviour> behaviour = Behaviour.of(events, at, zone);
            if (behaviour.isPresent()) {
              behaviourOf[u] = behaviour.get();
              tagsOf.set(u, ownTags(profiles.profile(id)));
            }
          }
        });
    List<String> ids = new ArrayList<>();
    List<Behaviour> behaviours = new ArrayList<>();
    List<List<Tag>> interests = new ArrayList<>();
    for (int u = 0; u < all; u++) {
      Behaviour behaviour = behaviourOf[u];
      if (behaviour != null) {
        ids.add(data.users().id(u));
        behaviours.add(behaviour);
        interests.add(tagsOf.get(u));
      }
    }
    double span =
        data.eventCount() == 0 ? 0 : Duration.between(data.earliest(), at).toSeconds() / 86_400.0;
    UserFeatures features = UserFeatures.fit(commonest(interests), span, behaviours, interests);
    float[] rows = new float[Math.multiplyExact(ids.size(), features.dimensions())];
    for (int u = 0; u < ids.size(); u++) {
      float[] row = features.of(behaviours.get(u), interests.get(u));
      System.arraycopy(row, 0, rows, u * row.length, row.length);
    }
    Points points = Points.of(rows, features.dimensions());
    KMeansModel clusters = clusters(points, context);
    return SegmentModel.of(
        features, zone, IdIndex.of(ids), points, clusters, behaviours, interests);
  }

  /** Tags that say nothing about this user would make all strangers alike. */
  private static List<Tag> ownTags(UserProfile profile) {
    return profile.basis() == Basis.EVERYBODY ? List.of() : profile.tags();
  }

  private KMeansModel clusters(Points points, FitContext context) {
    KMeans algorithm =
        KMeans.builder().clusters(Math.max(1, segments)).starts(starts).seed(seed).build();
    return segments > 0
        ? algorithm.fit(points, context)
        : ClusterCount.bySilhouette(points, algorithm, LEAST, MOST, context).model();
  }

  /** The tags with the most weight over all users, equal ones by name. */
  private List<String> commonest(List<List<Tag>> interests) {
    Map<String, Double> weights = new HashMap<>();
    for (List<Tag> ofUser : interests) {
      for (Tag tag : ofUser) {
        weights.merge(tag.name(), tag.weight(), Double::sum);
      }
    }
    return weights.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(tags)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Builds a {@link Segmentation}. */
  public static final class Builder {
    private int segments;
    private int tags = 30;
    private int starts = 5;
    private long seed = 1;
    private ZoneId zone = ZoneOffset.UTC;

    private Builder() {}

    /**
     * Sets how many segments there should be; where it is not set, the best number from 3 to 8.
     *
     * @param segments at least 1
     * @return this
     */
    public Builder segments(int segments) {
      this.segments = KMeans.Builder.requireAtLeast("segments", segments, 1);
      return this;
    }

    /**
     * Sets how many of the commonest tags users are compared by; 30 where it is not set.
     *
     * @param tags at least 0
     * @return this
     */
    public Builder tags(int tags) {
      this.tags = KMeans.Builder.requireAtLeast("tags", tags, 0);
      return this;
    }

    /**
     * Sets how many times to start afresh, the best outcome being kept; 5 where it is not set.
     *
     * @param starts at least 1
     * @return this
     */
    public Builder starts(int starts) {
      this.starts = KMeans.Builder.requireAtLeast("starts", starts, 1);
      return this;
    }

    /**
     * Sets the seed of what is drawn at random; 1 where it is not set.
     *
     * @param seed any number
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets the zone in which days begin; UTC where it is not set.
     *
     * @param zone the users' zone
     * @return this
     */
    public Builder zone(ZoneId zone) {
      this.zone = zone;
      return this;
    }

    /**
     * The algorithm.
     *
     * @return an immutable algorithm
     */
    public Segmentation build() {
      return new Segmentation(this);
    }
  }
}
