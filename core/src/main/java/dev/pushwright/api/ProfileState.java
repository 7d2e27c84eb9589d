// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Event;

/**
 * What a {@link ProfileModel} knows of one user, to be carried on event by event: see {@link
 * ProfileModel#state}. Immutable and thread-safe.
 */
public interface ProfileState {

  /**
   * Of whom.
   *
   * @return any text
   */
  String userId();

  /**
   * This state with one event more. Profiles of it are those of all its events together, to 1e-6,
   * in whatever order they came; of events at one instant, where their order matters, the one that
   * came later counts as the later one.
   *
   * @param event an event of this user; its item may be new
   * @return a new state; this one stays as it is
   * @throws IllegalArgumentException when the event is another user's
   */
  ProfileState plus(Event event);
}
