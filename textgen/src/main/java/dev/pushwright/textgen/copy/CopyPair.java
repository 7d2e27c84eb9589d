// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Attributes and a text that was written for them.
 *
 * @param attributes values by slot, none blank; their order means nothing
 * @param text not blank; a line break parts title and body
 */
public record CopyPair(Map<String, String> attributes, String text) {

  /** Copies the map and checks what is in it. */
  public CopyPair {
    Map<String, String> copy = new LinkedHashMap<>();
    attributes.forEach(
        (slot, value) -> {
          if (slot.isBlank() || slot.indexOf('{') >= 0 || slot.indexOf('}') >= 0) {
            throw new IllegalArgumentException(
                "a slot is named \"" + slot + "\"; a name without braces is needed");
          }
          if (value.isBlank()) {
            throw new IllegalArgumentException("slot " + slot + " is blank; leave it out");
          }
          copy.put(slot, value.strip());
        });
    attributes = Collections.unmodifiableMap(copy);
    if (Objects.requireNonNull(text, "text").isBlank()) {
      throw new IllegalArgumentException("the text is blank");
    }
  }
}
