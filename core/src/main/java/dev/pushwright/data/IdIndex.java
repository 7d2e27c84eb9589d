// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import com.google.common.collect.Maps;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * String ids as dense integers 0 … size − 1 and back. The integers follow the order of the ids
 * ({@link String#compareTo}), so that a tie broken by the smaller integer is a tie broken by id,
 * and the index does not depend on the order in which the data arrived. Immutable.
 */
public final class IdIndex {

  private final String[] ids;
  private final Map<String, Integer> positions;

  private IdIndex(String[] sortedIds) {
    this.ids = sortedIds;
    this.positions = Maps.newHashMapWithExpectedSize(ids.length);
    for (int i = 0; i < ids.length; i++) {
      positions.put(ids[i], i);
    }
  }

  /**
   * An index of the given ids.
   *
   * @param ids the ids, in any order; repeated ones count once
   * @return the index
   */
  public static IdIndex of(Collection<String> ids) {
    return new IdIndex(ids.stream().distinct().sorted().toArray(String[]::new));
  }

  /**
   * An index of these ids and more.
   *
   * @param more ids, some of which may be here already
   * @return this when all are here, else a new index, in which positions may differ
   */
  public IdIndex plus(Collection<String> more) {
    List<String> added = more.stream().filter(id -> !contains(id)).toList();
    return added.isEmpty() ? this : of(Stream.concat(Arrays.stream(ids), added.stream()).toList());
  }

  /**
   * Where these ids are in another index.
   *
   * @param other an index that has them all
   * @return the position in {@code other}, by position here
   * @throws IllegalArgumentException when an id is not there
   */
  public int[] positionsIn(IdIndex other) {
    int[] out = new int[ids.length];
    for (int i = 0; i < out.length; i++) {
      String id = ids[i];
      out[i] =
          other
              .find(id)
              .orElseThrow(() -> new IllegalArgumentException("the other index has no " + id));
    }
    return out;
  }

  /**
   * How many ids there are.
   *
   * @return the number of ids
   */
  public int size() {
    return ids.length;
  }

  /**
   * The id at a position.
   *
   * @param index from 0 to size − 1
   * @return the id
   */
  public String id(int index) {
    return ids[index];
  }

  /**
   * The position of an id.
   *
   * @param id any text
   * @return its position, or empty when the id is not here
   */
  public OptionalInt find(String id) {
    Integer index = positions.get(id);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * Whether an id is here.
   *
   * @param id any text
   * @return whether it is
   */
  public boolean contains(String id) {
    return positions.containsKey(id);
  }

  /**
   * All ids in order.
   *
   * @return an unmodifiable list
   */
  public List<String> ids() {
    return Collections.unmodifiableList(Arrays.asList(ids));
  }

  /**
   * Writes the ids.
   *
   * @param out where to
   * @param name a name that is not taken
   */
  public void save(ModelWriter out, String name) {
    out.texts(name, ids());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param in where from
   * @param name the name it was written under
   * @return the index
   * @throws dev.pushwright.io.ModelFormatException when the ids are not in order, or one is blank
   */
  public static IdIndex read(ModelReader in, String name) {
    String[] ids = in.texts(name).toArray(String[]::new);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i].isBlank() || (i > 0 && ids[i - 1].compareTo(ids[i]) >= 0)) {
        throw in.damaged(name + ": id " + i + " is \"" + ids[i] + "\", blank or out of order");
      }
    }
    return new IdIndex(ids);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IdIndex other && Arrays.equals(ids, other.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return ids.length + " ids";
  }
}
