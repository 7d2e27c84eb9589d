// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.List;
import java.util.Objects;

/**
 * An item for a user.
 *
 * @param itemId the item, by the id it came in with
 * @param score the model's score after rescoring, finite; comparable within one answer only
 * @param reasons why, weightiest first; empty unless reasons were asked for
 */
public record Recommendation(String itemId, double score, List<Reason> reasons) {

  /** Checks the score and copies the reasons. */
  public Recommendation {
    Objects.requireNonNull(itemId, "itemId");
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("score of item " + itemId + " is " + score);
    }
    reasons = List.copyOf(reasons);
  }
}
