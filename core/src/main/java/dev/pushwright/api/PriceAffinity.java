// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.Objects;

/**
 * Where the prices a user pays lie among those of the catalogue.
 *
 * @param category the category whose prices they are compared with; {@value #ALL} for the whole
 *     catalogue
 * @param purchases how many purchases were compared, at least 1
 * @param percentile the mean share of the items that cost less, equal prices counting half, from 0
 *     (the cheapest) to 1; the purchases weigh as their half-life says
 */
public record PriceAffinity(String category, int purchases, double percentile) {

  /** In the place of a category: the whole catalogue. */
  public static final String ALL = "";

  /** Checks both numbers. */
  public PriceAffinity {
    Objects.requireNonNull(category, "category");
    if (purchases < 1 || !(percentile >= 0 && percentile <= 1)) {
      throw new IllegalArgumentException(
          "purchases is " + purchases + ", percentile " + percentile + " in \"" + category + "\"");
    }
  }
}
