// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was read so far, before it is cleaned: rows in columns, about 75 bytes each, and facts on
 * items and users. Not thread-safe.
 */
final class Staged {

  /** Stands for a user or an item that a row does not have. */
  static final int NONE = -1;

  /** The property under which titles are voted on; no attribute is called so. */
  static final String TITLE = "";

  final Dictionary users = new Dictionary();
  final Dictionary items = new Dictionary();
  final Dictionary queries = new Dictionary();

  final Votes itemFacts = new Votes();
  final Votes userFacts = new Votes();
  final Map<Integer, Set<String>> tags = new HashMap<>();
  // Items and users that have a row of their own, beside those that only events name.
  final Set<Integer> declaredItems = new LinkedHashSet<>();
  final Set<Integer> declaredUsers = new LinkedHashSet<>();

  int size;
  int[] file = new int[1024];
  long[] line = new long[1024];
  int[] user = new int[1024];
  int[] item = new int[1024];
  int[] query = new int[1024];
  EventType[] type = new EventType[1024];
  double[] value = new double[1024];
  double[] price = new double[1024];
  long[] second = new long[1024];
  int[] nano = new int[1024];
  byte[] flags = new byte[1024];

  /** The row takes purchases back; its value is how many. */
  static final byte CANCELS = 1;

  /** The value is missing and to be imputed. */
  static final byte VALUE_MISSING = 2;

  /** The price is missing and to be imputed. */
  static final byte PRICE_MISSING = 4;

  /** The price was filled in, not read. */
  static final byte PRICE_IMPUTED = 8;

  /** The row tells a price only: it is no event. */
  static final byte PRICE_ONLY = 16;

  /** The row was accounted for as merged or rejected. */
  static final byte GONE = 32;

  boolean is(int row, byte flag) {
    return (flags[row] & flag) != 0;
  }

  void set(int row, byte flag) {
    flags[row] |= flag;
  }

  /** A new row, for the caller to fill in; it has no user, no item, no query and no price. */
  int add() {
    if (size == line.length) {
      grow(size + (size >> 1));
    }
    user[size] = NONE;
    item[size] = NONE;
    query[size] = NONE;
    type[size] = EventType.VIEW;
    value[size] = 1;
    price[size] = Double.NaN;
    return size++;
  }

  private void grow(int capacity) {
    file = Arrays.copyOf(file, capacity);
    line = Arrays.copyOf(line, capacity);
    user = Arrays.copyOf(user, capacity);
    item = Arrays.copyOf(item, capacity);
    query = Arrays.copyOf(query, capacity);
    type = Arrays.copyOf(type, capacity);
    value = Arrays.copyOf(value, capacity);
    price = Arrays.copyOf(price, capacity);
    second = Arrays.copyOf(second, capacity);
    nano = Arrays.copyOf(nano, capacity);
    flags = Arrays.copyOf(flags, capacity);
  }

  /** The money of a row: of a purchase price times quantity, of anything else none. */
  double amount(int row) {
    return type[row] == EventType.PURCHASE && !Double.isNaN(price[row])
        ? price[row] * value[row]
        : 0;
  }

  /** Rows by time, those of one instant in the order in which they came. */
  int compareTime(int a, int b) {
    int order = Long.compare(second[a], second[b]);
    order = order != 0 ? order : Integer.compare(nano[a], nano[b]);
    return order != 0 ? order : Integer.compare(a, b);
  }
}
