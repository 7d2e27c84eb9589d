// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Event;
import dev.pushwright.data.User;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question to a {@link ProfileModel}. Immutable. */
public final class ProfileQuery {

  private final String userId;
  private final @Nullable List<Event> history;
  private final @Nullable ProfileState state;
  private final @Nullable User user;
  private final @Nullable Instant at;

  private ProfileQuery(
      String userId,
      @Nullable List<Event> history,
      @Nullable ProfileState state,
      @Nullable User user,
      @Nullable Instant at) {
    this.userId = Objects.requireNonNull(userId, "userId");
    this.history = history;
    this.state = state;
    this.user = user;
    this.at = at;
  }

  /**
   * Asks about a user as known from training.
   *
   * @param userId any text
   * @return the query
   */
  public static ProfileQuery of(String userId) {
    return new ProfileQuery(userId, null, null, null, null);
  }

  /**
   * This query with a history, which then is all that counts about the user's behaviour: what
   * training knew is set aside, and so is a state.
   *
   * @param history all events of the user, in any order
   * @return a new query
   */
  public ProfileQuery withHistory(List<? extends Event> history) {
    return new ProfileQuery(userId, List.copyOf(history), null, user, at);
  }

  /**
   * This query with a state, which then is all that counts about the user's behaviour: a history is
   * set aside.
   *
   * @param state from {@link ProfileModel#state} of the model that is asked, or made from one
   * @return a new query
   * @throws IllegalArgumentException when it is another user's
   */
  public ProfileQuery withState(ProfileState state) {
    requireOwn("state", state.userId());
    return new ProfileQuery(userId, null, state, user, at);
  }

  /**
   * This query with what is known of the user beside the events: the time zone, the attribute that
   * segments are made by. It comes before what training knew.
   *
   * @param user the record
   * @return a new query
   * @throws IllegalArgumentException when it is another user's
   */
  public ProfileQuery withUser(User user) {
    requireOwn("record", user.id());
    return new ProfileQuery(userId, history, state, user, at);
  }

  private void requireOwn(String what, String id) {
    if (!id.equals(userId)) {
      throw new IllegalArgumentException(
          "the " + what + " of user " + id + " was given to a query about user " + userId);
    }
  }

  /**
   * This query as of an instant: the age of events is counted to it.
   *
   * @param at the instant
   * @return a new query
   */
  public ProfileQuery at(Instant at) {
    return new ProfileQuery(userId, history, state, user, Objects.requireNonNull(at, "at"));
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
   * @return the history, or empty when training or a state is asked
   */
  public Optional<List<Event>> history() {
    return Optional.ofNullable(history);
  }

  /**
   * What a model knows of the user, carried on.
   *
   * @return the state, or empty when training or a history is asked
   */
  public Optional<ProfileState> state() {
    return Optional.ofNullable(state);
  }

  /**
   * What is known of the user beside the events.
   *
   * @return the record, or empty for what training knew
   */
  public Optional<User> user() {
    return Optional.ofNullable(user);
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
