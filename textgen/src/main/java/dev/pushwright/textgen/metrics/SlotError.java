// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import java.util.Objects;

/**
 * What is wrong with how a text states a slot.
 *
 * @param slot the slot
 * @param kind what is wrong
 * @param detail the value that is missing, or the words that state another one
 */
public record SlotError(String slot, Kind kind, String detail) {

  /** The kinds of error. */
  public enum Kind {
    /** The text does not state the slot. */
    MISSING,
    /** The text states a slot that it was not given. */
    ADDED,
    /** The text states another value. */
    WRONG
  }

  /** Checks that nothing is missing. */
  public SlotError {
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }
}
