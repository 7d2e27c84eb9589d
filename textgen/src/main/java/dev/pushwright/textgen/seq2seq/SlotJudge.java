// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import dev.pushwright.textgen.copy.SlotKind;
import dev.pushwright.textgen.copy.SlotRules;
import dev.pushwright.textgen.copy.TextTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether texts state their slots and no others: copied ones by their placeholders, the others by
 * what the rules say of the words around them. Thread-safe.
 */
final class SlotJudge {

  /** Stands for a value that is copied. */
  static final String BLANK = "_";

  private final SlotRules rules;
  private final AttributeTable attributes;

  SlotJudge(SlotRules rules, AttributeTable attributes) {
    this.rules = rules;
    this.attributes = attributes;
  }

  /**
   * Counts what is wrong with a text.
   *
   * @param tokens with placeholders
   * @param values what it was to state; those of copied slots are not looked at
   * @return how many slots are not stated, stated without being asked for, or copied three times
   */
  int errors(List<String> tokens, Map<String, String> values) {
    Map<String, Integer> copied = new HashMap<>();
    Map<String, String> blank = new HashMap<>();
    for (String token : tokens) {
      if (TextTokens.isPlaceholder(token)) {
        copied.merge(TextTokens.slot(token), 1, Integer::sum);
        blank.put(TextTokens.slot(token), BLANK);
      }
    }
    String words = TextTokens.join(tokens, blank);
    int errors = 0;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String slot = entry.getKey();
      if (rules.kind(slot) == SlotKind.COPY) {
        int times = copied.getOrDefault(slot, 0);
        errors += times == 0 && attributes.slotNames().contains(slot) ? 1 : Math.max(0, times - 2);
      } else if (attributes.slotNames().contains(slot)
          && !rules.states(slot, entry.getValue(), words)) {
        errors++;
      }
    }
    return errors + rules.unasked(values, words).size();
  }
}
