// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.math.SparseRows;
import java.util.OptionalInt;

/** How alike two items are, for the diversity of a list. */
@FunctionalInterface
public interface ItemSimilarity {

  /**
   * How alike.
   *
   * @param itemA an item's id
   * @param itemB another item's id
   * @return from 0 to 1, the same either way round
   */
  double similarity(String itemA, String itemB);

  /**
   * The cosine over the users who have seen the items: with n(a) users who have seen a and n(a, b)
   * who have seen both, n(a, b) / √(n(a) · n(b)). It needs nothing but events, so it means the same
   * for every data set; an item that nobody has seen is like no other. Where items carry tags or
   * vectors, a similarity over these says more about what a person sees.
   *
   * @param data whose events say who has seen what
   * @return the similarity
   */
  static ItemSimilarity coUsers(Dataset data) {
    IdIndex items = data.items();
    SparseRows usersOf = data.seen().transpose();
    return (itemA, itemB) -> {
      OptionalInt a = items.find(itemA);
      OptionalInt b = items.find(itemB);
      if (a.isEmpty() || b.isEmpty()) {
        return 0;
      }
      int p = usersOf.start(a.getAsInt());
      int q = usersOf.start(b.getAsInt());
      int endA = usersOf.end(a.getAsInt());
      int endB = usersOf.end(b.getAsInt());
      double product = (endA - (double) p) * (endB - q);
      int both = 0;
      while (p < endA && q < endB) {
        int order = Integer.compare(usersOf.column(p), usersOf.column(q));
        both += order == 0 ? 1 : 0;
        p += order <= 0 ? 1 : 0;
        q += order >= 0 ? 1 : 0;
      }
      // Rounding can carry a cosine past 1.
      return both == 0 ? 0 : Math.min(1, both / Math.sqrt(product));
    };
  }
}
