// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import dev.pushwright.data.Weighting;
import dev.pushwright.math.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks each user of the test part for the best of the whole catalogue, as service does: the
 * default. Sampling candidates instead can turn the order of two recommenders around [1].
 *
 * <p>[1] W. Krichene, S. Rendle, "On sampled metrics for item recommendation", KDD 2020.
 *
 * @param relevance an item is right when a test event on it weighs more than 0, so {@code
 *     "RATING>=4:1"} wants a rating of 4 or better
 * @param excludeSeen whether items seen in training are left out; then they are not right either
 */
public record FullCatalogue(Weighting relevance, boolean excludeSeen) implements Protocol {

  /** Why a user has nothing to rank. */
  static final String NOTHING_RELEVANT = "no test event speaks for an item";

  private static final String ALL_SEEN = "every relevant item was seen in training";

  /**
   * With the {@linkplain Weighting#standard() standard} weighting, and without what was seen.
   *
   * @return the protocol
   */
  public static FullCatalogue standard() {
    return new FullCatalogue(Weighting.standard(), true);
  }

  @Override
  public String label() {
    return excludeSeen ? "full" : "full, seen included";
  }

  @Override
  public TestCases cases(Split split) {
    Dataset train = split.train();
    List<TestCase> cases = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    int seenBefore = 0;
    for (Map.Entry<String, List<Event>> user : split.test().entrySet()) {
      Set<String> relevant = Relevance.items(user.getValue(), relevance);
      if (relevant.isEmpty()) {
        skipped.merge(NOTHING_RELEVANT, 1, Integer::sum);
        continue;
      }
      Set<String> seen = excludeSeen ? seen(train, user.getKey()) : Set.of();
      int before = relevant.size();
      relevant.removeAll(seen);
      seenBefore += before - relevant.size();
      if (relevant.isEmpty()) {
        skipped.merge(ALL_SEEN, 1, Integer::sum);
        continue;
      }
      long strange = relevant.stream().filter(id -> !train.items().contains(id)).count();
      int candidates = (int) (train.items().size() - seen.size() + strange);
      cases.add(TestCase.ofCatalogue(user.getKey(), relevant, candidates, excludeSeen));
    }
    List<String> notes =
        seenBefore == 0
            ? List.of()
            : List.of(
                seenBefore
                    + " pairs of user and relevant item are not asked about, since the user had"
                    + " seen the item in training");
    return new TestCases(cases, skipped, notes);
  }

  /** What a user has seen in training. */
  static Set<String> seen(Dataset train, String userId) {
    OptionalInt user = train.users().find(userId);
    Set<String> seen = new TreeSet<>();
    if (user.isPresent()) {
      SparseRows rows = train.seen();
      for (int p = rows.start(user.getAsInt()); p < rows.end(user.getAsInt()); p++) {
        seen.add(train.items().id(rows.column(p)));
      }
    }
    return seen;
  }
}
