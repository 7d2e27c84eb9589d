// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import dev.pushwright.api.Basis;
import dev.pushwright.api.ProfileEnricher;
import dev.pushwright.api.UserProfile;
import dev.pushwright.api.UserProfile.Tag;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The segments that {@link Segmentation} has found, and who belongs to them. Adds the segment and
 * the distance to profiles: {@code PushEngine.builder(data).fitEnricher(segmentation::fit)}.
 * Immutable and thread-safe.
 */
public final class SegmentModel implements ProfileEnricher {

  private final UserFeatures features;
  private final ZoneId zone;
  private final IdIndex users;
  private final Points points;
  private final KMeansModel clusters;
  // By cluster.
  private final List<Segment> ofCluster;
  private final int[] labels;

  private SegmentModel(
      UserFeatures features,
      ZoneId zone,
      IdIndex users,
      Points points,
      KMeansModel clusters,
      List<Segment> ofCluster) {
    this.features = features;
    this.zone = zone;
    this.users = users;
    this.points = points;
    this.clusters = clusters;
    this.ofCluster = ofCluster;
    this.labels = clusters.labels();
  }

  /** Describes what was found. */
  static SegmentModel of(
      UserFeatures features,
      ZoneId zone,
      IdIndex users,
      Points points,
      KMeansModel clusters,
      List<Behaviour> behaviours,
      List<List<Tag>> interests) {
    return new SegmentModel(
        features,
        zone,
        users,
        points,
        clusters,
        SegmentDescriptions.of(clusters, points, behaviours, interests));
  }

  /**
   * All segments.
   *
   * @return the largest first, each at the place of its number
   */
  public List<Segment> segments() {
    List<Segment> byNumber = new ArrayList<>(ofCluster);
    byNumber.sort(Comparator.comparingInt(Segment::number));
    return List.copyOf(byNumber);
  }

  /**
   * The users of the fit who take part.
   *
   * @return their ids, in the order of {@link #points}
   */
  public List<String> users() {
    return users.ids();
  }

  /**
   * Where the users of the fit lie, for drawing them.
   *
   * @return a point for each of {@link #users}
   */
  public Points points() {
    return points;
  }

  /**
   * The segment of a user of the fit.
   *
   * @param userId any text
   * @return the segment with the distance, or empty for one who took no part
   */
  public Optional<SegmentMembership> segmentOf(String userId) {
    OptionalInt at = users.find(userId);
    return at.isEmpty() ? Optional.empty() : Optional.of(nearest(points.row(at.getAsInt())));
  }

  /**
   * The segment of anybody, such as a user who came later, from what they did.
   *
   * @param history all events of the user, in any order
   * @param tags what the user is interested in, as {@link dev.pushwright.api.UserProfile#tags()}
   *     gives it; may be empty
   * @param at as of when
   * @return the nearest segment with the distance, or empty when there are no events but
   *     impressions, or no segments
   */
  public Optional<SegmentMembership> segmentOf(
      Collection<? extends Event> history, List<Tag> tags, Instant at) {
    return ofCluster.isEmpty()
        ? Optional.empty()
        : Behaviour.of(history, at, zone).map(b -> nearest(features.of(b, tags)));
  }

  /**
   * The segment of anybody, from numbers that sum up what they did.
   *
   * @param behaviour what the user did
   * @param tags what the user is interested in; may be empty
   * @return the nearest segment with the distance, or empty when there are no segments
   */
  public Optional<SegmentMembership> segmentOf(Behaviour behaviour, List<Tag> tags) {
    return ofCluster.isEmpty()
        ? Optional.empty()
        : Optional.of(nearest(features.of(behaviour, tags)));
  }

  @Override
  public UserProfile enrich(UserProfile profile, List<Event> history, Instant at) {
    return segmentOf(history, profile.basis() == Basis.EVERYBODY ? List.of() : profile.tags(), at)
        .map(own -> profile.toBuilder().segment(own.name(), own.distance()).build())
        .orElse(profile);
  }

  private SegmentMembership nearest(float[] point) {
    Assignment assignment = clusters.predict(point);
    return new SegmentMembership(ofCluster.get(assignment.cluster()), assignment.distance());
  }

  /**
   * The segment of each user of the fit.
   *
   * @return the number of the segment for each of {@link #users}; yours
   */
  public int[] numbers() {
    int[] numbers = new int[labels.length];
    for (int u = 0; u < numbers.length; u++) {
      numbers[u] = ofCluster.get(labels[u]).number();
    }
    return numbers;
  }

  /**
   * Writes all of the model.
   *
   * @param out takes the parts
   */
  public void save(ModelWriter out) {
    features.save(out.section("features"));
    out.text("zone", zone.getId());
    users.save(out, "users");
    out.floats("points", points.values(), points.size(), points.dimensions());
    clusters.save(out.section("clusters"));
    SegmentDescriptions.save(out.section("segments"), ofCluster);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in where from
   * @return the model
   * @throws dev.pushwright.io.ModelFormatException when the parts make no sense
   */
  public static SegmentModel read(ModelReader in) {
    UserFeatures features = UserFeatures.read(in.section("features"));
    IdIndex users = IdIndex.read(in, "users");
    float[] values = in.floats("points", users.size(), features.dimensions());
    Points points;
    ZoneId zone;
    try {
      points = Points.of(values, features.dimensions());
      zone = ZoneId.of(in.text("zone"));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw in.damaged("points or zone: " + e.getMessage(), e);
    }
    KMeansModel clusters = KMeansModel.read(in.section("clusters"), features.dimensions());
    if (clusters.labels().length != users.size()) {
      throw in.damaged(
          "there are " + users.size() + " users and " + clusters.labels().length + " labels");
    }
    List<Segment> segments =
        SegmentDescriptions.read(in.section("segments"), clusters.sizes(), users.size());
    return new SegmentModel(features, zone, users, points, clusters, segments);
  }

  @Override
  public String toString() {
    return ofCluster.size() + " segments of " + users.size() + " users";
  }
}
