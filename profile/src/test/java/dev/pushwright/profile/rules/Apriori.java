// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The slow twin: candidates of each length from the itemsets one shorter, each counted; every split
 * of every itemset for rules, every measure by its definition from counts of whole baskets.
 */
final class Apriori {

  /** What a rule's measures come from. */
  record Rule(Set<String> antecedent, Set<String> consequent) {}

  private final int n;
  private final Map<String, BitSet> basketsOf = new TreeMap<>();

  Apriori(List<? extends Collection<String>> baskets) {
    this.n = baskets.size();
    for (int b = 0; b < n; b++) {
      for (String item : baskets.get(b)) {
        basketsOf.computeIfAbsent(item, id -> new BitSet()).set(b);
      }
    }
  }

  /** How many baskets hold all of the items. */
  int count(Set<String> items) {
    BitSet all = new BitSet();
    all.set(0, n);
    items.forEach(item -> all.and(basketsOf.getOrDefault(item, new BitSet())));
    return all.cardinality();
  }

  Map<Set<String>, Integer> frequent(int minCount, int maxLength) {
    Map<Set<String>, Integer> frequent = new HashMap<>();
    List<TreeSet<String>> level = new ArrayList<>();
    basketsOf.forEach((item, baskets) -> level.add(new TreeSet<>(Set.of(item))));
    while (!level.isEmpty()) {
      Map<Set<String>, List<String>> lastOf = new HashMap<>();
      for (TreeSet<String> candidate : level) {
        int count = count(candidate);
        if (count >= minCount) {
          frequent.put(candidate, count);
          lastOf
              .computeIfAbsent(candidate.headSet(candidate.last()), s -> new ArrayList<>())
              .add(candidate.last());
        }
      }
      int length = level.get(0).size();
      level.clear();
      if (length < maxLength) {
        // Itemsets that agree in all but the last item.
        lastOf.forEach(
            (head, lasts) -> {
              for (String a : lasts) {
                for (String b : lasts) {
                  if (a.compareTo(b) < 0) {
                    TreeSet<String> joined = new TreeSet<>(head);
                    joined.add(a);
                    joined.add(b);
                    level.add(joined);
                  }
                }
              }
            });
      }
    }
    return frequent;
  }

  /** All rules, with the counts of antecedent, consequent and both. */
  Map<Rule, List<Integer>> rules(
      Map<Set<String>, Integer> frequent, double minConfidence, double minLift, int maxConsequent) {
    Map<Rule, List<Integer>> rules = new HashMap<>();
    frequent.forEach(
        (set, both) -> {
          List<String> items = List.copyOf(set);
          for (int mask = 1; mask < (1 << items.size()) - 1; mask++) {
            if (Integer.bitCount(mask) > maxConsequent) {
              continue;
            }
            Set<String> antecedent = new TreeSet<>();
            Set<String> consequent = new TreeSet<>();
            for (int k = 0; k < items.size(); k++) {
              ((mask >> k & 1) == 1 ? consequent : antecedent).add(items.get(k));
            }
            int a = count(antecedent);
            int c = count(consequent);
            double confidence = (double) both / a;
            if (confidence >= minConfidence && confidence / ((double) c / n) >= minLift) {
              rules.put(new Rule(antecedent, consequent), List.of(a, c, both));
            }
          }
        });
    return rules;
  }
}
