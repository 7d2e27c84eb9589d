// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A recommender's answer for one user, with each item judged right or not. What the {@linkplain
 * RankingMetric ranking metrics} are computed from. Positions run from 0, best first. Immutable.
 */
public final class JudgedList {

  private final String userId;
  private final List<String> items;
  private final double[] scores;
  private final boolean[] hits;
  private final int relevant;
  private final int candidates;

  private JudgedList(
      String userId,
      List<String> items,
      double[] scores,
      boolean[] hits,
      int relevant,
      int candidates) {
    this.userId = userId;
    this.items = items;
    this.scores = scores;
    this.hits = hits;
    this.relevant = relevant;
    this.candidates = candidates;
  }

  /**
   * Judges an answer.
   *
   * @param userId whose answer
   * @param items item ids, best first, each once
   * @param scores their scores, not ascending, as many as items; copied
   * @param relevant the right items, at least one; those not answered are missed
   * @param candidates how many items could have been answered, the relevant ones among them
   * @return the judged answer
   */
  public static JudgedList of(
      String userId, List<String> items, double[] scores, Set<String> relevant, int candidates) {
    if (items.size() != scores.length) {
      throw new IllegalArgumentException(items.size() + " items with " + scores.length + " scores");
    }
    if (relevant.isEmpty()) {
      throw new IllegalArgumentException(
          "user " + userId + " has no relevant item; leave out users with nothing to rank");
    }
    if (new HashSet<>(items).size() < items.size()) {
      throw new IllegalArgumentException(
          "user " + userId + ": an item is answered twice: " + items);
    }
    boolean[] hits = new boolean[scores.length];
    int misses = 0;
    for (int p = 0; p < hits.length; p++) {
      hits[p] = relevant.contains(items.get(p));
      misses += hits[p] ? 0 : 1;
      if (Double.isNaN(scores[p]) || (p > 0 && scores[p] > scores[p - 1])) {
        throw new IllegalArgumentException(
            "user "
                + userId
                + ": score "
                + scores[p]
                + " at position "
                + p
                + "; scores that do not ascend are needed");
      }
    }
    if (misses + relevant.size() > candidates) {
      throw new IllegalArgumentException(
          "user "
              + userId
              + ": "
              + misses
              + " answered items beside "
              + relevant.size()
              + " relevant ones, of only "
              + candidates
              + " candidates");
    }
    return new JudgedList(
        userId, List.copyOf(items), scores.clone(), hits, relevant.size(), candidates);
  }

  /**
   * Whose answer.
   *
   * @return the user's id
   */
  public String userId() {
    return userId;
  }

  /**
   * The answered items, best first.
   *
   * @return item ids
   */
  public List<String> items() {
    return items;
  }

  /**
   * How many items were answered.
   *
   * @return at least 0
   */
  public int size() {
    return hits.length;
  }

  /**
   * Whether the item at a position is right.
   *
   * @param position from 0 to size − 1
   * @return whether it is relevant
   */
  public boolean hit(int position) {
    return hits[position];
  }

  /**
   * The score at a position.
   *
   * @param position from 0 to size − 1
   * @return the score
   */
  public double score(int position) {
    return scores[position];
  }

  /**
   * How many items would have been right, answered or not.
   *
   * @return at least 1
   */
  public int relevant() {
    return relevant;
  }

  /**
   * How many items could have been answered.
   *
   * @return at least {@link #relevant()}
   */
  public int candidates() {
    return candidates;
  }
}
