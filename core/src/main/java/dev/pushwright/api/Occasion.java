// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/** Why a message is sent. */
public enum Occasion {
  /** The user may like the item. */
  RECOMMENDATION,
  /** The item costs less than it did; the request says what it cost. */
  PRICE_DROP,
  /** The item can be had again. */
  BACK_IN_STOCK,
  /** The item waits in the user's cart. */
  CART_REMINDER,
  /** The shop promotes the item. */
  PROMOTION,
  /** The item is something to read. */
  ARTICLE
}
