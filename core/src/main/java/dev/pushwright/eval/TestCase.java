// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.api.Recommendation;
import dev.pushwright.api.RecommendationQuery;
import dev.pushwright.api.Recommendations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question of a {@link Protocol} about one user. Immutable. */
public final class TestCase {

  private final String userId;
  private final Set<String> relevant;
  private final @Nullable Set<String> candidates;
  private final int candidateCount;
  private final boolean excludeSeen;

  private TestCase(
      String userId,
      Set<String> relevant,
      @Nullable Set<String> candidates,
      int candidateCount,
      boolean excludeSeen) {
    if (relevant.isEmpty()) {
      throw new IllegalArgumentException(
          "user " + userId + " has no relevant item; leave out users with nothing to rank");
    }
    this.userId = userId;
    this.relevant = Set.copyOf(relevant);
    this.candidates = candidates == null ? null : Set.copyOf(candidates);
    this.candidateCount = candidateCount;
    this.excludeSeen = excludeSeen;
  }

  /**
   * Asks for the best of the catalogue.
   *
   * @param userId for whom
   * @param relevant the right items, at least one
   * @param candidateCount how many items can be answered, the right ones among them
   * @param excludeSeen whether items the user has seen in training are left out
   * @return the case
   */
  public static TestCase ofCatalogue(
      String userId, Set<String> relevant, int candidateCount, boolean excludeSeen) {
    return new TestCase(userId, relevant, null, candidateCount, excludeSeen);
  }

  /**
   * Asks for the order of given candidates, seen or not. Equal scores are judged to the
   * disadvantage of the relevant items, whatever order the model put them in.
   *
   * @param userId for whom
   * @param relevant the right items, at least one, all of them candidates
   * @param candidates the items to put in order
   * @return the case
   */
  public static TestCase ofCandidates(String userId, Set<String> relevant, Set<String> candidates) {
    if (!candidates.containsAll(relevant)) {
      throw new IllegalArgumentException(
          "user " + userId + ": not all relevant items " + relevant + " are candidates");
    }
    return new TestCase(userId, relevant, candidates, candidates.size(), false);
  }

  /**
   * For whom.
   *
   * @return the user's id
   */
  public String userId() {
    return userId;
  }

  /**
   * The right items.
   *
   * @return item ids, at least one
   */
  public Set<String> relevant() {
    return relevant;
  }

  /**
   * The items to put in order.
   *
   * @return item ids, or empty when the whole catalogue is asked about
   */
  public Optional<Set<String>> candidates() {
    return Optional.ofNullable(candidates);
  }

  /**
   * How many items can be answered.
   *
   * @return at least 1
   */
  public int candidateCount() {
    return candidateCount;
  }

  /**
   * The question.
   *
   * @param depth how many items are looked at, at least 1; given candidates are always all asked
   *     for, since a tie at the last place must be seen to be judged
   * @return the query
   */
  public RecommendationQuery query(int depth) {
    RecommendationQuery.Builder query =
        RecommendationQuery.forUser(userId).excludeSeen(excludeSeen);
    return candidates == null
        ? query.limit(Math.min(depth, candidateCount)).build()
        : query.candidates(candidates).limit(candidateCount).build();
  }

  /**
   * Judges the answer.
   *
   * @param answer what the model answered to {@link #query}
   * @return the judged list; items that were not answered rank below all that were
   * @throws IllegalArgumentException when the answer breaks the contract of {@link
   *     dev.pushwright.api.RecommenderModel}
   */
  public JudgedList judge(Recommendations answer) {
    List<Recommendation> items = new ArrayList<>(answer.items());
    if (candidates != null) {
      for (Recommendation item : items) {
        if (!candidates.contains(item.itemId())) {
          throw new IllegalArgumentException(
              "user " + userId + " was answered item " + item.itemId() + ", which is no candidate");
        }
      }
      putRelevantLastAmongEquals(items);
    }
    return JudgedList.of(
        userId,
        items.stream().map(Recommendation::itemId).toList(),
        items.stream().mapToDouble(Recommendation::score).toArray(),
        relevant,
        candidateCount);
  }

  private void putRelevantLastAmongEquals(List<Recommendation> items) {
    for (int from = 0; from < items.size(); ) {
      int to = from + 1;
      while (to < items.size() && items.get(to).score() == items.get(from).score()) {
        to++;
      }
      // The sort is stable: false comes before true, and all else stays as it was.
      items
          .subList(from, to)
          .sort(java.util.Comparator.comparing(item -> relevant.contains(item.itemId())));
      from = to;
    }
  }
}
