// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import com.google.common.base.Preconditions;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Weighting.Combine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What a user's events have left, by the thing they are about and by type: {@link Mark}s in the
 * order of key and type. Immutable; 33 bytes each.
 */
final class Marks {

  static final Marks NONE = new Marks(0);

  private static final EventType[] TYPES = EventType.values();

  private final int[] keys;
  private final byte[] types;
  private final double[] weights;
  private final long[] seconds;
  private final int[] nanos;
  private final int[] events;

  private Marks(int size) {
    this.keys = new int[size];
    this.types = new byte[size];
    this.weights = new double[size];
    this.seconds = new long[size];
    this.nanos = new int[size];
    this.events = new int[size];
  }

  private void set(int position, Mark mark) {
    keys[position] = mark.key;
    types[position] = (byte) mark.type().ordinal();
    weights[position] = mark.weight();
    seconds[position] = mark.second();
    nanos[position] = mark.nano();
    events[position] = mark.events();
  }

  private void copy(Marks from, int fromPosition, int toPosition, int length) {
    System.arraycopy(from.keys, fromPosition, keys, toPosition, length);
    System.arraycopy(from.types, fromPosition, types, toPosition, length);
    System.arraycopy(from.weights, fromPosition, weights, toPosition, length);
    System.arraycopy(from.seconds, fromPosition, seconds, toPosition, length);
    System.arraycopy(from.nanos, fromPosition, nanos, toPosition, length);
    System.arraycopy(from.events, fromPosition, events, toPosition, length);
  }

  int size() {
    return keys.length;
  }

  int key(int position) {
    return keys[position];
  }

  int type(int position) {
    return types[position];
  }

  double weight(int position) {
    return weights[position];
  }

  long second(int position) {
    return seconds[position];
  }

  int nano(int position) {
    return nanos[position];
  }

  Mark mark(int position) {
    return new Mark(
        keys[position],
        TYPES[types[position]],
        weights[position],
        seconds[position],
        nanos[position],
        events[position]);
  }

  /** Where the mark of a key and a type is, or −1 − where it would be. */
  private int find(int key, EventType type, Combine combine) {
    int low = 0;
    int high = keys.length - 1;
    // Where only the last event counts, a key has one mark, whatever its type.
    int ordinal = combine == Combine.LAST ? -1 : type.ordinal();
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compare(keys[middle], key);
      if (order == 0 && ordinal >= 0) {
        order = Integer.compare(types[middle], ordinal);
      }
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** These marks after one event more; see {@link Mark#add}. */
  Marks plus(
      int key,
      EventType type,
      double fresh,
      long second,
      int nano,
      double halfLifeDays,
      Combine combine) {
    int found = find(key, type, combine);
    int at = found >= 0 ? found : -1 - found;
    Mark mark = found >= 0 ? mark(found) : new Mark(key, type);
    mark.add(type, fresh, second, nano, halfLifeDays, combine);
    Marks out = new Marks(keys.length + (found >= 0 ? 0 : 1));
    if (found >= 0) {
      out.copy(this, 0, 0, keys.length);
    } else {
      out.copy(this, 0, 0, at);
      out.copy(this, at, at + 1, keys.length - at);
    }
    out.set(at, mark);
    return out;
  }

  /** Collects the marks of many events. */
  static final class Builder {
    private final Combine combine;
    private final Map<Long, Mark> marks = new HashMap<>();

    Builder(Combine combine) {
      this.combine = combine;
    }

    /** Takes in an event; see {@link Mark#add}. */
    void add(int key, EventType type, double fresh, long second, int nano, double halfLifeDays) {
      long code = ((long) key << 8) | (combine == Combine.LAST ? 0 : type.ordinal());
      marks
          .computeIfAbsent(code, c -> new Mark(key, type))
          .add(type, fresh, second, nano, halfLifeDays, combine);
    }

    Marks build() {
      if (marks.isEmpty()) {
        return NONE;
      }
      Mark[] sorted = marks.values().toArray(Mark[]::new);
      Arrays.sort(
          sorted, Comparator.<Mark>comparingInt(mark -> mark.key).thenComparing(Mark::type));
      return of(sorted, 0, sorted.length);
    }
  }

  /** The marks of a range, in the order of key and type, each pair once. */
  static Marks of(Mark[] sorted, int from, int to) {
    Preconditions.checkPositionIndexes(from, to, sorted.length);
    Marks out = new Marks(to - from);
    for (int p = from; p < to; p++) {
      out.set(p - from, sorted[p]);
    }
    return out;
  }
}
