// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.textgen.copy.CopyPair;
import dev.pushwright.textgen.copy.MessageSlots;
import dev.pushwright.textgen.copy.SlotKind;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a network is told of attributes, as numbers: of a copied slot that it is there, of another
 * its value. Values that were in no text to learn from are left out. Immutable.
 */
final class Conditions {

  /** The slot of what is so for any language and occasion. */
  static final String ANY = "";

  private static final char IS = '=';

  private final SlotRules rules;
  private final Vocabulary known;

  private Conditions(SlotRules rules, Vocabulary known) {
    this.rules = rules;
    this.known = known;
  }

  /** Those that occur. */
  static Conditions of(List<CopyPair> pairs, SlotRules rules) {
    List<List<String>> all = new ArrayList<>();
    for (CopyPair pair : pairs) {
      for (String slot : pair.attributes().keySet()) {
        if (slot.indexOf(IS) >= 0) {
          throw new IllegalArgumentException(
              "a slot is named \"" + slot + "\"; a name without = is needed");
        }
      }
      all.add(names(rules.delexicalize(pair.attributes())));
    }
    return new Conditions(rules, Vocabulary.of(all, 1));
  }

  private static List<String> names(Map<String, String> told) {
    List<String> names = new ArrayList<>();
    told.forEach((slot, value) -> names.add(value.isEmpty() ? slot : slot + IS + value));
    return names;
  }

  SlotRules rules() {
    return rules;
  }

  /** How many numbers there are. */
  int size() {
    return known.size();
  }

  /** The numbers of attributes, in the order of the slots' names. */
  int[] encode(Map<String, String> attributes) {
    return names(rules.delexicalize(attributes)).stream()
        .mapToInt(known::id)
        .filter(id -> id != Vocabulary.UNKNOWN)
        .toArray();
  }

  /** The slot of a number. */
  String slot(int condition) {
    String name = known.token(condition);
    return name.indexOf(IS) < 0 ? name : name.substring(0, name.indexOf(IS));
  }

  /** The value of a number; empty for that of a copied slot. */
  String value(int condition) {
    String name = known.token(condition);
    return name.indexOf(IS) < 0 ? "" : name.substring(name.indexOf(IS) + 1);
  }

  /** Whether a number is that of a copied slot. */
  boolean isCopied(int condition) {
    return rules.kind(slot(condition)) == SlotKind.COPY;
  }

  /** What some numbers say of language and occasion, by slot; {@link #ANY} is among the slots. */
  Map<String, String> setting(int[] some) {
    Map<String, String> setting = new TreeMap<>(Map.of(ANY, ""));
    for (int condition : some) {
      String slot = slot(condition);
      if (slot.equals(MessageSlots.LANGUAGE) || slot.equals(MessageSlots.OCCASION)) {
        setting.put(slot, value(condition));
      }
    }
    return setting;
  }

  void save(ModelWriter out) {
    known.save(out, "known");
    List<String> slots = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    rules
        .kinds()
        .forEach(
            (slot, kind) -> {
              slots.add(slot);
              kinds.add(kind.name());
            });
    out.texts("slots", slots).texts("kinds", kinds).text("others", rules.others().name());
  }

  static Conditions read(ModelReader in) {
    Vocabulary known = Vocabulary.read(in, "known");
    List<String> slots = in.texts("slots");
    List<String> kinds = in.texts("kinds", slots.size());
    SlotRules.Builder rules = SlotRules.builder().others(kind(in, in.text("others")));
    for (int s = 0; s < slots.size(); s++) {
      rules.kind(slots.get(s), kind(in, kinds.get(s)));
    }
    return new Conditions(rules.build(), known);
  }

  private static SlotKind kind(ModelReader in, String name) {
    for (SlotKind kind : SlotKind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw in.damaged("\"" + name + "\" is no kind of slot");
  }
}
