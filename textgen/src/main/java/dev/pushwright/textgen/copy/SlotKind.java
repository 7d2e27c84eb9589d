// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.copy;

/** How a text states the value of a slot. */
public enum SlotKind {
  /** Letter by letter: a model writes a placeholder, and any value will do. */
  COPY,
  /** In words that a model learns for each value, such as "yes": "family-friendly". */
  WORDS,
  /** Not at all: it says how to write, such as the occasion or the language. */
  CONTEXT
}
