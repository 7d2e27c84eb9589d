// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.math.SparseRows;
import java.time.Instant;

/**
 * Who did how much with which item: the weights of a {@link Dataset} under a {@link Weighting}, as
 * a sparse matrix in both orientations. There is no orientation to get wrong: ask {@link #byUser()}
 * or {@link #byItem()}. Immutable.
 */
public final class InteractionMatrix {

  private static final EventType[] TYPES = EventType.values();

  private final IdIndex users;
  private final IdIndex items;
  private final SparseRows byUser;
  private final SparseRows byItem;
  // By position in byUser: the ordinal of the heaviest event's type.
  private final byte[] types;

  private InteractionMatrix(IdIndex users, IdIndex items, SparseRows byUser, byte[] types) {
    this.users = users;
    this.items = items;
    this.byUser = byUser;
    this.byItem = byUser.transpose();
    this.types = types;
  }

  static InteractionMatrix of(Dataset data, Weighting weighting, Instant at) {
    SparseRows.Builder rows = SparseRows.builder(data.items().size());
    byte[] types = new byte[Math.max(16, data.eventCount())];
    int position = 0;
    UserItems.Accumulator accumulator = new UserItems.Accumulator(weighting, at);
    for (int user = 0; user < data.users().size(); user++) {
      data.feed(user, accumulator);
      UserItems row = accumulator.drain();
      for (int p = 0; p < row.size(); p++) {
        rows.add(row.item(p), row.weight(p));
        types[position++] = (byte) row.type(p).ordinal();
      }
      rows.endRow();
    }
    return new InteractionMatrix(
        data.users(), data.items(), rows.build(), java.util.Arrays.copyOf(types, position));
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
    int start = byUser.start(user);
    EventType[] rowTypes = new EventType[byUser.end(user) - start];
    for (int p = 0; p < rowTypes.length; p++) {
      rowTypes[p] = TYPES[types[start + p]];
    }
    return UserItems.of(byUser.rowColumns(user), byUser.rowValues(user), rowTypes);
  }

  @Override
  public String toString() {
    return users.size() + " users x " + items.size() + " items, " + byUser.size() + " pairs";
  }
}
