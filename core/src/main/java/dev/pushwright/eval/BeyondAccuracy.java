// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.IdIndex;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.List;

/**
 * Whether everybody gets the same few items: what the lists of many users look like together, and
 * each in itself. Over the first k items of each list, with x(i) how often item i is shown and n
 * the items of the catalogue:
 *
 * <pre>
 * coverage  items with x(i) > 0, divided by n [1]
 * gini      Σ_j (2j − n − 1) · x_(j) / ((n − 1) · Σ x), x_(1) ≤ … ≤ x_(n) [2]: 0 when all items are
 *           shown equally often, 1 when one item has every place
 * topShare  the share of all places that the ⌈n / 100⌉ most shown items have
 * novelty   the mean over all places of −log2 p(i), p(i) = (users who have seen i + 1) / (users + 1)
 *           [3]; the added 1 keeps an item that nobody has seen finite
 * diversity the mean over lists of 1 − the mean similarity of two of its items [4]
 * </pre>
 *
 * <p>A list of fewer than two items has no diversity and is not in that mean; where nothing is
 * shown at all every value is 0. The counts say so.
 *
 * <p>[1] J. Herlocker et al., "Evaluating collaborative filtering recommender systems", ACM TOIS
 * 22(1), 2004. [2] P. Castells, N. Hurley, S. Vargas, "Novelty and diversity in recommender
 * systems", in Recommender Systems Handbook, 2015, section 26.3. [3] S. Vargas, P. Castells, "Rank
 * and relevance in novelty and diversity metrics for recommender systems", RecSys 2011; there
 * without the added 1. [4] C.-N. Ziegler et al., "Improving recommendation lists through topic
 * diversification", WWW 2005.
 *
 * @param k how many items of each list count
 * @param lists how many lists there are
 * @param emptyLists how many of them show nothing
 * @param places how many items are shown in all
 * @param coverage from 0 to 1
 * @param gini from 0 to 1
 * @param topShare from 0 to 1
 * @param novelty in bits, at least 0
 * @param diversity from 0 to 1
 * @param listsWithPairs how many lists have two items or more
 */
public record BeyondAccuracy(
    int k,
    int lists,
    int emptyLists,
    long places,
    double coverage,
    double gini,
    double topShare,
    double novelty,
    double diversity,
    int listsWithPairs) {

  /**
   * Measures lists.
   *
   * @param lists item ids, best first, one list a user; items that the catalogue lacks are refused
   * @param k how many items of each list count, at least 1
   * @param train the data that were learned from: its catalogue, and who has seen what
   * @param similarity how alike two items are
   * @return the measures
   */
  public static BeyondAccuracy of(
      List<List<String>> lists, int k, Dataset train, ItemSimilarity similarity) {
    if (k < 1) {
      throw new IllegalArgumentException("k is " + k + "; at least 1 is needed");
    }
    IdIndex items = train.items();
    long[] shown = new long[items.size()];
    double[] information = selfInformation(train);
    long places = 0;
    int empty = 0;
    double novelty = 0;
    int withPairs = 0;
    double diversity = 0;
    for (List<String> whole : lists) {
      List<String> list = whole.subList(0, Math.min(k, whole.size()));
      empty += list.isEmpty() ? 1 : 0;
      for (String id : list) {
        int item =
            items
                .find(id)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "item " + id + " was recommended but is not in the catalogue"));
        shown[item]++;
        novelty += information[item];
      }
      places += list.size();
      if (list.size() > 1) {
        withPairs++;
        diversity += 1 - meanSimilarity(list, similarity);
      }
    }
    Arrays.sort(shown);
    return new BeyondAccuracy(
        k,
        lists.size(),
        empty,
        places,
        shown.length == 0
            ? 0
            : Arrays.stream(shown).filter(x -> x > 0).count() / (double) shown.length,
        gini(shown, places),
        topShare(shown, places),
        places == 0 ? 0 : novelty / places,
        withPairs == 0 ? 0 : diversity / withPairs,
        withPairs);
  }

  private static double[] selfInformation(Dataset train) {
    SparseRows seen = train.seen();
    int[] seenBy = new int[train.items().size()];
    int users = 0;
    for (int u = 0; u < seen.rows(); u++) {
      users += seen.end(u) > seen.start(u) ? 1 : 0;
      for (int p = seen.start(u); p < seen.end(u); p++) {
        seenBy[seen.column(p)]++;
      }
    }
    double[] information = new double[seenBy.length];
    for (int i = 0; i < seenBy.length; i++) {
      information[i] = Math.log((users + 1.0) / (seenBy[i] + 1.0)) / Math.log(2);
    }
    return information;
  }

  private static double meanSimilarity(List<String> list, ItemSimilarity similarity) {
    double sum = 0;
    for (int a = 1; a < list.size(); a++) {
      for (int b = 0; b < a; b++) {
        double s = similarity.similarity(list.get(a), list.get(b));
        if (!(s >= 0 && s <= 1)) {
          throw new IllegalArgumentException(
              "similarity of items "
                  + list.get(a)
                  + " and "
                  + list.get(b)
                  + " is "
                  + s
                  + "; a number from 0 to 1 is needed");
        }
        sum += s;
      }
    }
    return sum / (list.size() * (list.size() - 1L) / 2.0);
  }

  private static double gini(long[] ascending, long places) {
    int n = ascending.length;
    if (places == 0 || n < 2) {
      return 0;
    }
    double sum = 0;
    for (int j = 1; j <= n; j++) {
      sum += (2.0 * j - n - 1) * ascending[j - 1];
    }
    return sum / ((n - 1.0) * places);
  }

  private static double topShare(long[] ascending, long places) {
    if (places == 0) {
      return 0;
    }
    int top = (ascending.length + 99) / 100;
    long sum = 0;
    for (int j = ascending.length - top; j < ascending.length; j++) {
      sum += ascending[j];
    }
    return sum / (double) places;
  }
}
