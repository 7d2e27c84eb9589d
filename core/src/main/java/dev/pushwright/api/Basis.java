// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/** What an answer about a user rests on, from the surest to the vaguest. */
public enum Basis {
  /** What the model learnt of this user in training. */
  TRAINED,
  /** The history given with the query. */
  HISTORY,
  /** The segment the user is known to belong to: a fallback. */
  SEGMENT,
  /** Everybody: the fallback for a user of whom nothing is known. */
  EVERYBODY;

  /**
   * Whether the answer is not about this user in particular.
   *
   * @return true for {@link #SEGMENT} and {@link #EVERYBODY}
   */
  public boolean isFallback() {
    return this == SEGMENT || this == EVERYBODY;
  }
}
