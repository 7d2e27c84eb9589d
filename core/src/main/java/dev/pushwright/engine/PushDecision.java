// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

/** What {@link PushEngine#push} decides: a {@link Push}, or {@link Withheld} with the reason. */
public sealed interface PushDecision permits Push, Withheld {

  /**
   * About whom.
   *
   * @return the user's id
   */
  String userId();
}
