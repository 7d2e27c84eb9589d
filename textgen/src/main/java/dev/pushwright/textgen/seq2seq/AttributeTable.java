// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The slots and values that a network knows, with their numbers; 0 is what is not known. */
final class AttributeTable {

  private final List<String> slots;
  private final List<String> values;
  private final Map<String, Integer> slotIds = new HashMap<>();
  private final Map<String, Integer> valueIds = new HashMap<>();

  private AttributeTable(List<String> slots, List<String> values) {
    this.slots = List.copyOf(slots);
    this.values = List.copyOf(values);
    for (int s = 0; s < slots.size(); s++) {
      slotIds.put(slots.get(s), s + 1);
    }
    for (int v = 0; v < values.size(); v++) {
      valueIds.put(values.get(v), v + 1);
    }
  }

  static AttributeTable of(Collection<Map<String, String>> sets) {
    TreeSet<String> slots = new TreeSet<>();
    TreeSet<String> values = new TreeSet<>();
    for (Map<String, String> set : sets) {
      set.forEach(
          (slot, value) -> {
            slots.add(slot);
            values.add(value(slot, value));
          });
    }
    return new AttributeTable(List.copyOf(slots), List.copyOf(values));
  }

  private static String value(String slot, String value) {
    return slot + "\t" + value;
  }

  /** How many slots there are numbers for. */
  int slots() {
    return slots.size() + 1;
  }

  /** How many values there are numbers for. */
  int values() {
    return values.size() + 1;
  }

  /** The names of the slots, in order. */
  List<String> slotNames() {
    return slots;
  }

  /** Whether a value was seen in training. */
  boolean knows(String slot, String value) {
    return valueIds.containsKey(value(slot, value));
  }

  /** The numbers of a set; slots that are not known are left out. */
  AttributeSet encode(Map<String, String> set) {
    List<Map.Entry<String, String>> known =
        set.entrySet().stream()
            .filter(entry -> slotIds.containsKey(entry.getKey()))
            .sorted(Map.Entry.comparingByKey())
            .toList();
    if (known.isEmpty()) {
      return new AttributeSet(new int[1], new int[1]);
    }
    return new AttributeSet(
        known.stream().mapToInt(entry -> slotIds.get(entry.getKey())).toArray(),
        known.stream()
            .mapToInt(entry -> valueIds.getOrDefault(value(entry.getKey(), entry.getValue()), 0))
            .toArray());
  }

  void save(ModelWriter out) {
    out.texts("slots", slots).texts("values", values);
  }

  static AttributeTable read(ModelReader in) {
    AttributeTable table = new AttributeTable(in.texts("slots"), in.texts("values"));
    if (table.slotIds.size() != table.slots.size()
        || table.valueIds.size() != table.values.size()) {
      throw in.damaged("slots or values hold a name twice");
    }
    return table;
  }
}
