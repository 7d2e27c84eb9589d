// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One search of {@link FpGrowth}, which says how it is done. */
final class FpGrowthRun {

  private final Baskets baskets;
  private final int minCount;
  private final int maxLength;
  private final int maxItemsets;
  private final FitContext context;
  private final Watch watch;

  // By rank: the item.
  private int[] itemOf = {};
  private int frequent;
  // How many ranks were extended by all below them.
  private int done;

  // What was found: of each itemset the ranks, and how many baskets hold it.
  private int found;
  private int[] ends = new int[64];
  private int[] counts = new int[64];
  private int[] ranks = new int[128];
  private int longest;

  // By depth: used by one tree after another.
  private final List<FpTree> trees = new ArrayList<>();
  private final FpTree.Children children = new FpTree.Children();
  private int[] counted = {};
  private int[] newRank = {};
  private int[] path = {};
  // Longer than the logarithm of any number of itemsets, see FpGrowth.
  private final int[] prefix = new int[40];

  FpGrowthRun(Baskets baskets, FpGrowth options, FitContext context) {
    this.baskets = baskets;
    this.minCount = options.minCount(baskets.size());
    this.maxLength = options.maxLength();
    this.maxItemsets = options.maxItemsets();
    this.context = context;
    this.watch = new Watch(context, options.timeLimit(), options.clock());
  }

  /** Ends a search; what it has found stays. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Limit limit;

    Ended(Limit limit) {
      super(null, null, false, false);
      this.limit = limit;
    }
  }

  FrequentItemsets mine() {
    List<Cut> cuts = new ArrayList<>();
    try {
      FpTree tree = new FpTree(children);
      trees.add(tree);
      rank(tree);
      addBaskets(tree);
      if (maxLength > 1) {
        for (; done < frequent; done++) {
          extend(0, done, 0);
          context
              .listener()
              .onProgress(new Progress("itemsets", done + 1L, frequent, watch.elapsed()));
        }
      }
    } catch (Ended ended) {
      cuts.add(cut(ended.limit, Math.min(frequent, Math.max(1, done))));
    }
    // A longer one has a subset for each of its items.
    if (found > longest && longest == maxLength && countOfLongest() > maxLength) {
      cuts.add(
          new Cut(
              Limit.LENGTH,
              "itemsets of more than " + maxLength + " items, which were not looked for"));
    }
    return new FrequentItemsets(
        baskets.items(), baskets.size(), minCount, itemOf, found, ends, ranks, counts, cuts);
  }

  private int countOfLongest() {
    int of = 0;
    for (int set = 0; set < found; set++) {
      if (ends[set] - (set == 0 ? 0 : ends[set - 1]) == longest) {
        of++;
      }
    }
    return of;
  }

  private Cut cut(Limit limit, int complete) {
    String what =
        limit == Limit.TIME ? "the time limit" : "the limit of " + maxItemsets + " itemsets";
    return new Cut(
        limit,
        what
            + " was met: of "
            + frequent
            + " frequent items, all itemsets of the "
            + complete
            + " most frequent were looked for; of those with a rarer item some or all are missing");
  }

  /** Ranks the frequent items, most frequent first, ties by id. They are the first itemsets. */
  private void rank(FpTree tree) {
    int[] total = baskets.counts();
    long[] order = new long[total.length];
    for (int item = 0; item < total.length; item++) {
      if (total[item] >= minCount) {
        order[frequent++] = (long) (Integer.MAX_VALUE - total[item]) << 32 | item;
      }
    }
    Arrays.sort(order, 0, frequent);
    itemOf = new int[frequent];
    counted = new int[frequent];
    newRank = new int[frequent];
    path = new int[frequent];
    tree.clear(frequent);
    for (int r = 0; r < frequent; r++) {
      itemOf[r] = (int) order[r];
      tree.addRank(r, total[itemOf[r]]);
    }
    for (int r = 0; r < frequent; r++) {
      prefix[0] = r;
      report(1, tree.total(r));
    }
  }

  private void addBaskets(FpTree tree) {
    int[] rankOf = new int[baskets.items().size()];
    Arrays.fill(rankOf, -1);
    for (int r = 0; r < frequent; r++) {
      rankOf[itemOf[r]] = r;
    }
    for (int b = 0; b < baskets.size(); b++) {
      look();
      addBasket(tree, b, rankOf);
    }
  }

  private void addBasket(FpTree tree, int basket, int[] rankOf) {
    int size = baskets.copy(basket, rankOf, path);
    Arrays.sort(path, 0, size);
    tree.add(path, 0, size, 1);
  }

  /**
   * Finds all itemsets that consist of the prefix, a rank of a tree, and one or more ranks below
   * it.
   *
   * @param depth which tree; the prefix is as long
   */
  private void extend(int depth, int rank, int length) {
    look();
    FpTree tree = trees.get(depth);
    prefix[length] = tree.original(rank);
    tree.countBelow(rank, counted);
    if (trees.size() == depth + 1) {
      trees.add(new FpTree(children));
    }
    FpTree conditional = trees.get(depth + 1);
    conditional.clear(rank);
    for (int below = 0; below < rank; below++) {
      newRank[below] = -1;
      if (counted[below] >= minCount) {
        newRank[below] = conditional.ranks();
        conditional.addRank(tree.original(below), counted[below]);
      }
      counted[below] = 0;
    }
    int extensions = conditional.ranks();
    for (int r = 0; r < extensions; r++) {
      prefix[length + 1] = conditional.original(r);
      report(length + 2, conditional.total(r));
    }
    if (extensions < 2 || length + 2 == maxLength) {
      return;
    }
    tree.project(rank, newRank, conditional, path);
    for (int r = 1; r < extensions; r++) {
      extend(depth + 1, r, length + 1);
    }
  }

  /** Keeps the first ranks of the prefix as an itemset. */
  private void report(int length, int count) {
    if (found == maxItemsets) {
      throw new Ended(Limit.ITEMSETS);
    }
    int from = found == 0 ? 0 : ends[found - 1];
    if (from + length > ranks.length) {
      ranks = Arrays.copyOf(ranks, grown(from + length));
    }
    if (found == ends.length) {
      ends = Arrays.copyOf(ends, grown(found));
      counts = Arrays.copyOf(counts, grown(found));
    }
    System.arraycopy(prefix, 0, ranks, from, length);
    counts[found] = count;
    ends[found++] = from + length;
    longest = Math.max(longest, length);
  }

  private static int grown(int size) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, 2L * size);
  }

  private void look() {
    if (watch.isOver()) {
      throw new Ended(Limit.TIME);
    }
  }
}
