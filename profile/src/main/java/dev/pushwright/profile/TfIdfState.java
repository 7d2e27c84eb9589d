// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.ProfileState;
import dev.pushwright.data.Event;

/**
 * A user's behaviour as of training and what was added since.
 *
 * @param model whose
 * @param userId of whom
 * @param behaviour all of it
 * @param added how many events were added
 */
record TfIdfState(TfIdfModel model, String userId, Behaviour behaviour, int added)
    implements ProfileState {

  @Override
  public ProfileState plus(Event event) {
    if (!event.userId().equals(userId)) {
      throw new IllegalArgumentException(
          "an event of user " + event.userId() + " was given to the state of user " + userId);
    }
    return new TfIdfState(model, userId, model.plus(behaviour, event), added + 1);
  }

  @Override
  public String toString() {
    return userId + " with " + added + " events since training";
  }
}
