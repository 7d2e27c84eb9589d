// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.api.PriceAffinity;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Weighting.Combine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the prices lie that a user paid: for each category, and for the whole catalogue, the sum of
 * the percentiles of the purchases and the sum of their weights, both as of the last of them. A
 * purchase weighs 1 and fades as purchases do, so the quotient of the two stays the same as they
 * age. Immutable; 36 bytes for each category.
 */
final class PriceLevels {

  static final PriceLevels NONE = new PriceLevels(0);

  final int[] categories;
  final double[] percentiles;
  final double[] weights;
  final long[] seconds;
  final int[] nanos;
  final int[] purchases;

  /** Levels yet to be filled in, the categories ascending. */
  PriceLevels(int size) {
    this.categories = new int[size];
    this.percentiles = new double[size];
    this.weights = new double[size];
    this.seconds = new long[size];
    this.nanos = new int[size];
    this.purchases = new int[size];
  }

  private void copy(PriceLevels from, int fromPosition, int toPosition, int length) {
    System.arraycopy(from.categories, fromPosition, categories, toPosition, length);
    System.arraycopy(from.percentiles, fromPosition, percentiles, toPosition, length);
    System.arraycopy(from.weights, fromPosition, weights, toPosition, length);
    System.arraycopy(from.seconds, fromPosition, seconds, toPosition, length);
    System.arraycopy(from.nanos, fromPosition, nanos, toPosition, length);
    System.arraycopy(from.purchases, fromPosition, purchases, toPosition, length);
  }

  int size() {
    return categories.length;
  }

  /**
   * These levels after one purchase more.
   *
   * @param category a category, or their number for the whole catalogue
   * @param percentile of the price that was paid
   * @param second when
   * @param nano when
   * @param halfLifeDays of purchases
   */
  PriceLevels plus(int category, double percentile, long second, int nano, double halfLifeDays) {
    int found = Arrays.binarySearch(categories, category);
    int at = found >= 0 ? found : -1 - found;
    PriceLevels out = new PriceLevels(categories.length + (found >= 0 ? 0 : 1));
    if (found >= 0) {
      out.copy(this, 0, 0, categories.length);
    } else {
      out.copy(this, 0, 0, at);
      out.copy(this, at, at + 1, categories.length - at);
    }
    Mark sum = mark(found >= 0, out.percentiles[at], out, at);
    Mark weight = mark(found >= 0, out.weights[at], out, at);
    sum.add(EventType.PURCHASE, percentile, second, nano, halfLifeDays, Combine.SUM);
    weight.add(EventType.PURCHASE, 1, second, nano, halfLifeDays, Combine.SUM);
    out.categories[at] = category;
    out.percentiles[at] = sum.weight();
    out.weights[at] = weight.weight();
    out.seconds[at] = weight.second();
    out.nanos[at] = weight.nano();
    out.purchases[at] = weight.events();
    return out;
  }

  private static Mark mark(boolean found, double value, PriceLevels levels, int at) {
    return new Mark(
        0,
        EventType.PURCHASE,
        found ? value : 0,
        levels.seconds[at],
        levels.nanos[at],
        found ? levels.purchases[at] : 0);
  }

  /** For a profile: the whole catalogue first, then the categories with most purchases. */
  List<PriceAffinity> affinities(List<String> names) {
    List<PriceAffinity> out = new ArrayList<>();
    for (int p = 0; p < categories.length; p++) {
      String name = categories[p] == names.size() ? PriceAffinity.ALL : names.get(categories[p]);
      out.add(
          new PriceAffinity(
              name, purchases[p], Math.min(1, Math.max(0, percentiles[p] / weights[p]))));
    }
    out.sort(
        Comparator.<PriceAffinity>comparingInt(
                level -> level.category().equals(PriceAffinity.ALL) ? 0 : 1)
            .thenComparingInt(level -> -level.purchases())
            .thenComparing(PriceAffinity::category));
    return out;
  }
}
