// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users of the training data: what is kept of each one's behaviour, the time zone and the
 * segment. Immutable.
 */
final class People {

  private final IdIndex ids;
  private final Behaviour[] behaviours;
  private final @Nullable ZoneId[] zones;
  private final @Nullable String[] segments;

  private People(
      IdIndex ids, Behaviour[] behaviours, @Nullable ZoneId[] zones, @Nullable String[] segments) {
    this.ids = ids;
    this.behaviours = behaviours;
    this.zones = zones;
    this.segments = segments;
  }

  /**
   * The users of a data set.
   *
   * @param data whose records say zone and segment
   * @param behaviours one for each user; not copied
   * @param segmentBy the attribute that names the segment, or empty for no segments
   */
  static People of(Dataset data, Behaviour[] behaviours, String segmentBy) {
    int n = behaviours.length;
    @Nullable ZoneId[] zones = new @Nullable ZoneId[n];
    @Nullable String[] segments = new @Nullable String[n];
    for (int u = 0; u < n; u++) {
      User user = data.userRecords().get(u);
      zones[u] = user.zone().orElse(null);
      segments[u] = segment(user, segmentBy).orElse(null);
    }
    return new People(data.users(), behaviours, zones, segments);
  }

  /** The segment that a record says. */
  static Optional<String> segment(User user, String segmentBy) {
    return segmentBy.isEmpty() ? Optional.empty() : user.attribute(segmentBy);
  }

  /** People of whom nothing is kept but their ids. */
  static People strangers(IdIndex ids) {
    Behaviour[] nothing = new Behaviour[ids.size()];
    Arrays.fill(nothing, Behaviour.NONE);
    return new People(
        ids, nothing, new @Nullable ZoneId[ids.size()], new @Nullable String[ids.size()]);
  }

  IdIndex ids() {
    return ids;
  }

  int size() {
    return behaviours.length;
  }

  Behaviour behaviour(int user) {
    return behaviours[user];
  }

  Optional<ZoneId> zone(int user) {
    return Optional.ofNullable(zones[user]);
  }

  Optional<String> segment(int user) {
    return Optional.ofNullable(segments[user]);
  }

  /** Everything but the ids. */
  void save(ModelWriter out) {
    BehaviourFile.save(out, behaviours);
    names(out.section("zones"), zones);
    names(out.section("segments"), segments);
  }

  private static void names(ModelWriter out, @Nullable Object[] values) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    int[] ofUser = new int[values.length];
    for (int u = 0; u < values.length; u++) {
      Object value = values[u];
      ofUser[u] =
          value == null
              ? -1
              : positions.computeIfAbsent(value.toString(), name -> positions.size());
    }
    out.texts("names", List.copyOf(positions.keySet())).ints("ofUser", ofUser);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @param ids the users
   * @param keys how many things marks can be about
   * @param categories how many categories there are
   */
  static People read(ModelReader in, IdIndex ids, int keys, int categories) {
    Behaviour[] behaviours = BehaviourFile.read(in, ids.size(), keys, categories);
    @Nullable String[] zoneNames = names(in.section("zones"), ids.size());
    @Nullable ZoneId[] zones = new @Nullable ZoneId[zoneNames.length];
    Map<String, ZoneId> known = new LinkedHashMap<>();
    for (int u = 0; u < zones.length; u++) {
      String name = zoneNames[u];
      if (name != null) {
        try {
          zones[u] = known.computeIfAbsent(name, ZoneId::of);
        } catch (DateTimeException e) {
          throw in.damaged("zone of user " + u + " is \"" + name + "\"", e);
        }
      }
    }
    return new People(ids, behaviours, zones, names(in.section("segments"), ids.size()));
  }

  private static @Nullable String[] names(ModelReader in, int users) {
    List<String> names = new ArrayList<>(in.texts("names"));
    int[] ofUser = in.ints("ofUser", users);
    @Nullable String[] out = new @Nullable String[users];
    for (int u = 0; u < users; u++) {
      if (ofUser[u] < -1 || ofUser[u] >= names.size()) {
        throw in.damaged("ofUser holds " + ofUser[u] + " of " + names.size());
      }
      out[u] = ofUser[u] < 0 ? null : names.get(ofUser[u]);
    }
    return out;
  }
}
