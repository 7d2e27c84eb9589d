// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.math.SparseRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Who did how much with which item: the weights of a {@link Dataset} under a {@link Weighting}, as
 * a sparse matrix in both orientations. There is no orientation to get wrong: ask {@link #byUser()}
 * or {@link #byItem()}. Immutable.
 */
public final class InteractionMatrix {

  private static final EventType[] TYPES = EventType.values();

  // The largest value by the largest rule, a million times: what is read beyond it is damage, and
  // would make scores overflow.
  private static final float MAX_WEIGHT = 1e30f;

  private final IdIndex users;
  private final IdIndex items;
  private final SparseRows byUser;
  private final SparseRows byItem;
  // By position in byUser: the ordinal of the heaviest event's type.
  private final byte[] types;

  private InteractionMatrix(
      IdIndex users, IdIndex items, SparseRows byUser, SparseRows byItem, byte[] types) {
    this.users = users;
    this.items = items;
    this.byUser = byUser;
    this.byItem = byItem;
    this.types = types;
  }

  private static InteractionMatrix of(
      IdIndex users, IdIndex items, SparseRows byUser, byte[] types) {
    return new InteractionMatrix(users, items, byUser, byUser.transpose(), types);
  }

  static InteractionMatrix of(Dataset data, Weighting weighting, Instant at) {
    WeighedEvents events = data.weighed(weighting, at);
    return new InteractionMatrix(
        data.users(), data.items(), events.byUser(), events.byItem(), events.types());
  }

  /**
   * The users, one row each of {@link #byUser()}.
   *
   * @return the index
   */
  public IdIndex users() {
    return users;
  }

  /**
   * The items, one row each of {@link #byItem()}.
   *
   * @return the index
   */
  public IdIndex items() {
    return items;
  }

  /**
   * The weights, a row for each user, a column for each item.
   *
   * @return users × items
   */
  public SparseRows byUser() {
    return byUser;
  }

  /**
   * The weights, a row for each item, a column for each user.
   *
   * @return items × users
   */
  public SparseRows byItem() {
    return byItem;
  }

  /**
   * One user's row.
   *
   * @param user the user's dense index
   * @return the items with their weights and heaviest event types
   */
  public UserItems row(int user) {
    return new UserItems(byUser, byUser.start(user), byUser.end(user), types);
  }

  /**
   * This matrix with more events. Positions differ where users or items are new. Of weights joined
   * before, the type that {@link #row} names is the one named so far, unless a new event alone
   * weighs more than all before together.
   *
   * @param events new events of any users, in any order
   * @param weighting the one that gave these weights
   * @param from the instant the ages of these weights were counted to
   * @param at the instant that ages are counted to from now on, not before {@code from}
   * @return a new matrix
   * @throws UnsupportedOperationException see {@link Weighting#fade}
   */
  public InteractionMatrix plus(
      Collection<? extends Event> events, Weighting weighting, Instant from, Instant at) {
    double fade = weighting.fade(from, at);
    Map<String, List<Event>> ofUser = new HashMap<>();
    List<String> itemIds = new ArrayList<>();
    for (Event event : events) {
      ofUser.computeIfAbsent(event.userId(), id -> new ArrayList<>()).add(event);
      if (event instanceof Interaction interaction) {
        itemIds.add(interaction.itemId());
      }
    }
    IdIndex newUsers = users.plus(ofUser.keySet());
    IdIndex newItems = items.plus(itemIds);
    int[] newItem = items.positionsIn(newItems);
    SparseRows.Builder rows = SparseRows.builder(newItems.size());
    byte[] newTypes = new byte[byUser.size() + events.size()];
    int position = 0;
    UserItems.Accumulator accumulator = new UserItems.Accumulator(weighting, at);
    for (int u = 0; u < newUsers.size(); u++) {
      OptionalInt old = users.find(newUsers.id(u));
      if (old.isPresent()) {
        for (int p = byUser.start(old.getAsInt()); p < byUser.end(old.getAsInt()); p++) {
          accumulator.addWeighed(
              newItem[byUser.column(p)], TYPES[types[p]], fade * byUser.value(p));
        }
      }
      accumulator.addAll(ofUser.getOrDefault(newUsers.id(u), List.of()), newItems);
      int size = accumulator.drain(rows);
      System.arraycopy(accumulator.outTypes, 0, newTypes, position, size);
      position += size;
    }
    return of(newUsers, newItems, rows.build(), Arrays.copyOf(newTypes, position));
  }

  /**
   * Writes ids, weights by user, and of each weight the type of the heaviest event, as a position
   * in {@code typeNames}.
   *
   * @param out a section of its own
   */
  public void save(ModelWriter out) {
    users.save(out, "users");
    items.save(out, "items");
    byUser.save(out.section("weights"));
    out.bytes("types", types).texts("typeNames", Arrays.stream(TYPES).map(Enum::name).toList());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in the section
   * @return the matrix
   * @throws dev.pushwright.io.ModelFormatException when it is no such matrix
   */
  public static InteractionMatrix read(ModelReader in) {
    IdIndex users = IdIndex.read(in, "users");
    IdIndex items = IdIndex.read(in, "items");
    SparseRows byUser = SparseRows.read(in.section("weights"), users.size(), items.size());
    for (int p = 0; p < byUser.size(); p++) {
      if (!(byUser.value(p) > 0 && byUser.value(p) <= MAX_WEIGHT)) {
        throw in.damaged("weights hold " + byUser.value(p) + ", which no event can weigh");
      }
    }
    // By name, for a later version may list the types in another order.
    List<String> names = in.texts("typeNames");
    byte[] types = in.bytes("types", byUser.size());
    for (int p = 0; p < types.length; p++) {
      int type = Byte.toUnsignedInt(types[p]);
      if (type >= names.size()) {
        throw in.damaged("types hold " + type + ", and there are " + names.size() + " names");
      }
      types[p] = (byte) type(in, names.get(type)).ordinal();
    }
    return of(users, items, byUser, types);
  }

  private static EventType type(ModelReader in, String name) {
    for (EventType type : TYPES) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw in.damaged("typeNames hold \"" + name + "\", which is no event type of this version");
  }

  @Override
  public String toString() {
    return users.size() + " users x " + items.size() + " items, " + byUser.size() + " pairs";
  }
}
