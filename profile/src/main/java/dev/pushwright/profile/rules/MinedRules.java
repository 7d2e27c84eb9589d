// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import static java.util.stream.Collectors.joining;

import dev.pushwright.data.IdIndex;
import dev.pushwright.io.ModelReader;
import dev.pushwright.io.ModelWriter;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * What {@link RuleMiner} found. Rules are in the {@link RuleOrder} that was asked for; where two
 * measures are the same, the larger support comes first, then the earlier itemset of {@link
 * FrequentItemsets#all}. Immutable.
 */
public final class MinedRules {

  private final IdIndex index;
  private final int baskets;
  private final List<Cut> cuts;
  // Rule r has the antecedent from [r] to before [r + 1], and likewise the consequent; ascending.
  private final int[] antecedentStarts;
  private final int[] antecedents;
  private final int[] consequentStarts;
  private final int[] consequents;
  // By rule: how many baskets hold the antecedent, the consequent, and both.
  private final int[] counts;

  private MinedRules(
      IdIndex index,
      int baskets,
      List<Cut> cuts,
      int[] antecedentStarts,
      int[] antecedents,
      int[] consequentStarts,
      int[] consequents,
      int[] counts) {
    this.index = index;
    this.baskets = baskets;
    this.cuts = List.copyOf(cuts);
    this.antecedentStarts = antecedentStarts;
    this.antecedents = antecedents;
    this.consequentStarts = consequentStarts;
    this.consequents = consequents;
    this.counts = counts;
  }

  static MinedRules of(FrequentItemsets sets, List<RuleMiner.Split> splits, List<Cut> cuts) {
    int size = splits.size();
    int[] antecedentStarts = new int[size + 1];
    int[] consequentStarts = new int[size + 1];
    int[] counts = new int[3 * size];
    for (int r = 0; r < size; r++) {
      RuleMiner.Split split = splits.get(r);
      antecedentStarts[r + 1] = antecedentStarts[r] + sets.length(split.antecedent());
      consequentStarts[r + 1] = consequentStarts[r] + sets.length(split.consequent());
      counts[3 * r] = sets.count(split.antecedent());
      counts[3 * r + 1] = sets.count(split.consequent());
      counts[3 * r + 2] = sets.count(split.both());
    }
    int[] antecedents = new int[antecedentStarts[size]];
    int[] consequents = new int[consequentStarts[size]];
    for (int r = 0; r < size; r++) {
      copy(sets, splits.get(r).antecedent(), antecedents, antecedentStarts[r]);
      copy(sets, splits.get(r).consequent(), consequents, consequentStarts[r]);
    }
    return new MinedRules(
        sets.index(),
        sets.baskets(),
        cuts,
        antecedentStarts,
        antecedents,
        consequentStarts,
        consequents,
        counts);
  }

  private static void copy(FrequentItemsets sets, int set, int[] into, int at) {
    for (int p = sets.start(set); p < sets.end(set); p++) {
      into[at + p - sets.start(set)] = sets.item(p);
    }
  }

  /**
   * How many rules were found.
   *
   * @return at least 0
   */
  public int size() {
    return antecedentStarts.length - 1;
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
   * All rules.
   *
   * @return an unmodifiable list that makes each rule when asked for it
   */
  public List<AssociationRule> all() {
    return new View();
  }

  /**
   * Which limits the search for itemsets and that for rules met.
   *
   * @return empty when every rule is here
   */
  public List<Cut> cuts() {
    return cuts;
  }

  /**
   * Whether every rule is here.
   *
   * @return whether no limit was met
   */
  public boolean isComplete() {
    return cuts.isEmpty();
  }

  int antecedentStart(int rule) {
    return antecedentStarts[rule];
  }

  /** The item of an antecedent at a position. */
  int antecedent(int position) {
    return antecedents[position];
  }

  boolean antecedentHolds(int rule, int item) {
    int from = antecedentStarts[rule];
    return Arrays.binarySearch(antecedents, from, antecedentStarts[rule + 1], item) >= 0;
  }

  /** The first item of a consequent. */
  int consequent(int rule) {
    return consequents[consequentStarts[rule]];
  }

  double confidence(int rule) {
    return AssociationRule.confidenceOf(counts[3 * rule], counts[3 * rule + 2]);
  }

  /**
   * Writes rules whose consequents have one item each: {@code starts} (rules + 1) of the
   * antecedents among {@code antecedents}, {@code consequents} (rules), {@code counts} (rules ×
   * antecedent, consequent, both) of {@code baskets} baskets; which limits were met, in words too.
   */
  void save(ModelWriter out) {
    out.ints("starts", antecedentStarts)
        .ints("antecedents", antecedents)
        .ints("consequents", consequents)
        .ints("counts", counts, size(), 3)
        .text("baskets", Integer.toString(baskets))
        .text("limits", cuts.stream().map(cut -> cut.limit().name()).collect(joining(",")))
        .text("missing", cuts.stream().map(Cut::missing).collect(joining("\n")));
  }

  /** Reads what {@link #save} wrote. */
  static MinedRules read(ModelReader in, IdIndex index) {
    int[] consequents = in.ints("consequents");
    int size = consequents.length;
    int[] starts = in.ints("starts", size + 1L);
    int[] antecedents = in.ints("antecedents");
    int[] counts = in.ints("counts", size, 3);
    int[] singles = new int[size + 1];
    Arrays.setAll(singles, rule -> rule);
    MinedRules rules =
        new MinedRules(
            index, baskets(in), cuts(in), starts, antecedents, singles, consequents, counts);
    if (starts[0] != 0 || starts[size] != antecedents.length) {
      throw in.damaged("starts do not run from 0 to " + antecedents.length);
    }
    for (int rule = 0; rule < size; rule++) {
      if (starts[rule] >= starts[rule + 1] || starts[rule + 1] > antecedents.length) {
        throw in.damaged("rule " + rule + " has no antecedent, or one beyond the last item");
      }
      rules.check(in, rule);
    }
    return rules;
  }

  private void check(ModelReader in, int rule) {
    int last = -1;
    for (int p = antecedentStarts[rule]; p < antecedentStarts[rule + 1]; p++) {
      if (antecedents[p] <= last || antecedents[p] >= index.size()) {
        throw in.damaged(
            "rule "
                + rule
                + " has item "
                + antecedents[p]
                + " of "
                + index.size()
                + " after "
                + last);
      }
      last = antecedents[p];
    }
    int consequent = consequent(rule);
    if (consequent < 0 || consequent >= index.size() || antecedentHolds(rule, consequent)) {
      throw in.damaged(
          "rule " + rule + " has the consequent " + consequent + " of " + index.size() + " items");
    }
    int both = counts[3 * rule + 2];
    for (int k = 0; k < 2; k++) {
      if (both < 1 || counts[3 * rule + k] < both || counts[3 * rule + k] > baskets) {
        throw in.damaged(
            "rule "
                + rule
                + " is in "
                + both
                + " baskets and a part of it in "
                + counts[3 * rule + k]
                + ", of "
                + baskets);
      }
    }
    if (rule > 0 && confidence(rule) > confidence(rule - 1)) {
      throw in.damaged("rule " + rule + " is more certain than the one before it");
    }
  }

  private static int baskets(ModelReader in) {
    String text = in.text("baskets");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw in.damaged("baskets is \"" + text + "\", which is no number", e);
    }
  }

  private static List<Cut> cuts(ModelReader in) {
    String limits = in.text("limits");
    if (limits.isEmpty()) {
      return List.of();
    }
    String[] names = limits.split(",", -1);
    String[] missing = in.text("missing").split("\n", -1);
    if (names.length != missing.length) {
      throw in.damaged("limits name " + names.length + ", missing describes " + missing.length);
    }
    List<Cut> cuts = new ArrayList<>();
    for (int k = 0; k < names.length; k++) {
      cuts.add(new Cut(limit(in, names[k]), missing[k]));
    }
    return cuts;
  }

  private static Limit limit(ModelReader in, String name) {
    for (Limit limit : Limit.values()) {
      if (limit.name().equals(name)) {
        return limit;
      }
    }
    throw in.damaged("limits hold \"" + name + "\", which is no limit of this version");
  }

  private AssociationRule rule(int rule) {
    return AssociationRule.of(
        ids(antecedents, antecedentStarts[rule], antecedentStarts[rule + 1]),
        ids(consequents, consequentStarts[rule], consequentStarts[rule + 1]),
        baskets,
        counts[3 * rule],
        counts[3 * rule + 1],
        counts[3 * rule + 2]);
  }

  private List<String> ids(int[] items, int from, int to) {
    String[] ids = new String[to - from];
    for (int k = 0; k < ids.length; k++) {
      ids[k] = index.id(items[from + k]);
    }
    return List.of(ids);
  }

  private final class View extends AbstractList<AssociationRule> implements RandomAccess {
    @Override
    public AssociationRule get(int rule) {
      return rule(Objects.checkIndex(rule, size()));
    }

    @Override
    public int size() {
      return MinedRules.this.size();
    }
  }

  @Override
  public String toString() {
    return size() + " rules of " + baskets + " baskets";
  }
}
