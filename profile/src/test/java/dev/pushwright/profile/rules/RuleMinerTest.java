// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleMinerTest {

  private static final Offset<Double> NEAR = within(1e-12);

  static Stream<List<List<String>>> randoms() {
    return IntStream.range(1000, 1060).mapToObj(FpGrowthTest::random);
  }

  private static FrequentItemsets itemsets(List<List<String>> baskets, double minSupport) {
    return FpGrowth.builder().minSupport(minSupport).build().mine(Baskets.of(baskets));
  }

  private static Map<Apriori.Rule, AssociationRule> asMap(MinedRules rules) {
    Map<Apriori.Rule, AssociationRule> map = new HashMap<>();
    for (AssociationRule rule : rules.all()) {
      Apriori.Rule key =
          new Apriori.Rule(Set.copyOf(rule.antecedent()), Set.copyOf(rule.consequent()));
      if (map.put(key, rule) != null) {
        throw new AssertionError(rule + " is there twice");
      }
    }
    return map;
  }

  private static void assertSame(
      MinedRules found, Map<Apriori.Rule, List<Integer>> expected, int baskets) {
    Map<Apriori.Rule, AssociationRule> rules = asMap(found);
    assertThat(rules.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, counts) -> {
          AssociationRule rule = Objects.requireNonNull(rules.get(key));
          double n = baskets;
          double a = counts.get(0) / n;
          double c = counts.get(1) / n;
          double both = counts.get(2) / n;
          assertThat(rule.count()).isEqualTo(counts.get(2));
          assertThat(rule.support()).isCloseTo(both, NEAR);
          assertThat(rule.confidence()).isCloseTo(both / a, NEAR);
          assertThat(rule.lift()).isCloseTo(both / (a * c), within(1e-12 * n));
          assertThat(rule.leverage()).isCloseTo(both - a * c, NEAR).isBetween(-0.25, 0.25);
          if (counts.get(1) == baskets) {
            assertThat(rule.conviction()).isEqualTo(1);
          } else if (counts.get(2).equals(counts.get(0))) {
            assertThat(rule.conviction()).isEqualTo(Double.POSITIVE_INFINITY);
          } else {
            assertThat(rule.conviction()).isCloseTo((1 - c) / (1 - both / a), within(1e-9));
          }
        });
  }

  @Test
  void aHandWorkedRule() {
    // tea in 3 of 4, milk in 2, both in 2.
    MinedRules rules =
        RuleMiner.builder()
            .minConfidence(0.6)
            .build()
            .mine(
                itemsets(
                    List.of(
                        List.of("tea", "milk"),
                        List.of("milk", "tea", "tea"),
                        List.of("tea"),
                        List.of("pot")),
                    0.5));
    assertThat(rules.all())
        .containsExactly(
            new AssociationRule(
                List.of("milk"),
                List.of("tea"),
                2,
                0.5,
                1,
                4 / 3.,
                0.125,
                Double.POSITIVE_INFINITY),
            new AssociationRule(
                List.of("tea"), List.of("milk"), 2, 0.5, 2 / 3., 4 / 3., 0.125, 1.5));
    assertThat(rules.all().get(0)).hasToString("[milk] => [tea]");
    assertThat(rules).hasToString("2 rules of 4 baskets");
  }

  @Test
  void whatIsInEveryBasketIsSaidNothingAboutByAnything() {
    MinedRules rules =
        RuleMiner.builder()
            .build()
            .mine(itemsets(List.of(List.of("bag", "tea"), List.of("bag")), 0));
    assertThat(rules.all())
        .containsExactly(new AssociationRule(List.of("tea"), List.of("bag"), 1, 0.5, 1, 1, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("randoms")
  void rulesAreThoseOfTheTwin(List<List<String>> baskets) {
    Apriori twin = new Apriori(baskets);
    FrequentItemsets itemsets = itemsets(baskets, 2.5 / 60);
    Map<Set<String>, Integer> frequent = twin.frequent(itemsets.minCount(), 100);
    for (int maxConsequent : new int[] {1, 2, 9}) {
      for (double minConfidence : new double[] {0, 0.5, 1}) {
        for (double minLift : new double[] {0, 1.01}) {
          MinedRules found =
              RuleMiner.builder()
                  .minConfidence(minConfidence)
                  .minLift(minLift)
                  .maxConsequent(maxConsequent)
                  .build()
                  .mine(itemsets);
          assertThat(found.isComplete()).isTrue();
          assertSame(
              found, twin.rules(frequent, minConfidence, minLift, maxConsequent), baskets.size());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("randoms")
  void theBestAreKeptInTheOrderAskedFor(List<List<String>> baskets) {
    FrequentItemsets itemsets = itemsets(baskets, 0.05);
    Comparator<AssociationRule> byLift = Comparator.comparingDouble(AssociationRule::lift);
    Comparator<AssociationRule> byConfidence =
        Comparator.comparingDouble(AssociationRule::confidence);
    for (RuleOrder order : RuleOrder.values()) {
      RuleMiner.Builder miner = RuleMiner.builder().minConfidence(0).maxConsequent(3).order(order);
      MinedRules all = miner.build().mine(itemsets);
      Comparator<AssociationRule> comparator =
          (order == RuleOrder.LIFT
                  ? byLift.thenComparing(byConfidence)
                  : byConfidence.thenComparing(byLift))
              .thenComparingInt(AssociationRule::count)
              .reversed();
      assertThat(all.all()).isSortedAccordingTo(comparator);
      for (int limit : new int[] {1, 2, 7, Math.max(1, all.size())}) {
        MinedRules kept = miner.maxRules(limit).build().mine(itemsets);
        assertThat(kept.all()).isEqualTo(all.all().subList(0, Math.min(limit, all.size())));
        assertThat(kept.cuts().stream().map(Cut::limit))
            .isEqualTo(all.size() > limit ? List.of(Limit.RULES) : List.of());
      }
      miner.maxRules(RuleMiner.DEFAULT_MAX_RULES);
    }
  }

  @Test
  void groceriesAreThoseOfTheTwin() throws IOException {
    List<List<String>> slips = Groceries.slips();
    FrequentItemsets itemsets = itemsets(slips, 0.001);
    MinedRules found = RuleMiner.builder().minConfidence(0.8).build().mine(itemsets);
    Apriori twin = new Apriori(slips);
    assertSame(found, twin.rules(twin.frequent(10, 100), 0.8, 0, 1), slips.size());
    // summary(apriori(Groceries, parameter = list(supp = 0.001, conf = 0.8))) of arules: 410 rules,
    // of which 29 have 3 items, 229 have 4, 140 have 5 and 12 have 6.
    assertThat(found.size()).isEqualTo(410);
    assertThat(
            found.all().stream()
                .collect(
                    Collectors.groupingBy(
                        rule -> rule.antecedent().size() + 1, Collectors.counting())))
        .isEqualTo(Map.of(3, 29L, 4, 229L, 5, 140L, 6, 12L));
    // inspect(head(sort(rules, by = "lift"), 1)).
    AssociationRule best = found.all().get(0);
    assertThat(best.antecedent()).containsExactly("liquor", "red/blush wine");
    assertThat(best.consequent()).containsExactly("bottled beer");
    assertThat(best.support()).isCloseTo(0.001931876, within(5e-10));
    assertThat(best.confidence()).isCloseTo(0.9047619, within(5e-8));
    assertThat(best.lift()).isCloseTo(11.23527, within(5e-6));
  }

  @Test
  void rulesOfAPartialAnswerAreFlaggedAndExact() {
    List<List<String>> baskets = FpGrowthTest.PAPER;
    FrequentItemsets all = itemsets(baskets, 0);
    Apriori twin = new Apriori(baskets);
    FrequentItemsets some =
        FpGrowth.builder()
            .minSupport(0)
            .maxItemsets(all.size() / 2)
            .build()
            .mine(Baskets.of(baskets));
    MinedRules rules = RuleMiner.builder().minConfidence(0.3).build().mine(some);
    assertThat(rules.cuts()).isEqualTo(some.cuts()).isNotEmpty();
    Set<Apriori.Rule> kept = asMap(rules).keySet();
    Map<Apriori.Rule, List<Integer>> expected =
        twin.rules(twin.frequent(1, 100), 0.3, 0, 1).entrySet().stream()
            .filter(rule -> kept.contains(rule.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertSame(rules, expected, baskets.size());
    assertThat(rules.size()).isGreaterThan(10);
  }

  @Test
  void theTimeLimitEndsTheSplits() {
    // Twelve items that are always together: 4094 splits of the longest alone.
    List<String> basket = IntStream.range(10, 22).mapToObj(i -> "i" + i).toList();
    FrequentItemsets itemsets = itemsets(List.of(basket, basket), 0);
    AtomicLong now = new AtomicLong();
    MinedRules found =
        RuleMiner.builder()
            .maxConsequent(100)
            .timeLimit(Duration.ofNanos(20))
            .clock(now::incrementAndGet)
            .build()
            .mine(itemsets);
    assertThat(found.size()).isBetween(1000, 6000);
    assertThat(found.cuts()).extracting(Cut::limit).containsExactly(Limit.TIME);
    assertThat(found.cuts().get(0).missing()).contains("of 4095 itemsets, those after the first");
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    RuleMiner.Builder builder = RuleMiner.builder();
    assertThatThrownBy(() -> builder.minConfidence(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minConfidence is -0.1; allowed: 0 to 1");
    assertThatThrownBy(() -> builder.minLift(Double.NaN)).hasMessageContaining("minLift is NaN");
    assertThatThrownBy(() -> builder.minLift(Double.POSITIVE_INFINITY))
        .hasMessageContaining("minLift is Infinity");
    assertThatThrownBy(() -> builder.maxConsequent(0)).hasMessageContaining("maxConsequent is 0");
    assertThatThrownBy(() -> builder.maxRules(0)).hasMessageContaining("maxRules is 0");
    assertThatThrownBy(() -> builder.timeLimit(Duration.ofMillis(-1)))
        .hasMessageContaining("timeLimit is PT-0.001S");
  }
}
