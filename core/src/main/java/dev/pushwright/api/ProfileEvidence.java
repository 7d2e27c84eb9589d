// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.EventType;
import java.time.Instant;
import java.util.Objects;

/**
 * What a tag of a profile comes from, with the share of the tag's weight that it accounts for; the
 * shares of one tag add up to 1.
 *
 * @param type what the user did
 * @param about with which item, or, for a {@link EventType#SEARCH}, what was searched for
 * @param at when; when there were several, at last
 * @param events how many events of this type with this item or query are told together, at least 1
 * @param share from 0 to 1
 */
public record ProfileEvidence(EventType type, String about, Instant at, int events, double share) {

  /** Checks both numbers. */
  public ProfileEvidence {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(at, "at");
    // The tolerance is for shares that were divided and rounded.
    if (events < 1 || !(share >= 0 && share <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          "events is " + events + ", share " + share + " for " + type + " of " + about);
    }
  }
}
