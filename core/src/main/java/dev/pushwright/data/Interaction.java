// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.time.Instant;
import java.util.Objects;

/**
 * A user did something with an item.
 *
 * @param userId who, not empty
 * @param itemId with which item, not empty; an item the catalogue lacks is allowed
 * @param type what was done, anything but {@link EventType#SEARCH}
 * @param value the rating, the quantity or the seconds, as {@link EventType} says; finite, at most
 *     {@link #MAX_VALUE} in size; 1 where the type has no value of its own
 * @param amount money that changed hands in total, in the currency of the data, 0 when none or not
 *     known; from 0 to {@link #MAX_VALUE}
 * @param at when
 */
public record Interaction(
    String userId, String itemId, EventType type, double value, double amount, Instant at)
    implements Event {

  /**
   * The largest value or amount that is taken for real: beyond it, sums would lose their meaning in
   * float32.
   */
  public static final double MAX_VALUE = 1e12;

  /** Checks every component; the message of a refusal names the component and its value. */
  public Interaction {
    Ids.check("user id", userId);
    Ids.check("item id", itemId);
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(at, "at");
    if (type == EventType.SEARCH) {
      throw new IllegalArgumentException("a SEARCH has a query, not an item: use Search.of(...)");
    }
    // Written so that NaN fails too.
    if (!(Math.abs(value) <= MAX_VALUE)) {
      throw new IllegalArgumentException(
          "value is " + value + "; a finite number of at most " + MAX_VALUE + " in size is needed");
    }
    if (!(amount >= 0 && amount <= MAX_VALUE)) {
      throw new IllegalArgumentException(
          "amount is " + amount + "; a number from 0 to " + MAX_VALUE + " is needed");
    }
  }

  /**
   * An interaction that has no number of its own.
   *
   * @param type what was done
   * @param userId who
   * @param itemId with which item
   * @param at when
   * @return the interaction, with value 1 and amount 0
   */
  public static Interaction of(EventType type, String userId, String itemId, Instant at) {
    return new Interaction(userId, itemId, type, 1, 0, at);
  }

  /**
   * The user looked at an item.
   *
   * @param userId who
   * @param itemId at which item
   * @param at when
   * @return a {@link EventType#VIEW}
   */
  public static Interaction view(String userId, String itemId, Instant at) {
    return of(EventType.VIEW, userId, itemId, at);
  }

  /**
   * The user put an item in the cart.
   *
   * @param userId who
   * @param itemId which item
   * @param quantity how many
   * @param at when
   * @return a {@link EventType#CART}
   */
  public static Interaction cart(String userId, String itemId, double quantity, Instant at) {
    return new Interaction(userId, itemId, EventType.CART, quantity, 0, at);
  }

  /**
   * The user bought an item.
   *
   * @param userId who
   * @param itemId which item
   * @param quantity how many
   * @param amount what was paid for all of them, 0 when not known
   * @param at when
   * @return a {@link EventType#PURCHASE}
   */
  public static Interaction purchase(
      String userId, String itemId, double quantity, double amount, Instant at) {
    return new Interaction(userId, itemId, EventType.PURCHASE, quantity, amount, at);
  }

  /**
   * The user rated an item.
   *
   * @param userId who
   * @param itemId which item
   * @param rating how, on the scale of the data
   * @param at when
   * @return a {@link EventType#RATING}
   */
  public static Interaction rating(String userId, String itemId, double rating, Instant at) {
    return new Interaction(userId, itemId, EventType.RATING, rating, 0, at);
  }
}
