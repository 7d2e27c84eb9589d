// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.time.Instant;

/** Something a user did at an instant: an {@link Interaction} with an item, or a {@link Search}. */
public sealed interface Event permits Interaction, Search {

  /**
   * Who did it.
   *
   * @return the user's id, never empty
   */
  String userId();

  /**
   * What was done.
   *
   * @return the kind of event
   */
  EventType type();

  /**
   * When. Sources without a time column give {@link Instant#EPOCH} to every event; see {@link
   * Dataset#timed()}.
   *
   * @return the instant of the event
   */
  Instant at();
}
