// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.User;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The most frequent segments of users, and which attribute of a user names one. Immutable. */
final class Segments {

  /** How many are told apart at most. */
  static final int MOST = 64;

  private final String attribute;
  private final IdIndex names;

  private Segments(String attribute, IdIndex names) {
    this.attribute = attribute;
    this.names = names;
  }

  static Segments fit(Dataset data, String segmentBy) {
    Map<String, Integer> counts = new TreeMap<>();
    if (!segmentBy.isEmpty()) {
      for (User user : data.userRecords()) {
        user.attribute(segmentBy)
            .filter(segment -> !segment.isBlank())
            .ifPresent(segment -> counts.merge(segment, 1, Integer::sum));
      }
    }
    return new Segments(
        segmentBy,
        IdIndex.of(
            counts.entrySet().stream()
                .sorted(
                    Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList()));
  }

  int size() {
    return names.size();
  }

  /** The place of a segment; empty for one that is not among them. */
  OptionalInt find(String segment) {
    return names.find(segment);
  }

  /** The segment of a user in the records. */
  Optional<String> of(User user) {
    return attribute.isEmpty() ? Optional.empty() : user.attribute(attribute);
  }

  void save(ModelWriter out) {
    names.save(out, "segments");
  }

  static Segments read(ModelReader in, String attribute) {
    IdIndex names = IdIndex.read(in, "segments");
    if (names.size() > MOST) {
      throw in.damaged("segments are " + names.size() + "; " + MOST + " at most are told apart");
    }
    return new Segments(attribute, names);
  }
}
