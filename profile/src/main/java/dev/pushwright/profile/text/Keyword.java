// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A word that tells what a text is about.
 *
 * @param label how it reads, in lower case
 * @param weight how much it tells beside the others, above 0 and finite
 */
public record Keyword(String label, double weight) {

  private static final Comparator<Keyword> HEAVIEST_FIRST =
      Comparator.comparingDouble((Keyword keyword) -> -keyword.weight())
          .thenComparing(Keyword::label);

  /** The heaviest of some, in order, ties by label. */
  static List<Keyword> heaviest(List<Keyword> all, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit is " + limit + "; at least 0 is needed");
    }
    List<Keyword> sorted = new ArrayList<>(all);
    sorted.sort(HEAVIEST_FIRST);
    return List.copyOf(sorted.subList(0, Math.min(limit, sorted.size())));
  }
}
