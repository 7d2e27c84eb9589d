// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import dev.pushwright.math.SparseRows;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * One user as weights on items: what an algorithm sees of a history. The same code makes it from a
 * training row and from a history given at query time, so that both weigh alike to the bit.
 * Positions run from 0 to size − 1, items ascending. Immutable.
 */
public final class UserItems {

  private static final EventType[] TYPES = EventType.values();

  // A row of a matrix, seen where it stands.
  private final SparseRows rows;
  private final int start;
  private final int size;
  // By position in the matrix: the ordinal of an event type.
  private final byte[] types;

  /** The row from {@code start} to {@code end}, without a copy. */
  UserItems(SparseRows rows, int start, int end, byte[] types) {
    this.rows = rows;
    this.start = start;
    this.size = end - start;
    this.types = types;
  }

  /**
   * The weights of a history.
   *
   * @param history events of one user, in any order; searches and items that are not in the index
   *     are passed over
   * @param index the items
   * @param weighting what each event weighs
   * @param at the instant that ages are counted to
   * @return the items whose weight is above 0
   */
  public static UserItems of(
      List<? extends Event> history, IdIndex index, Weighting weighting, Instant at) {
    Accumulator row = new Accumulator(weighting, at);
    row.addAll(history, index);
    SparseRows.Builder rows = SparseRows.builder(index.size());
    int size = row.drain(rows);
    return new UserItems(rows.build(), 0, size, Arrays.copyOf(row.outTypes, size));
  }

  /**
   * How many items have a weight.
   *
   * @return at least 0
   */
  public int size() {
    return size;
  }

  /**
   * The item at a position.
   *
   * @param position from 0 to size − 1
   * @return its dense index
   */
  public int item(int position) {
    return rows.column(start + position);
  }

  /**
   * The weight at a position.
   *
   * @param position from 0 to size − 1
   * @return the weight, above 0
   */
  public float weight(int position) {
    return rows.value(start + position);
  }

  /**
   * The type of the event that weighed most at a position, the earliest of those that weighed the
   * same.
   *
   * @param position from 0 to size − 1
   * @return the type
   */
  public EventType type(int position) {
    return TYPES[types[start + position]];
  }

  /** Joins the events of one user, fed in the order of time, into one weight per item. */
  static final class Accumulator {
    private final Weighting weighting;
    private final Joint joint;
    private final Instant at;
    private int[] items = new int[16];
    private double[] weights = new double[16];
    private byte[] types = new byte[16];
    private int size;
    private long[] order = {};
    byte[] outTypes = {};

    Accumulator(Weighting weighting, Instant at) {
      this.weighting = weighting;
      this.joint = new Joint(weighting.combine());
      this.at = at;
    }

    /** Adds events in any order; searches and items that are not in the index are passed over. */
    void addAll(Collection<? extends Event> events, IdIndex index) {
      List<? extends Event> ordered =
          events.stream().sorted(Comparator.comparing(Event::at)).toList();
      for (Event event : ordered) {
        if (event instanceof Interaction interaction) {
          OptionalInt item = index.find(interaction.itemId());
          if (item.isPresent()) {
            add(
                item.getAsInt(),
                interaction.type(),
                interaction.value(),
                interaction.at().getEpochSecond(),
                interaction.at().getNano());
          }
        }
      }
    }

    void add(int item, EventType type, double value, long second, int nano) {
      double weight = weighting.weigh(type, value, second, nano, at);
      if (weight >= 0) {
        addWeighed(item, type, weight);
      }
    }

    /** Adds what was weighed before. */
    void addWeighed(int item, EventType type, double weight) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
        weights = Arrays.copyOf(weights, size * 2);
        types = Arrays.copyOf(types, size * 2);
      }
      items[size] = item;
      weights[size] = weight;
      types[size++] = (byte) type.ordinal();
    }

    /**
     * Ends the row and empties this. The types of what was added stand in {@link #outTypes}.
     *
     * @return how many items have a weight above 0
     */
    int drain(SparseRows.Builder rows) {
      if (order.length < size) {
        order = new long[items.length];
        outTypes = new byte[items.length];
      }
      for (int i = 0; i < size; i++) {
        order[i] = ((long) items[i] << 32) | i;
      }
      Arrays.sort(order, 0, size);
      int out = 0;
      for (int p = 0; p < size; p++) {
        int item = (int) (order[p] >>> 32);
        int entry = (int) order[p];
        joint.add(weights[entry], types[entry]);
        if (p + 1 == size || (int) (order[p + 1] >>> 32) != item) {
          if (joint.weight() > 0) {
            rows.add(item, joint.weight());
            outTypes[out++] = joint.type();
          }
          joint.clear();
        }
      }
      rows.endRow();
      size = 0;
      return out;
    }
  }
}
