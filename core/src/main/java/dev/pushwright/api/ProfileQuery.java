// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Event;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question to a {@link ProfileModel}. Immutable. */
public final class ProfileQuery {

  private final String userId;
  private final @Nullable List<Event> history;
  private final @Nullable Instant at;

  private ProfileQuery(String userId, @Nullable List<Event> history, @Nullable Instant at) {
    this.userId = Objects.requireNonNull(userId, "userId");
    this.history = history;
    this.at = at;
  }

  /**
   * Asks about a user as known from training.
   *
   * @param userId any text
   * @return the query
   */
  public static ProfileQuery of(String userId) {
    return new ProfileQuery(userId, null, null);
  }

  /**
   * This query with a history, which then is all that counts about the user's behaviour: what
   * training knew is set aside.
   *
   * @param history all events of the user, in any order
   * @return a new query
   */
  public ProfileQuery withHistory(List<? extends Event> history) {
    return new ProfileQuery(userId, List.copyOf(history), at);
  }

  /**
   * This query as of an instant: the age of events is counted to it.
   *
   * @param at the instant
   * @return a new query
   */
  public ProfileQuery at(Instant at) {
    return new ProfileQuery(userId, history, Objects.requireNonNull(at, "at"));
  }

  /**
   * About whom.
   *
   * @return any text
   */
  public String userId() {
    return userId;
  }

  /**
   * All events of the user.
   *
   * @return the history, or empty when training is asked
   */
  public Optional<List<Event>> history() {
    return Optional.ofNullable(history);
  }

  /**
   * As of when.
   *
   * @return the instant, or empty for the last one of the training data
   */
  public Optional<Instant> at() {
    return Optional.ofNullable(at);
  }
}
