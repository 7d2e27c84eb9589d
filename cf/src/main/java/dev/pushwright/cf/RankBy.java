// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** What a neighbourhood model scores items by when it recommends. */
public enum RankBy {
  /**
   * Σ sim·weight: how much of what the user likes points to the item. For choosing what to show.
   */
  SUM,
  /**
   * The predicted rating, not cut off at the ends of the scale. An item that a single neighbour
   * praises comes before one that fifty like well, so this is rarely what a push should go by.
   */
  RATING
}
