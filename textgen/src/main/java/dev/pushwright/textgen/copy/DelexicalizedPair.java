// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pair whose copied values are placeholders.
 *
 * @param attributes by slot, in the order of the slots' names, what a model is told: of a copied
 *     slot the empty text (it is there), of another its value
 * @param tokens the text
 */
public record DelexicalizedPair(Map<String, String> attributes, List<String> tokens) {

  /** Copies both. */
  public DelexicalizedPair {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    tokens = List.copyOf(tokens);
  }
}
