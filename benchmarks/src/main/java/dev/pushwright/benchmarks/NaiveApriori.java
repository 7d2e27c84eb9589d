// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frequent itemsets and rules as one would write them in an afternoon: sets of ids, candidates of
 * each length from two itemsets one shorter, every candidate looked for in every basket. The rival
 * of {@code FpGrowth}, with the same answers.
 */
final class NaiveApriori {

  /** A rule with what makes it one. */
  record Rule(Set<String> antecedent, String consequent, double confidence) {}

  private final Map<Set<String>, Integer> counts = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  NaiveApriori(List<List<String>> slips, double minSupport, double minConfidence) {
    List<Set<String>> baskets = new ArrayList<>();
    Set<Set<String>> level = new HashSet<>();
    for (List<String> slip : slips) {
      baskets.add(new HashSet<>(slip));
      slip.forEach(item -> level.add(Set.of(item)));
    }
    Set<Set<String>> candidates = level;
    while (!candidates.isEmpty()) {
      Set<Set<String>> frequent = new HashSet<>();
      for (Set<String> candidate : candidates) {
        int count = 0;
        for (Set<String> basket : baskets) {
          if (basket.containsAll(candidate)) {
            count++;
          }
        }
        if (count >= minSupport * baskets.size()) {
          counts.put(candidate, count);
          frequent.add(candidate);
        }
      }
      candidates = join(frequent);
    }
    counts.forEach((set, count) -> addRules(set, count, minConfidence));
  }

  /** The unions of two that have one item more, and all of whose subsets are frequent. */
  private static Set<Set<String>> join(Set<Set<String>> frequent) {
    Set<Set<String>> joined = new HashSet<>();
    for (Set<String> one : frequent) {
      for (Set<String> other : frequent) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        if (union.size() == one.size() + 1
            && union.stream().allMatch(item -> frequent.contains(without(union, item)))) {
          joined.add(union);
        }
      }
    }
    return joined;
  }

  private static Set<String> without(Set<String> set, String item) {
    Set<String> rest = new HashSet<>(set);
    rest.remove(item);
    return rest;
  }

  private void addRules(Set<String> set, int count, double minConfidence) {
    for (String item : set) {
      Integer antecedent = counts.get(without(set, item));
      if (antecedent != null && (double) count / antecedent >= minConfidence) {
        rules.add(new Rule(without(set, item), item, (double) count / antecedent));
      }
    }
  }

  /** How many baskets hold each frequent itemset. */
  Map<Set<String>, Integer> counts() {
    return counts;
  }

  List<Rule> rules() {
    return rules;
  }
}
