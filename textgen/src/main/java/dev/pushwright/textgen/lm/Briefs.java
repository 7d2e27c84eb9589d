// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.textgen.copy.MessageSlots;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sets of conditions that texts to learn from were written for. A request can mostly say more
 * than one text should: it is written for one of these sets, of which every slot has a value.
 * Immutable.
 */
final class Briefs {

  private static final Set<String> MANNER = Set.of(MessageSlots.TONE, MessageSlots.CHANNEL);

  private final Conditions conditions;
  private final List<Brief> all;

  private Briefs(Conditions conditions, List<Brief> all) {
    this.conditions = conditions;
    this.all = all;
  }

  static Briefs of(Conditions conditions, Sentence[] texts) {
    Map<List<Integer>, Integer> counts = new LinkedHashMap<>();
    for (Sentence text : texts) {
      List<Integer> key = Arrays.stream(text.conditions()).boxed().collect(Collectors.toList());
      counts.merge(key, 1, Integer::sum);
    }
    List<Brief> all = new ArrayList<>();
    counts.forEach(
        (key, count) -> all.add(new Brief(key.stream().mapToInt(i -> i).toArray(), count)));
    return new Briefs(conditions, all);
  }

  /**
   * Those that fit, of the tone and the channel asked for where there are any, else of others.
   *
   * @param values by copied slot what there is to say
   * @param told by other slot its value: a set has this value, or says nothing of the slot
   * @return the sets all of whose slots have a value
   */
  List<Brief> fitting(Map<String, String> values, Map<String, String> told) {
    List<Brief> fitting = all.stream().filter(brief -> fits(brief, values, told, true)).toList();
    return fitting.isEmpty()
        ? all.stream().filter(brief -> fits(brief, values, told, false)).toList()
        : fitting;
  }

  private boolean fits(
      Brief brief, Map<String, String> values, Map<String, String> told, boolean manner) {
    for (int condition : brief.conditions()) {
      String slot = conditions.slot(condition);
      boolean fits =
          conditions.isCopied(condition)
              ? values.containsKey(slot)
              : (!manner && MANNER.contains(slot))
                  || conditions.value(condition).equalsIgnoreCase(told.getOrDefault(slot, ""));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  void save(ModelWriter out) {
    int[] counts = all.stream().mapToInt(Brief::count).toArray();
    int[] sizes = all.stream().mapToInt(brief -> brief.conditions().length).toArray();
    int[] flat = all.stream().flatMapToInt(brief -> Arrays.stream(brief.conditions())).toArray();
    out.ints("size", new int[] {all.size(), flat.length})
        .ints("counts", counts)
        .ints("sizes", sizes)
        .ints("conditions", flat);
  }

  static Briefs read(ModelReader in, Conditions conditions) {
    int[] size = in.ints("size", 2);
    if (size[0] < 1 || size[1] < 0) {
      throw in.damaged("size is " + Arrays.toString(size));
    }
    int[] counts = in.ints("counts", size[0]);
    int[] sizes = in.ints("sizes", size[0]);
    int[] flat = in.ints("conditions", size[1]);
    List<Brief> all = new ArrayList<>();
    int at = 0;
    for (int b = 0; b < size[0]; b++) {
      if (counts[b] < 1 || sizes[b] < 0 || sizes[b] > flat.length - at) {
        throw in.damaged("counts and sizes make no sense at " + b);
      }
      int[] own = Arrays.copyOfRange(flat, at, at + sizes[b]);
      for (int condition : own) {
        if (condition <= Vocabulary.UNKNOWN || condition >= conditions.size()) {
          throw in.damaged("there is no condition " + condition);
        }
      }
      all.add(new Brief(own, counts[b]));
      at += sizes[b];
    }
    if (at != flat.length) {
      throw in.damaged("sizes and conditions do not agree");
    }
    return new Briefs(conditions, all);
  }
}
