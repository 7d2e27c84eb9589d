// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.TrainedUsers;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The ratings that a neighbourhood model predicts from: what users gave in {@link EventType#RATING}
 * events, the last for each item, whatever the model's weights make of them. Where the data hold no
 * rating, and where weights are ranked by as ratings, the weights are the ratings. Immutable.
 *
 * @param byUser users × items
 * @param own whether they are other than the model's weights, and have to be kept beside them
 */
record Explicit(SparseRows byUser, boolean own) {

  private static final Weighting AS_GIVEN =
      Ratings.WEIGHTS.defaultValue().withCombine(Ratings.COMBINE.defaultValue());

  static Explicit of(Dataset data, TrainedUsers trained, RankBy rankBy) {
    return rankBy == RankBy.RATING
            || !data.hasEvent(EventType.RATING)
            || trained.weighting().equals(AS_GIVEN)
        ? weights(trained)
        : new Explicit(data.interactions(AS_GIVEN).byUser(), true);
  }

  private static Explicit weights(TrainedUsers trained) {
    return new Explicit(trained.matrix().byUser(), false);
  }

  void save(ModelWriter out) {
    out.text("ratings", own ? "own" : "weights");
    if (own) {
      byUser.save(out.section("ratings"));
    }
  }

  static Explicit read(ModelReader in, TrainedUsers trained) {
    if (in.text("ratings").equals("weights")) {
      return weights(trained);
    }
    SparseRows byUser =
        SparseRows.read(in.section("ratings"), trained.users().size(), trained.items().size());
    for (int p = 0; p < byUser.size(); p++) {
      if (!(byUser.value(p) > 0 && byUser.value(p) <= Interaction.MAX_VALUE)) {
        throw in.damaged("ratings hold " + byUser.value(p));
      }
    }
    return new Explicit(byUser, true);
  }

  /**
   * The same with more events.
   *
   * @param events the events
   * @param rankBy as given to {@link #of}
   * @param before users and items of these ratings
   * @param after the same after the events
   */
  Explicit plus(
      Collection<? extends Event> events, RankBy rankBy, TrainedUsers before, TrainedUsers after) {
    Map<Integer, TreeMap<Integer, Float>> changed = new HashMap<>();
    int[] item = before.items().positionsIn(after.items());
    events.stream()
        .filter(event -> event.type() == EventType.RATING)
        .sorted(Comparator.comparing(Event::at))
        .map(Interaction.class::cast)
        .forEach(
            rating ->
                changed
                    .computeIfAbsent(
                        after.users().find(rating.userId()).orElseThrow(),
                        user -> ratings(before.users().find(rating.userId()), item))
                    .put(
                        after.items().find(rating.itemId()).orElseThrow(), (float) rating.value()));
    if (rankBy == RankBy.RATING
        || before.weighting().equals(AS_GIVEN)
        || (!own && changed.isEmpty())) {
      return weights(after);
    }
    SparseRows.Builder rows = SparseRows.builder(after.items().size());
    for (int u = 0; u < after.users().size(); u++) {
      TreeMap<Integer, Float> row = changed.get(u);
      if (row == null) {
        row = ratings(before.users().find(after.users().id(u)), item);
      }
      row.forEach(
          (i, rating) -> {
            if (rating > 0) {
              rows.add(i, rating);
            }
          });
      rows.endRow();
    }
    return new Explicit(rows.build(), true);
  }

  private TreeMap<Integer, Float> ratings(OptionalInt user, int[] item) {
    TreeMap<Integer, Float> row = new TreeMap<>();
    if (own && user.isPresent()) {
      for (int p = byUser.start(user.getAsInt()); p < byUser.end(user.getAsInt()); p++) {
        row.put(item[byUser.column(p)], byUser.value(p));
      }
    }
    return row;
  }
}
