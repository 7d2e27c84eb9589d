// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/** Knows who users are. Immutable and thread-safe. */
public interface ProfileModel extends Model {

  /**
   * Who a user is. A user never seen in training gets an answer too: from the history in the query
   * where the model can fold it in, else from everybody; {@link UserProfile#basis()} says which.
   *
   * @param query about whom, and what else is known
   * @return the profile; its tag weights are finite, at least 0 and add up to 1, or there are no
   *     tags
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
}
