// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/** How a message speaks. */
public enum Tone {
  /** Plain and factual. */
  NEUTRAL,
  /** Warm, as one speaks to an acquaintance. */
  FRIENDLY,
  /** Lively. */
  PLAYFUL
}
