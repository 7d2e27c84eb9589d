// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of a corpus when its texts were held to their attributes.
 *
 * @param pairs those to learn from, in their order
 * @param read how many there were
 * @param unstated how many texts do not state a slot that they should, by slot
 * @param unasked how many texts state a slot that was not asked for, by slot
 */
public record Cleaning(
    List<CopyPair> pairs, int read, Map<String, Integer> unstated, Map<String, Integer> unasked) {

  /** What becomes of a pair whose text does not state its slots, or states others. */
  public enum Way {
    /** It is kept as it is. */
    KEEP,
    /** It is left out. */
    DROP,
    /** Slots that are not stated are taken from its attributes; one that states others goes. */
    MEND
  }

  /** Copies the collections. */
  public Cleaning {
    pairs = List.copyOf(pairs);
    unstated = Collections.unmodifiableMap(new LinkedHashMap<>(unstated));
    unasked = Collections.unmodifiableMap(new LinkedHashMap<>(unasked));
  }
}
