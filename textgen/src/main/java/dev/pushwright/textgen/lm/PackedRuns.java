// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.lm;

import dev.pushwright.io.ModelReader;
import dev.pushwright.textgen.copy.AttestedRuns;
import dev.pushwright.textgen.copy.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * Attested runs as models of version 0.1 have them: by condition, each the numbers of three words
 * in one number, with {@link Vocabulary#START} before a text and {@link Vocabulary#END} behind it.
 */
final class PackedRuns {

  private static final int BITS = 21;

  private PackedRuns() {}

  /** Whether a model was saved with such. */
  static boolean areIn(ModelReader in) {
    return in.has("sizes");
  }

  static AttestedRuns read(ModelReader in, Vocabulary vocabulary, Conditions conditions) {
    int[] sizes = in.ints("sizes", 2);
    if (sizes[0] < 0 || sizes[1] < 0) {
      throw in.damaged("sizes are " + Arrays.toString(sizes));
    }
    int[] keys = in.ints("conditions", sizes[0]);
    int[] counts = in.ints("counts", sizes[0]);
    long[] packed = in.longs("runs", sizes[1]);
    AttestedRuns.Builder runs = AttestedRuns.builder();
    int at = 0;
    for (int k = 0; k < keys.length; k++) {
      if (keys[k] < 0 || keys[k] >= conditions.size()) {
        throw in.damaged("there is no condition " + keys[k]);
      }
      if (counts[k] < 0 || counts[k] > packed.length - at) {
        throw in.damaged("counts and runs do not agree");
      }
      // Under 0, which is no condition's number, are those of all texts.
      String slot = keys[k] == 0 ? Conditions.ANY : conditions.slot(keys[k]);
      String value = keys[k] == 0 ? "" : conditions.value(keys[k]);
      for (int end = at + counts[k]; at < end; at++) {
        String first = token(in, packed[at] >>> (2 * BITS), vocabulary);
        String second = token(in, packed[at] >>> BITS, vocabulary);
        String third = token(in, packed[at], vocabulary);
        runs.run(slot, value, List.of(first, second, third));
        if (third.equals(AttestedRuns.EDGE)) {
          runs.run(slot, value, List.of(second, third, AttestedRuns.EDGE));
        }
      }
    }
    if (at != packed.length) {
      throw in.damaged("counts and runs do not agree");
    }
    return runs.build();
  }

  private static String token(ModelReader in, long packed, Vocabulary vocabulary) {
    int word = (int) (packed & ((1 << BITS) - 1));
    if (word >= vocabulary.size()) {
      throw in.damaged("there is no word " + word);
    }
    return word == Vocabulary.START || word == Vocabulary.END
        ? AttestedRuns.EDGE
        : vocabulary.token(word);
  }
}
