// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.time.Instant;
import java.util.Objects;

/**
 * A user searched.
 *
 * @param userId who, not empty
 * @param query what was typed, not blank
 * @param at when
 */
public record Search(String userId, String query, Instant at) implements Event {

  /** Checks every component. */
  public Search {
    Ids.check("user id", userId);
    Ids.check("query", query);
    Objects.requireNonNull(at, "at");
  }

  /**
   * The user searched.
   *
   * @param userId who
   * @param query what was typed
   * @param at when
   * @return the event
   */
  public static Search of(String userId, String query, Instant at) {
    return new Search(userId, query, at);
  }

  @Override
  public EventType type() {
    return EventType.SEARCH;
  }
}
