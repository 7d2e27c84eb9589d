// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.List;

/** Knows who users are. Immutable and thread-safe. */
public interface ProfileModel extends Model {

  /**
   * Who a user is. A user never seen in training gets an answer too: from the history in the query
   * where the model can fold it in, else from the user's segment where the query or training knows
   * it, else from everybody; {@link UserProfile#basis()} says which.
   *
   * @param query about whom, and what else is known
   * @return the profile; its tag weights are finite, at least 0 and add up to 1, or there are no
   *     tags
   * @throws IllegalArgumentException when the query has a state that is not of this model
   */
  UserProfile profile(ProfileQuery query);

  /**
   * Who a user is, from training.
   *
   * @param userId any text
   * @return the profile
   */
  default UserProfile profile(String userId) {
    return profile(ProfileQuery.of(userId));
  }

  /**
   * What this model knows of a user from training, to be carried on as things happen: at the cost
   * of an event, not of the user's history. A profile of the state, asked for by {@link
   * ProfileQuery#withState}, is that of a fit to the old and the new events, to 1e-6, but for what
   * a fit would learn about others and about items that are new.
   *
   * @param userId any text; of a user never seen nothing is known yet
   * @return the state as of training
   * @throws UnsupportedOperationException when {@link Capability#UPDATE} is not declared
   */
  default ProfileState state(String userId) {
    throw new UnsupportedOperationException(
        provenance().algorithm()
            + " takes in no events; give the query a history, or choose a profiler that declares "
            + Capability.UPDATE);
  }

  /**
   * What a tag comes from. With a history in the query each event is told for itself; without one,
   * or with a state, events of one type with one item or query are told together, and a query is
   * told by the words of it that are known, for no more is kept.
   *
   * @param query about whom, as in {@link #profile(ProfileQuery)}
   * @param tag the name of a tag
   * @return the events that speak for it, those with the largest share first; the shares add up to
   *     1. Empty when the user's own events say nothing of it, as for a user who got the tags of a
   *     segment or of everybody.
   * @throws UnsupportedOperationException when {@link Capability#EXPLAIN} is not declared
   */
  default List<ProfileEvidence> explain(ProfileQuery query, String tag) {
    throw new UnsupportedOperationException(
        provenance().algorithm()
            + " explains no tags; choose a profiler that declares "
            + Capability.EXPLAIN);
  }
}
