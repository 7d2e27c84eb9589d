// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.util.List;

/**
 * Items that are found together in baskets.
 *
 * @param items the items, in the order of their ids
 * @param count how many baskets hold them all
 * @param support the share of the baskets that hold them all, above 0, at most 1
 */
public record Itemset(List<String> items, int count, double support) {

  /** Copies the items. */
  public Itemset {
    items = List.copyOf(items);
  }
}
