// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/**
 * A business rule that changes scores before the best are chosen. Must be thread-safe and give the
 * same for the same.
 */
@FunctionalInterface
public interface Rescorer {

  /**
   * The score an item is to have.
   *
   * @param itemId the item
   * @param score the model's score
   * @return the new score; any that is not finite takes the item out
   */
  double rescore(String itemId, double score);
}
