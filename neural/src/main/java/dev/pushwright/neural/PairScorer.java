// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Parameters;
import java.util.OptionalInt;

/**
 * Scores all items for one user, with sums in an order that is its own: the same bits whatever
 * multiplies matrices in training. Thread-safe.
 */
interface PairScorer {

  /**
   * Scores all items.
   *
   * @param users holds the tables of users
   * @param user the user's row in them
   * @param scores receives the logits, one for each item
   */
  void score(Parameters users, int user, float[] scores);

  /**
   * A scorer for a single user, of whom more is known than the tables tell.
   *
   * @param user the dense index of the user, where there is one
   * @return this where only the tables tell of users
   */
  default PairScorer forUser(OptionalInt user) {
    return this;
  }
}
