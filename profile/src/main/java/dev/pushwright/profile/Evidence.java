// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.ProfileEvidence;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Search;
import dev.pushwright.data.Weighting.Combine;
import dev.pushwright.profile.text.SparseVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a tag comes from: the part of its weight that each event, or each mark, accounts for. The
 * weight of a thing belongs to the events about it as they were joined: to each its own part of a
 * sum, to the heaviest or the last alone where only that counts, to all alike where any counts as
 * 1.
 */
final class Evidence {

  /** An event, or several that are told together. */
  private record Part(Mark mark, String about, Instant at) {}

  private static final Comparator<ProfileEvidence> LARGEST_FIRST =
      Comparator.comparingDouble(ProfileEvidence::share)
          .reversed()
          .thenComparing(Comparator.comparing(ProfileEvidence::at).reversed())
          .thenComparing(ProfileEvidence::about)
          .thenComparing(ProfileEvidence::type);

  private final Interests interests;
  private final Folding folding;
  private final Fading fading;

  Evidence(Interests interests, Folding folding, Fading fading) {
    this.interests = interests;
    this.folding = folding;
    this.fading = fading;
  }

  /** By mark. */
  List<ProfileEvidence> of(Behaviour behaviour, String tag, Instant at) {
    List<Part> parts = new ArrayList<>();
    for (int p = 0; p < behaviour.marks().size(); p++) {
      Mark mark = behaviour.marks().mark(p);
      parts.add(new Part(mark, interests.about(mark.key, behaviour), mark.at()));
    }
    return shares(parts, behaviour, tag, at);
  }

  /** Event by event. */
  List<ProfileEvidence> of(List<? extends Event> history, String tag, Instant at) {
    List<Part> parts = new ArrayList<>();
    List<SparseVector> queries = new ArrayList<>();
    for (Event event : folding.sorted(history)) {
      int key = interests.key(event, queries);
      if (key >= 0 && folding.weighs(event)) {
        Instant when = event.at().isAfter(at) ? at : event.at();
        Mark mark =
            new Mark(
                key, event.type(), fading.fresh(event), when.getEpochSecond(), when.getNano(), 1);
        String about =
            event instanceof Interaction interaction
                ? interaction.itemId()
                : ((Search) event).query();
        parts.add(new Part(mark, about, event.at()));
      }
    }
    // Stable: of one thing, the events stay in their order.
    parts.sort(Comparator.comparingInt(part -> part.mark().key));
    return shares(parts, Behaviour.NONE.withQueries(queries), tag, at);
  }

  /** Of parts ordered by key, and within a key by time where that counts. */
  private List<ProfileEvidence> shares(
      List<Part> parts, Behaviour behaviour, String tag, Instant at) {
    Marks marks = Marks.of(parts.stream().map(Part::mark).toArray(Mark[]::new), 0, parts.size());
    IntPredicate about = key -> interests.value(key, behaviour, tag) > 0;
    double[] weights = EventWeights.faded(marks, about, fading, at);
    for (int from = 0; from < weights.length; ) {
      int to = from;
      while (to < weights.length && marks.key(to) == marks.key(from)) {
        to++;
      }
      join(weights, parts, from, to);
      from = to;
    }
    double total = 0;
    for (int p = 0; p < weights.length; p++) {
      weights[p] *= interests.value(marks.key(p), behaviour, tag);
      total += weights[p];
    }
    List<ProfileEvidence> evidence = new ArrayList<>();
    for (int p = 0; p < weights.length; p++) {
      if (weights[p] > 0) {
        Part part = parts.get(p);
        evidence.add(
            new ProfileEvidence(
                part.mark().type(),
                part.about(),
                part.at(),
                part.mark().events(),
                weights[p] / total));
      }
    }
    evidence.sort(LARGEST_FIRST);
    return List.copyOf(evidence);
  }

  /** Leaves to each part of one key what it accounts for. */
  private void join(double[] weights, List<Part> parts, int from, int to) {
    Combine combine = fading.combine();
    if (combine == Combine.SUM) {
      return;
    }
    if (combine == Combine.BINARY) {
      int events = 0;
      for (int p = from; p < to; p++) {
        events += parts.get(p).mark().weight() > 0 ? parts.get(p).mark().events() : 0;
      }
      for (int p = from; p < to; p++) {
        Mark mark = parts.get(p).mark();
        weights[p] = mark.weight() > 0 ? (double) mark.events() / events : 0;
      }
      return;
    }
    int counts = to - 1;
    if (combine == Combine.MAX) {
      for (int p = to - 1; p >= from; p--) {
        counts = weights[p] > weights[counts] ? p : counts;
      }
    }
    for (int p = from; p < to; p++) {
      weights[p] = p == counts ? weights[p] : 0;
    }
  }
}
