// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.data.IdIndex;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * What {@link FpGrowth} found. Itemsets are in the order of support, largest first; where it is the
 * same, shorter ones come first, then those of the more frequent items. With each itemset all its
 * subsets are here, whether the search was ended by a limit or not. Immutable.
 */
public final class FrequentItemsets {

  private final IdIndex index;
  private final int baskets;
  private final int minCount;
  // Itemset s has the items from [s] to before [s + 1], ascending.
  private final int[] starts;
  private final int[] items;
  private final int[] counts;
  private final List<Cut> cuts;

  /**
   * Takes over what was found.
   *
   * @param itemOf by rank: the item
   * @param ends by itemset: where its ranks end
   * @param counts by itemset: how many baskets hold it
   */
  FrequentItemsets(
      IdIndex index,
      int baskets,
      int minCount,
      int[] itemOf,
      int size,
      int[] ends,
      int[] ranks,
      int[] counts,
      List<Cut> cuts) {
    this.index = index;
    this.baskets = baskets;
    this.minCount = minCount;
    this.cuts = List.copyOf(cuts);
    this.starts = new int[size + 1];
    this.items = new int[size == 0 ? 0 : ends[size - 1]];
    this.counts = new int[size];
    int out = 0;
    for (int found : order(size, ends, counts)) {
      int from = found == 0 ? 0 : ends[found - 1];
      int start = starts[out];
      for (int p = from; p < ends[found]; p++) {
        items[start + p - from] = itemOf[ranks[p]];
      }
      starts[out + 1] = start + ends[found] - from;
      Arrays.sort(items, start, starts[out + 1]);
      this.counts[out++] = counts[found];
    }
  }

  /** By count, length, and the order they were found in, which is that of their ranks. */
  private static int[] order(int size, int[] ends, int[] counts) {
    long[] keys = new long[size];
    int[] byLength = byLength(size, ends);
    for (int k = 0; k < size; k++) {
      keys[k] = (long) (Integer.MAX_VALUE - counts[byLength[k]]) << 32 | k;
    }
    Arrays.sort(keys);
    int[] order = new int[size];
    for (int k = 0; k < size; k++) {
      order[k] = byLength[(int) keys[k]];
    }
    return order;
  }

  /** The itemsets by length; a counting sort keeps the order of what is equally long. */
  private static int[] byLength(int size, int[] ends) {
    int longest = 0;
    for (int s = 0; s < size; s++) {
      longest = Math.max(longest, ends[s] - (s == 0 ? 0 : ends[s - 1]));
    }
    int[] next = new int[longest + 2];
    for (int s = 0; s < size; s++) {
      next[ends[s] - (s == 0 ? 0 : ends[s - 1]) + 1]++;
    }
    for (int length = 1; length < next.length; length++) {
      next[length] += next[length - 1];
    }
    int[] order = new int[size];
    for (int s = 0; s < size; s++) {
      order[next[ends[s] - (s == 0 ? 0 : ends[s - 1])]++] = s;
    }
    return order;
  }

  /**
   * How many itemsets were found.
   *
   * @return at least 0
   */
  public int size() {
    return counts.length;
  }

  /**
   * How many baskets were searched.
   *
   * @return at least 0
   */
  public int baskets() {
    return baskets;
  }

  /**
   * How many baskets had to hold an itemset.
   *
   * @return at least 1
   */
  public int minCount() {
    return minCount;
  }

  /**
   * All itemsets.
   *
   * @return an unmodifiable list that makes each itemset when asked for it
   */
  public List<Itemset> all() {
    int[] all = new int[size()];
    Arrays.setAll(all, set -> set);
    return new View(all);
  }

  /**
   * The closed itemsets: those with no superset that as many baskets hold. With their counts they
   * tell the counts of all others. After a {@link Cut}: those without such a superset among what
   * was found.
   *
   * @return an unmodifiable list, in the order of {@link #all}
   */
  public List<Itemset> closed() {
    return without(true);
  }

  /**
   * The maximal itemsets: those with no frequent superset. All others are their subsets. After a
   * {@link Cut}: those without a superset among what was found.
   *
   * @return an unmodifiable list, in the order of {@link #all}
   */
  public List<Itemset> maximal() {
    return without(false);
  }

  /** Without those that have a superset, one item longer: of the same count, or any. */
  private List<Itemset> without(boolean sameCount) {
    ItemsetTable table = new ItemsetTable(this);
    boolean[] covered = new boolean[size()];
    int kept = size();
    for (int set = 0; set < size(); set++) {
      for (int p = start(set); p < end(set) && length(set) > 1; p++) {
        int subset = table.findWithout(set, p);
        if (!covered[subset] && (!sameCount || counts[subset] == counts[set])) {
          covered[subset] = true;
          kept--;
        }
      }
    }
    int[] sets = new int[kept];
    int out = 0;
    for (int set = 0; set < size(); set++) {
      if (!covered[set]) {
        sets[out++] = set;
      }
    }
    return new View(sets);
  }

  /**
   * Which limits the search met.
   *
   * @return empty when every frequent itemset is here
   */
  public List<Cut> cuts() {
    return cuts;
  }

  /**
   * Whether every frequent itemset is here.
   *
   * @return whether no limit was met
   */
  public boolean isComplete() {
    return cuts.isEmpty();
  }

  IdIndex index() {
    return index;
  }

  int start(int set) {
    return starts[set];
  }

  int end(int set) {
    return starts[set + 1];
  }

  int length(int set) {
    return starts[set + 1] - starts[set];
  }

  int item(int position) {
    return items[position];
  }

  int count(int set) {
    return counts[set];
  }

  private Itemset itemset(int set) {
    String[] ids = new String[length(set)];
    for (int k = 0; k < ids.length; k++) {
      ids[k] = index.id(items[starts[set] + k]);
    }
    return new Itemset(List.of(ids), counts[set], counts[set] / (double) baskets);
  }

  private final class View extends AbstractList<Itemset> implements RandomAccess {
    private final int[] sets;

    View(int[] sets) {
      this.sets = sets;
    }

    @Override
    public Itemset get(int place) {
      return itemset(sets[Objects.checkIndex(place, sets.length)]);
    }

    @Override
    public int size() {
      return sets.length;
    }
  }

  @Override
  public String toString() {
    return size() + " itemsets in at least " + minCount + " of " + baskets + " baskets";
  }
}
