// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.data.Dataset;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import dev.pushwright.neural.nn.Parameters;
import dev.pushwright.spi.TrainedUsers;
import java.util.OptionalInt;
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
   * Computes the logits of B pairs in training. Where something is left to chance, the key and the
   * number of a sample decide about it.
   *
   * @param users B dense user indices
   * @param items B dense item indices
   * @param samples B numbers, another for each sample of an epoch
   * @param key a {@link dev.pushwright.neural.nn.CounterRandom} key of the epoch
   * @param rows B
   * @return B logits, the network's own buffer
   */
  default float[] learn(int[] users, int[] items, long[] samples, long key, int rows) {
    return forward(users, items, rows);
  }

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

    /**
     * The same with what it is to know of the data.
     *
     * @param data what will be learned from
     * @param trained what is kept of it
     * @return this where it has to know nothing
     */
    default Architecture fitted(Dataset data, TrainedUsers trained) {
      return this;
    }

    /**
     * Writes what it knows of the data.
     *
     * @param out a section of its own
     */
    default void save(ModelWriter out) {}

    /**
     * The same with what {@link #save} wrote.
     *
     * @param in the section
     * @param trained what is kept of the data
     * @return this where nothing was written
     */
    default Architecture read(ModelReader in, TrainedUsers trained) {
      return this;
    }

    /**
     * Whether it knows anything of a user beside the events.
     *
     * @param user a dense user index
     * @return false where only events tell of users
     */
    default boolean describesUser(int user) {
      return false;
    }

    /**
     * Whether it knows anything of an item beside the events.
     *
     * @param item a dense item index
     * @return false where only events tell of items
     */
    default boolean describesItem(int item) {
      return false;
    }

    /**
     * What to make a network of a single user from.
     *
     * @param user the dense index of the user it will be, where there is one
     * @return this where only events tell of users
     */
    default Architecture forUser(OptionalInt user) {
      return this;
    }
  }
}
