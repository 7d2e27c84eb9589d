// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Item;
import java.util.List;
import java.util.Objects;

/**
 * An item to write about.
 *
 * @param item the item
 * @param score the recommender's score
 * @param reasons why this user gets it, weightiest first; may be empty
 */
public record PushItem(Item item, double score, List<Reason> reasons) {
  /** Copies the reasons. */
  public PushItem {
    Objects.requireNonNull(item, "item");
    reasons = List.copyOf(reasons);
  }
}
