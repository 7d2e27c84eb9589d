// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Parameters;
import java.util.Set;

/** A network that says how well a user and an item go together. */
interface PairNet {

  /**
   * Computes the logits of B pairs.
   *
   * @param users B dense user indices
   * @param items B dense item indices
   * @param rows B
   * @return B logits, the network's own buffer
   */
  float[] forward(int[] users, int[] items, int rows);

  /**
   * Adds to the gradients, those of the penalty among them.
   *
   * @param d gradient of the logits, B
   * @param penalty what the squares of the looked-up rows cost, half of it per pair
   */
  void backward(float[] d, float penalty);

  /** What a network is made from. */
  interface Architecture {

    /**
     * Makes the network.
     *
     * @param parameters where it registers what it learns
     * @param users how many users there are
     * @param items how many items there are
     * @return the network
     */
    PairNet make(Parameters parameters, int users, int items);

    /**
     * Makes what scores all items.
     *
     * @param parameters those of such a network
     * @param items how many items there are
     * @return the scorer
     */
    PairScorer scorer(Parameters parameters, int items);

    /**
     * The tables that have a row for each user.
     *
     * @return their names
     */
    Set<String> userTables();
  }
}
