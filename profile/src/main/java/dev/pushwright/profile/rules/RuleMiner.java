// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.FitContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Association rules of frequent itemsets [1]: every itemset is split into an antecedent and a
 * consequent in all ways, and those splits are kept whose confidence and lift are large enough. A
 * consequent that is too weak has no superset worth a look, since with a smaller antecedent
 * confidence falls.
 *
 * <p>Takes O(items) for each itemset with consequents of one item, O(items<sup>m</sup>) with up to
 * m. Where more rules are found than {@code maxRules}, the best are kept; after {@code timeLimit}
 * the search ends; a {@link Cut} then says so. Immutable.
 *
 * <p>[1] R. Agrawal, R. Srikant, "Fast algorithms for mining association rules", VLDB 1994, section
 * 3.
 */
public final class RuleMiner {

  /** How many rules are kept at most where nothing else is set. */
  public static final int DEFAULT_MAX_RULES = 1_000_000;

  private final double minConfidence;
  private final double minLift;
  private final int maxConsequent;
  private final int maxRules;
  private final RuleOrder order;
  private final Duration timeLimit;
  private final LongSupplier clock;

  private RuleMiner(Builder b) {
    this.minConfidence = b.minConfidence;
    this.minLift = b.minLift;
    this.maxConsequent = b.maxConsequent;
    this.maxRules = b.maxRules;
    this.order = b.order;
    this.timeLimit = b.timeLimit;
    this.clock = b.clock;
  }

  /**
   * Starts with a confidence of 0.8, any lift, consequents of one item, the best by lift first, and
   * no limit but that of {@value #DEFAULT_MAX_RULES} rules.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds the rules.
   *
   * @param itemsets what {@link FpGrowth} found
   * @return the rules, and which limits were met on the way
   */
  public MinedRules mine(FrequentItemsets itemsets) {
    return mine(itemsets, FitContext.standard());
  }

  /**
   * Finds the rules.
   *
   * @param itemsets what {@link FpGrowth} found
   * @param context asked whether the work was cancelled; one thread works whatever it says
   * @return the rules, and which limits were met on the way
   * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
   */
  public MinedRules mine(FrequentItemsets itemsets, FitContext context) {
    return new Run(itemsets, context).mine();
  }

  /** A rule as the numbers of its itemsets. The best come first: what is larger is better. */
  record Split(int both, int antecedent, int consequent, double first, double second)
      implements Comparable<Split> {
    // Not made of lambdas: the first ones of a program take longer than all the rest of this.
    @Override
    public int compareTo(Split other) {
      int order = Double.compare(other.first, first);
      if (order == 0) {
        order = Double.compare(other.second, second);
      }
      if (order == 0) {
        // Itemsets are numbered by falling support.
        order = Integer.compare(both, other.both);
      }
      return order == 0 ? Integer.compare(consequent, other.consequent) : order;
    }
  }

  private final class Run {
    private final FrequentItemsets sets;
    private final ItemsetTable table;
    private final Watch watch;
    private List<Split> found = new ArrayList<>();
    private boolean full;

    Run(FrequentItemsets sets, FitContext context) {
      this.sets = sets;
      this.table = new ItemsetTable(sets);
      this.watch = new Watch(context, timeLimit, clock);
    }

    MinedRules mine() {
      List<Cut> cuts = new ArrayList<>(sets.cuts());
      int set = 0;
      while (set < sets.size()
          && (sets.length(set) == 1 || split(set, new boolean[sets.length(set)], 0, 0))) {
        set++;
      }
      if (set < sets.size()) {
        cuts.add(
            new Cut(
                Limit.TIME,
                "the time limit was met: of "
                    + sets.size()
                    + " itemsets, those after the first "
                    + set
                    + " were not split into rules"));
      }
      trim();
      if (full) {
        cuts.add(
            new Cut(
                Limit.RULES,
                "the limit of "
                    + maxRules
                    + " rules was met: those of less "
                    + (order == RuleOrder.LIFT ? "lift" : "confidence")
                    + " are missing"));
      }
      return MinedRules.of(sets, found, cuts);
    }

    /** Adds items from a place on to the consequent; whether there is time to go on. */
    private boolean split(int set, boolean[] consequent, int from, int size) {
      for (int k = from; k < consequent.length; k++) {
        if (watch.isOver()) {
          return false;
        }
        consequent[k] = true;
        boolean larger =
            keep(set, consequent) && size + 1 < Math.min(maxConsequent, consequent.length - 1);
        if (larger && !split(set, consequent, k + 1, size + 1)) {
          return false;
        }
        consequent[k] = false;
      }
      return true;
    }

    /** Keeps a rule if it is good enough; whether its confidence is. */
    private boolean keep(int set, boolean[] consequent) {
      int both = sets.count(set);
      int antecedent = table.find(set, consequent, true);
      double confidence = AssociationRule.confidenceOf(sets.count(antecedent), both);
      if (confidence < minConfidence) {
        return false;
      }
      int other = table.find(set, consequent, false);
      double lift =
          AssociationRule.liftOf(sets.baskets(), sets.count(antecedent), sets.count(other), both);
      if (lift >= minLift) {
        found.add(
            order == RuleOrder.LIFT
                ? new Split(set, antecedent, other, lift, confidence)
                : new Split(set, antecedent, other, confidence, lift));
        // Sorted once for as many again as are kept.
        if (found.size() / 2 > maxRules) {
          trim();
        }
      }
      return true;
    }

    private void trim() {
      found.sort(null);
      if (found.size() > maxRules) {
        found = new ArrayList<>(found.subList(0, maxRules));
        full = true;
      }
    }
  }

  /** Builds a {@link RuleMiner}. Each method refuses what is not allowed. */
  public static final class Builder {
    private double minConfidence = 0.8;
    private double minLift;
    private int maxConsequent = 1;
    private int maxRules = DEFAULT_MAX_RULES;
    private RuleOrder order = RuleOrder.LIFT;
    private Duration timeLimit = Duration.ZERO;
    private LongSupplier clock = Watch.CLOCK;

    private Builder() {}

    /**
     * Sets how sure a rule has to be.
     *
     * @param confidence from 0 to 1
     * @return this
     */
    public Builder minConfidence(double confidence) {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("minConfidence is " + confidence + "; allowed: 0 to 1");
      }
      minConfidence = confidence;
      return this;
    }

    /**
     * Sets how much a rule has to say.
     *
     * @param lift at least 0; above 1: rules that hold more often than by chance
     * @return this
     */
    public Builder minLift(double lift) {
      if (!(lift >= 0 && lift <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "minLift is " + lift + "; a number of at least 0 is needed");
      }
      minLift = lift;
      return this;
    }

    /**
     * Sets how many items a consequent has at most.
     *
     * @param items at least 1
     * @return this
     */
    public Builder maxConsequent(int items) {
      maxConsequent = FpGrowth.positive("maxConsequent", items);
      return this;
    }

    /**
     * Sets how many rules are kept at most.
     *
     * @param rules from 1 to 50 000 000
     * @return this
     */
    public Builder maxRules(int rules) {
      maxRules = FpGrowth.atMost("maxRules", rules);
      return this;
    }

    /**
     * Sets which rules come first, and are kept where there are too many.
     *
     * @param best the order
     * @return this
     */
    public Builder order(RuleOrder best) {
      order = Objects.requireNonNull(best, "order");
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
    public RuleMiner build() {
      return new RuleMiner(this);
    }
  }
}
