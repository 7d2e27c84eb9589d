// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.textgen.copy.SlotKind;
import dev.pushwright.textgen.copy.SlotRules;
import java.util.ArrayList;
import java.util.List;

/** {@link SlotRules} in a model file. */
final class SlotRulesFile {

  private static final String ANY = "*";

  private SlotRulesFile() {}

  static void save(SlotRules rules, ModelWriter out) {
    List<String> kinds = new ArrayList<>(List.of(ANY, rules.others().name()));
    rules.kinds().forEach((slot, kind) -> kinds.addAll(List.of(slot, kind.name())));
    List<String> patterns = new ArrayList<>();
    rules.patterns().forEach((of, regex) -> patterns.addAll(List.of(of, regex)));
    out.texts("kinds", kinds).texts("patterns", patterns);
  }

  static SlotRules read(ModelReader in) {
    List<String> kinds = in.texts("kinds");
    List<String> patterns = in.texts("patterns");
    if (kinds.size() % 2 != 0 || patterns.size() % 2 != 0) {
      throw in.damaged("kinds or patterns do not come in pairs");
    }
    SlotRules.Builder rules = SlotRules.builder();
    try {
      for (int k = 0; k < kinds.size(); k += 2) {
        SlotKind kind = SlotKind.valueOf(kinds.get(k + 1));
        if (kinds.get(k).equals(ANY)) {
          rules.others(kind);
        } else {
          rules.kind(kinds.get(k), kind);
        }
      }
      for (int p = 0; p < patterns.size(); p += 2) {
        String of = patterns.get(p);
        int tab = of.indexOf('\t');
        if (tab < 0) {
          rules.says(of, patterns.get(p + 1));
        } else {
          rules.says(of.substring(0, tab), of.substring(tab + 1), patterns.get(p + 1));
        }
      }
      return rules.build();
    } catch (IllegalArgumentException e) {
      throw in.damaged("rules make no sense: " + e.getMessage(), e);
    }
  }
}
