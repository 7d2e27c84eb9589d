// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.FitContext;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Frequent itemsets by FP-growth [1]: all sets of items that at least a given share of the baskets
 * hold, without a list of candidates. The baskets become a tree of prefixes, most frequent items
 * first ({@code FP-tree}); for each item, the paths that lead to it are the baskets that hold it,
 * and are made a tree of their own (its conditional FP-tree) in which the same is done, until
 * nothing frequent is left.
 *
 * <p><b>Limits.</b> Few baskets of many items hold more itemsets than any computer has room for: 30
 * equal ones of 500 items hold 2<sup>500</sup>. A search ends at {@code maxItemsets}, leaves out
 * what is longer than {@code maxLength}, and ends after {@code timeLimit}; a {@link Cut} in the
 * answer then says so. Where this departs from [1]: in each tree the most frequent item comes first
 * and not last. All itemsets of the items before it are then found before an item is, so that
 *
 * <ul>
 *   <li>a search that ended early has found every itemset of the N most frequent items, and its
 *       {@link Cut} tells N;
 *   <li>with every itemset found, all its subsets are found, so that all rules among those found
 *       have their exact numbers;
 *   <li>a tree is made from one that was made from another, and so on d times, only after
 *       2<sup>d</sup> − 1 itemsets were found: with a limit of a million there are never more than
 *       20 trees in memory, however long the baskets are.
 * </ul>
 *
 * <p>Memory: 16 bytes for each node of those trees, of which the first has at most as many as all
 * baskets together have frequent items, and 8 bytes for each itemset with 4 for each of its items.
 * One thread works; the answer depends on nothing but the baskets and the options, unless the time
 * limit ended it. Immutable.
 *
 * <p>[1] J. Han, J. Pei, Y. Yin, "Mining frequent patterns without candidate generation", SIGMOD
 * 2000.
 */
public final class FpGrowth {

  /** How many itemsets are found at most where nothing else is set. */
  public static final int DEFAULT_MAX_ITEMSETS = 1_000_000;

  // So many itemsets have some 13 items on average, where they have most: positions stay ints.
  static final int MOST = 50_000_000;

  private final double minSupport;
  private final int minCount;
  private final int maxLength;
  private final int maxItemsets;
  private final Duration timeLimit;
  private final LongSupplier clock;

  private FpGrowth(Builder b) {
    this.minSupport = b.minSupport;
    this.minCount = b.minCount;
    this.maxLength = b.maxLength;
    this.maxItemsets = b.maxItemsets;
    this.timeLimit = b.timeLimit;
    this.clock = b.clock;
  }

  /**
   * Starts with a support of 0.01 and no limit but that of {@value #DEFAULT_MAX_ITEMSETS} itemsets.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds the itemsets.
   *
   * @param baskets the baskets
   * @return what was found, and which limit was met
   */
  public FrequentItemsets mine(Baskets baskets) {
    return mine(baskets, FitContext.standard());
  }

  /**
   * Finds the itemsets.
   *
   * @param baskets the baskets
   * @param context told of the progress, asked whether the work was cancelled; one thread works
   *     whatever it says
   * @return what was found, and which limit was met
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public FrequentItemsets mine(Baskets baskets, FitContext context) {
    return new FpGrowthRun(baskets, this, context).mine();
  }

  /** How many baskets have to hold an itemset: the least number whose share is large enough. */
  int minCount(int baskets) {
    int count = (int) Math.ceil(minSupport * baskets);
    // The product may be rounded up across a whole number.
    if (count > 0 && (count - 1) / (double) baskets >= minSupport) {
      count--;
    }
    return Math.max(Math.max(1, minCount), count);
  }

  int maxLength() {
    return maxLength;
  }

  int maxItemsets() {
    return maxItemsets;
  }

  Duration timeLimit() {
    return timeLimit;
  }

  LongSupplier clock() {
    return clock;
  }

  /** Builds an {@link FpGrowth}. Each method refuses what is not allowed. */
  public static final class Builder {
    private double minSupport = 0.01;
    private int minCount = 1;
    private int maxLength = Integer.MAX_VALUE;
    private int maxItemsets = DEFAULT_MAX_ITEMSETS;
    private Duration timeLimit = Duration.ZERO;
    private LongSupplier clock = Watch.CLOCK;

    private Builder() {}

    /**
     * Sets the share of the baskets that have to hold an itemset.
     *
     * @param share from 0 to 1; 0: any that one basket holds
     * @return this
     */
    public Builder minSupport(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("minSupport is " + share + "; allowed: 0 to 1");
      }
      minSupport = share;
      return this;
    }

    /**
     * Sets how many baskets have to hold an itemset, besides the share.
     *
     * @param baskets at least 1
     * @return this
     */
    public Builder minCount(int baskets) {
      minCount = positive("minCount", baskets);
      return this;
    }

    /**
     * Sets how many items an itemset has at most.
     *
     * @param items at least 1
     * @return this
     */
    public Builder maxLength(int items) {
      maxLength = positive("maxLength", items);
      return this;
    }

    /**
     * Sets how many itemsets are found at most.
     *
     * @param itemsets from 1 to 50 000 000
     * @return this
     */
    public Builder maxItemsets(int itemsets) {
      maxItemsets = atMost("maxItemsets", itemsets);
      return this;
    }

    /**
     * Sets after which time the search ends. What it has found by then depends on the machine.
     *
     * @param limit at least 0; 0: none
     * @return this
     */
    public Builder timeLimit(Duration limit) {
      timeLimit = Watch.checked(limit);
      return this;
    }

    /** Sets the clock, for tests that cannot wait. */
    Builder clock(LongSupplier nanos) {
      clock = nanos;
      return this;
    }

    /**
     * The search.
     *
     * @return configured for good
     */
    public FpGrowth build() {
      return new FpGrowth(this);
    }
  }

  static int atMost(String name, int value) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed: 1 to " + MOST);
    }
    return value;
  }

  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; at least 1 is needed");
    }
    return value;
  }
}
