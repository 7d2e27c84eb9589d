// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import java.util.List;

/** A set of attributes as numbers; an empty one has the unknown attribute. */
final class AttributeSet {

  private final int[] slots;
  private final int[] values;

  AttributeSet(int[] slots, int[] values) {
    this.slots = slots;
    this.values = values;
  }

  /** Number of each slot. */
  int[] slots() {
    return slots;
  }

  /** Number of each value. */
  int[] values() {
    return values;
  }

  static AttributeBatch batch(List<AttributeSet> sets) {
    int places = sets.stream().mapToInt(set -> set.slots.length).max().orElse(1);
    int[] slots = new int[sets.size() * places];
    int[] values = new int[sets.size() * places];
    int[] lengths = new int[sets.size()];
    for (int b = 0; b < sets.size(); b++) {
      AttributeSet set = sets.get(b);
      lengths[b] = set.slots.length;
      System.arraycopy(set.slots, 0, slots, b * places, lengths[b]);
      System.arraycopy(set.values, 0, values, b * places, lengths[b]);
    }
    return new AttributeBatch(slots, values, lengths, sets.size(), places);
  }
}
