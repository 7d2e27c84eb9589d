// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.spi;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.IdIndex;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.InteractionMatrix;
import dev.pushwright.data.Weighting;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a recommender keeps of the data it was fitted to, so that it answers without them: the ids,
 * each user's weighted items, what each user has seen, and the popularity to fall back to.
 * Immutable.
 *
 * @param matrix each user's weighted items
 * @param seen users × items, 1 where seen
 * @param weighting what gave the weights, and gives those of a history at query time
 * @param at the instant of the last event, which ages are counted to where a query says no other
 * @param popularity what to fall back to
 */
public record TrainedUsers(
    InteractionMatrix matrix,
    SparseRows seen,
    Weighting weighting,
    Instant at,
    Popularity popularity) {

  /**
   * What is to be kept of a data set.
   *
   * @param data the data
   * @param weighting what each event weighs
   * @param segmentBy the user attribute that the popularity is segmented by, or empty
   * @return what a model keeps
   */
  public static TrainedUsers of(Dataset data, Weighting weighting, String segmentBy) {
    InteractionMatrix matrix = data.interactions(weighting);
    return new TrainedUsers(
        matrix, data.seen(), weighting, data.latest(), Popularity.of(data, matrix, segmentBy));
  }

  /**
   * What is to be kept of a data set, as the common options say.
   *
   * @param data the data
   * @param settings the settings of a plug-in that has {@link CommonOptions#WEIGHTS}, {@link
   *     CommonOptions#HALF_LIFE_DAYS}, {@link CommonOptions#COMBINE} and {@link
   *     CommonOptions#SEGMENT_BY}
   * @return what a model keeps
   * @throws IllegalArgumentException as {@link CommonOptions#weighting} does
   */
  public static TrainedUsers of(Dataset data, Settings settings) {
    return of(data, CommonOptions.weighting(settings), settings.get(CommonOptions.SEGMENT_BY));
  }

  /**
   * The same with more events.
   *
   * @param events new events of any users, in any order
   * @return a new record, in which the positions of users and items differ where some are new
   * @throws UnsupportedOperationException see {@link Weighting#fade}
   */
  public TrainedUsers plus(Collection<? extends Event> events) {
    if (events.isEmpty()) {
      return this;
    }
    Instant last = events.stream().map(Event::at).max(Comparator.naturalOrder()).orElse(at);
    Instant now = last.isAfter(at) ? last : at;
    InteractionMatrix joined = matrix.plus(events, weighting, at, now);
    return new TrainedUsers(
        joined, seen(joined, events), weighting, now, popularity.recount(matrix.users(), joined));
  }

  private SparseRows seen(InteractionMatrix joined, Collection<? extends Event> events) {
    Map<String, BitSet> added = new HashMap<>();
    for (Event event : events) {
      if (event instanceof Interaction interaction && interaction.type().marksSeen()) {
        added
            .computeIfAbsent(interaction.userId(), id -> new BitSet())
            .set(joined.items().find(interaction.itemId()).orElseThrow());
      }
    }
    int[] newItem = items().positionsIn(joined.items());
    SparseRows.Builder rows = SparseRows.builder(joined.items().size());
    for (int u = 0; u < joined.users().size(); u++) {
      String id = joined.users().id(u);
      BitSet row = added.getOrDefault(id, new BitSet());
      OptionalInt old = users().find(id);
      if (old.isPresent()) {
        for (int p = seen.start(old.getAsInt()); p < seen.end(old.getAsInt()); p++) {
          row.set(newItem[seen.column(p)]);
        }
      }
      row.stream().forEach(item -> rows.add(item, 1));
      rows.endRow();
    }
    return rows.build();
  }

  /**
   * Writes everything, as the section {@code trained}.
   *
   * @param out the model's writer
   */
  public void save(ModelWriter out) {
    ModelWriter section = out.section("trained");
    matrix.save(section);
    seen.save(section.section("seen"));
    weighting.save(section.section("weighting"));
    section.instant("at", at);
    popularity.save(section.section("popularity"));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the model's reader
   * @return what the model kept
   * @throws dev.pushwright.io.ModelFormatException when the parts are damaged or do not fit
   */
  public static TrainedUsers read(ModelReader in) {
    ModelReader section = in.section("trained");
    InteractionMatrix matrix = InteractionMatrix.read(section);
    int users = matrix.users().size();
    int items = matrix.items().size();
    return new TrainedUsers(
        matrix,
        SparseRows.read(section.section("seen"), users, items),
        Weighting.read(section.section("weighting")),
        section.instant("at"),
        Popularity.read(section.section("popularity"), users, items));
  }

  /**
   * The users.
   *
   * @return the index of user ids
   */
  public IdIndex users() {
    return matrix.users();
  }

  /**
   * The items.
   *
   * @return the index of item ids
   */
  public IdIndex items() {
    return matrix.items();
  }
}
