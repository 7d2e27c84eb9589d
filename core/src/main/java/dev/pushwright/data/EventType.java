// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

/** What a user did. How much each kind tells is not said here: see {@link Weighting}. */
public enum EventType {
  /**
   * The user looked at an item; {@link Interaction#value()} is the dwell time in seconds, 1 when it
   * is not known.
   */
  VIEW,
  /** The user typed a query; the event is a {@link Search}. */
  SEARCH,
  /** The user marked an item as a favourite. */
  FAVORITE,
  /** The user passed an item on to somebody. */
  SHARE,
  /** The user put an item in the cart; the value is the quantity. */
  CART,
  /** The user bought an item; the value is the quantity, the amount what was paid for all of it. */
  PURCHASE,
  /** The user rated an item; the value is the rating, on the scale of the data. */
  RATING,
  /** An item was shown to the user, in a push or elsewhere. It is no sign of interest. */
  IMPRESSION,
  /** The user opened what was shown. */
  CLICK,
  /** The user waved an item away. */
  DISMISS;

  /**
   * Whether an item with such an event counts as seen by the user, that is, as one a recommender
   * leaves out unless told otherwise. Everything does but an {@link #IMPRESSION}, which the user
   * may not have noticed.
   *
   * @return whether the user knows the item after this event
   */
  public boolean marksSeen() {
    return this != IMPRESSION;
  }
}
