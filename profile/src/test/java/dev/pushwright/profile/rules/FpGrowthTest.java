// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FpGrowthTest {

  // The example of the paper, table 1 and figure 1: support at least 3 of 5 baskets.
  static final List<List<String>> PAPER =
      List.of(
          List.of("f", "a", "c", "d", "g", "i", "m", "p"),
          List.of("a", "b", "c", "f", "l", "m", "o"),
          List.of("b", "f", "h", "j", "o"),
          List.of("b", "c", "k", "s", "p"),
          List.of("a", "f", "c", "e", "l", "p", "m", "n"));

  /** Baskets of skewed popularity, some empty. */
  static List<List<String>> random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int items = 2 + random.nextInt(11);
    int size = 1 + random.nextInt(items);
    return IntStream.range(0, 1 + random.nextInt(60))
        .mapToObj(
            b ->
                IntStream.range(0, random.nextInt(size + 1))
                    .mapToObj(k -> "i" + (int) (random.nextDouble() * random.nextInt(1, items + 1)))
                    .toList())
        .toList();
  }

  static Stream<List<List<String>>> randoms() {
    return IntStream.range(0, 100).mapToObj(FpGrowthTest::random);
  }

  private static Map<Set<String>, Integer> asMap(List<Itemset> sets) {
    Map<Set<String>, Integer> map = new HashMap<>();
    for (Itemset set : sets) {
      if (map.put(Set.copyOf(set.items()), set.count()) != null) {
        throw new AssertionError(set + " is there twice");
      }
    }
    return map;
  }

  @Test
  void thePaperExample() {
    FrequentItemsets found = FpGrowth.builder().minSupport(0.6).build().mine(Baskets.of(PAPER));
    assertThat(found.isComplete()).isTrue();
    assertThat(found.minCount()).isEqualTo(3);
    assertThat(found.maximal())
        .containsExactly(
            new Itemset(List.of("b"), 3, 0.6),
            new Itemset(List.of("c", "p"), 3, 0.6),
            new Itemset(List.of("a", "c", "f", "m"), 3, 0.6));
    assertThat(found.size()).isEqualTo(18);
    assertThat(found.all().get(0)).isEqualTo(new Itemset(List.of("c"), 4, 0.8));
  }

  @ParameterizedTest
  @MethodSource("randoms")
  void itemsetsAreThoseOfTheTwin(List<List<String>> baskets) {
    Apriori twin = new Apriori(baskets);
    for (int minCount : new int[] {1, 2, 3, 7}) {
      for (int maxLength : new int[] {1, 2, 3, 100}) {
        FrequentItemsets found =
            FpGrowth.builder()
                .minSupport(0)
                .minCount(minCount)
                .maxLength(maxLength)
                .build()
                .mine(Baskets.of(baskets));
        Map<Set<String>, Integer> expected = twin.frequent(minCount, maxLength);
        assertThat(asMap(found.all())).isEqualTo(expected);
        assertThat(found.all())
            .allSatisfy(
                set ->
                    assertThat(set.support())
                        .isEqualTo(set.count() / (double) baskets.size())
                        .isBetween(0.0, 1.0));
        assertThat(asMap(found.maximal())).isEqualTo(uncovered(expected, false));
        assertThat(asMap(found.closed())).isEqualTo(uncovered(expected, true));
        boolean longer = twin.frequent(minCount, 100).size() > expected.size();
        // What is cut is said; that something may be missing is said sometimes where nothing is.
        assertThat(found.cuts().stream().map(Cut::limit))
            .isSubsetOf(Limit.LENGTH)
            .hasSizeGreaterThanOrEqualTo(longer ? 1 : 0);
      }
    }
  }

  /** Those without a superset, of the same count or any, by the definition. */
  private static Map<Set<String>, Integer> uncovered(
      Map<Set<String>, Integer> sets, boolean sameCount) {
    return sets.entrySet().stream()
        .filter(
            one ->
                sets.entrySet().stream()
                    .noneMatch(
                        other ->
                            other.getKey().size() > one.getKey().size()
                                && other.getKey().containsAll(one.getKey())
                                && (!sameCount || other.getValue().equals(one.getValue()))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void groceriesAreThoseOfTheTwin() throws IOException {
    List<List<String>> slips = Groceries.slips();
    Baskets baskets = Baskets.of(slips);
    assertThat(baskets.size()).isEqualTo(9835);
    assertThat(baskets.items().size()).isEqualTo(169);
    FrequentItemsets found = FpGrowth.builder().minSupport(0.001).build().mine(baskets);
    assertThat(found.isComplete()).isTrue();
    assertThat(found.minCount()).isEqualTo(10);
    assertThat(asMap(found.all())).isEqualTo(new Apriori(slips).frequent(10, 100)).hasSize(13_492);
    // arules prints it: apriori(Groceries, parameter = list(support = 0.005, confidence = 0.2,
    // target = "frequent")) gives 1001 sets.
    assertThat(FpGrowth.builder().minSupport(0.005).build().mine(baskets).size()).isEqualTo(1001);
  }

  @Test
  void theOrderIsBySupportThenLengthThenFrequencyOfTheItems() {
    for (long seed = 0; seed < 50; seed++) {
      List<List<String>> baskets = random(seed);
      List<Itemset> found =
          FpGrowth.builder().minSupport(0.05).build().mine(Baskets.of(baskets)).all();
      Apriori twin = new Apriori(baskets);
      List<String> byFrequency =
          found.stream()
              .filter(set -> set.items().size() == 1)
              .map(set -> set.items().get(0))
              .sorted(
                  Comparator.comparing((String item) -> -twin.count(Set.of(item)))
                      .thenComparing(item -> item))
              .toList();
      assertThat(found)
          .isSortedAccordingTo(
              Comparator.comparingInt((Itemset set) -> -set.count())
                  .thenComparingInt(set -> set.items().size())
                  .thenComparing(
                      set ->
                          // Rarest item first, as digits of a fixed width.
                          set.items().stream()
                              .map(item -> 100 + byFrequency.indexOf(item))
                              .sorted(Comparator.reverseOrder())
                              .toList()
                              .toString()));
      assertThat(found).allSatisfy(set -> assertThat(set.items()).isSorted());
    }
  }

  @Test
  void theOrderOfBasketsAndOfTheirItemsDoesNotMatter() {
    Random random = new Random(5);
    for (long seed = 0; seed < 20; seed++) {
      List<List<String>> baskets = random(seed);
      List<List<String>> shuffled = new ArrayList<>();
      for (List<String> basket : baskets) {
        List<String> items = new ArrayList<>(basket);
        Collections.shuffle(items, random);
        items.addAll(basket);
        shuffled.add(random.nextInt(shuffled.size() + 1), items);
      }
      FpGrowth miner = FpGrowth.builder().minSupport(0.02).build();
      assertThat(miner.mine(Baskets.of(shuffled)).all())
          .isEqualTo(miner.mine(Baskets.of(baskets)).all());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 500, 1000, 20_000})
  void thirtyEqualBasketsOfFiveHundredItemsEndAtTheLimit(int maxItemsets) {
    List<List<String>> baskets = new ArrayList<>();
    for (int b = 0; b < 30; b++) {
      baskets.add(IntStream.range(1000, 1500).mapToObj(i -> "i" + i).toList());
    }
    FrequentItemsets found =
        FpGrowth.builder().maxItemsets(maxItemsets).build().mine(Baskets.of(baskets));
    assertThat(found.size()).isEqualTo(maxItemsets);
    assertThat(found.cuts()).hasSize(1);
    assertThat(found.cuts().get(0).limit()).isEqualTo(Limit.ITEMSETS);
    assertPartial(found, new Apriori(baskets), 1);
  }

  @Test
  void thirtyDifferentBasketsOfFiveHundredItemsEndAtTheLimit() {
    SplittableRandom random = new SplittableRandom(1);
    List<List<String>> baskets = new ArrayList<>();
    for (int b = 0; b < 30; b++) {
      baskets.add(
          IntStream.generate(() -> random.nextInt(600))
              .distinct()
              .limit(500)
              .mapToObj(i -> "i" + i)
              .toList());
    }
    FrequentItemsets found =
        FpGrowth.builder().minSupport(0).maxItemsets(50_000).build().mine(Baskets.of(baskets));
    assertThat(found.size()).isEqualTo(50_000);
    assertThat(found.isComplete()).isFalse();
    assertThat(found.closed().size()).isLessThan(50_000);
    assertThat(RuleMiner.builder().maxRules(1000).build().mine(found).size()).isEqualTo(1000);
  }

  @Test
  void oneBasketOfAHundredThousandItemsEndsAtTheLimit() {
    List<String> basket = IntStream.range(0, 100_000).mapToObj(i -> "i" + i).toList();
    FrequentItemsets found =
        FpGrowth.builder().maxItemsets(150_000).build().mine(Baskets.of(List.of(basket)));
    assertThat(found.size()).isEqualTo(150_000);
    // All single items, then what the first of them make up.
    assertThat(found.all().stream().filter(set -> set.items().size() == 1)).hasSize(100_000);
    assertThat(completeItems(found)).isGreaterThanOrEqualTo(15);
  }

  @ParameterizedTest
  @MethodSource("randoms")
  void whatIsFoundBeforeALimitIsRightAndComplete(List<List<String>> baskets) {
    Apriori twin = new Apriori(baskets);
    int all = twin.frequent(2, 100).size();
    for (int limit = 1; limit <= all + 1; limit += 1 + limit / 4) {
      FrequentItemsets found =
          FpGrowth.builder()
              .minSupport(0)
              .minCount(2)
              .maxItemsets(limit)
              .build()
              .mine(Baskets.of(baskets));
      assertThat(found.size()).isEqualTo(Math.min(limit, all));
      assertThat(found.isComplete()).isEqualTo(limit >= all);
      if (!found.isComplete()) {
        assertPartial(found, twin, 2);
      }
    }
  }

  /** Right counts, no itemset without its subsets, everything of the items that are complete. */
  private static void assertPartial(FrequentItemsets found, Apriori twin, int minCount) {
    Map<Set<String>, Integer> sets = asMap(found.all());
    List<Set<String>> singles = new ArrayList<>();
    int checked = 0;
    for (Itemset set : found.all()) {
      if (set.items().size() == 1) {
        singles.add(Set.copyOf(set.items()));
      }
      for (String item : set.items()) {
        Set<String> subset = new HashSet<>(set.items());
        subset.remove(item);
        if (!subset.isEmpty() && !sets.containsKey(subset)) {
          throw new AssertionError(set + " is there without " + subset);
        }
      }
      if (checked++ < 500) {
        assertThat(set.count()).isEqualTo(twin.count(Set.copyOf(set.items())));
      }
    }
    int complete = completeItems(found);
    assertThat(complete).isBetween(1, Math.max(1, singles.size()));
    Set<String> frequent = new HashSet<>();
    singles.subList(0, Math.min(12, complete)).forEach(frequent::addAll);
    List<String> items = List.copyOf(frequent);
    for (int mask = 1; mask < 1 << items.size(); mask++) {
      Set<String> of = new HashSet<>();
      for (int k = 0; k < items.size(); k++) {
        if ((mask >> k & 1) == 1) {
          of.add(items.get(k));
        }
      }
      if (twin.count(of) >= minCount) {
        assertThat(sets).containsKey(of);
      }
    }
  }

  private static int completeItems(FrequentItemsets found) {
    Matcher told =
        Pattern.compile("all itemsets of the (\\d+) most frequent")
            .matcher(found.cuts().get(0).missing());
    assertThat(told.find()).isTrue();
    return Integer.parseInt(told.group(1));
  }

  @Test
  void theTimeLimitEndsTheSearchAtAnyPoint() {
    List<List<String>> baskets = new ArrayList<>();
    for (int b = 0; b < 3000; b++) {
      SplittableRandom random = new SplittableRandom(b);
      baskets.add(random.ints(8, 0, 60).distinct().mapToObj(i -> "i" + i).toList());
    }
    Apriori twin = new Apriori(baskets);
    FpGrowth.Builder miner = FpGrowth.builder().minSupport(0).minCount(3);
    int all = miner.build().mine(Baskets.of(baskets)).size();
    int before = 0;
    for (int seconds : new int[] {1, 12, 20, 50, 100_000}) {
      // Each look at the clock takes a second.
      AtomicLong now = new AtomicLong(-3_000_000_000L);
      FrequentItemsets found =
          miner
              .timeLimit(Duration.ofSeconds(seconds))
              .clock(() -> now.addAndGet(1_000_000_000))
              .build()
              .mine(Baskets.of(baskets));
      assertThat(found.size()).isGreaterThanOrEqualTo(before);
      before = found.size();
      if (found.isComplete()) {
        assertThat(found.size()).isEqualTo(all);
      } else {
        assertThat(found.size()).isLessThan(all);
        assertThat(found.cuts()).extracting(Cut::limit).containsExactly(Limit.TIME);
        assertThat(found.cuts().get(0).missing()).startsWith("the time limit was met");
        assertPartial(found, twin, 3);
      }
    }
    assertThat(before).isEqualTo(all);
  }

  @Test
  void theLengthLimitIsToldWhereLongerItemsetsMayBe() {
    FpGrowth.Builder miner = FpGrowth.builder().minSupport(0.6).maxLength(3);
    FrequentItemsets found = miner.build().mine(Baskets.of(PAPER));
    assertThat(found.size()).isEqualTo(17);
    assertThat(found.cuts()).extracting(Cut::limit).containsExactly(Limit.LENGTH);
    assertThat(found.cuts().get(0).missing()).contains("more than 3 items");
    // The five itemsets of 4 items that a set of 5 needs are not there.
    assertThat(miner.maxLength(4).build().mine(Baskets.of(PAPER)).isComplete()).isTrue();
  }

  @Test
  void supportIsALowestShareToTheBit() {
    // 0.07 · 100 is 7.000000000000001 in doubles.
    List<List<String>> baskets = new ArrayList<>();
    for (int b = 0; b < 100; b++) {
      baskets.add(b < 7 ? List.of("a") : List.of("b"));
    }
    assertThat(FpGrowth.builder().minSupport(0.07).build().mine(Baskets.of(baskets)).all())
        .extracting(Itemset::support)
        .containsExactly(0.93, 0.07);
    for (int n = 1; n < 2000; n++) {
      for (int count = 1; count <= n; count += 1 + n / 50) {
        assertThat(FpGrowth.builder().minSupport(count / (double) n).build().minCount(n))
            .isEqualTo(count);
      }
    }
  }

  @Test
  void nothingGivesNothing() {
    for (List<List<String>> baskets :
        List.of(List.<List<String>>of(), List.of(List.<String>of(), List.<String>of()))) {
      FrequentItemsets found = FpGrowth.builder().minSupport(0).build().mine(Baskets.of(baskets));
      assertThat(found.all()).isEmpty();
      assertThat(found.closed()).isEmpty();
      assertThat(found.maximal()).isEmpty();
      assertThat(found.isComplete()).isTrue();
      assertThat(RuleMiner.builder().build().mine(found).all()).isEmpty();
    }
  }

  @Test
  void progressIsToldAndInterruptionHeeded() {
    List<Progress> heard = new ArrayList<>();
    FpGrowth miner = FpGrowth.builder().minSupport(0.6).build();
    miner.mine(Baskets.of(PAPER), FitContext.standard().withListener(heard::add));
    assertThat(heard).extracting(Progress::done).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(heard).extracting(Progress::total).containsOnly(6L);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> miner.mine(Baskets.of(PAPER)))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void badOptionsSayWhatIsAllowed() {
    FpGrowth.Builder builder = FpGrowth.builder();
    assertThatThrownBy(() -> builder.minSupport(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minSupport is 1.1; allowed: 0 to 1");
    assertThatThrownBy(() -> builder.minSupport(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> builder.minCount(0)).hasMessageContaining("minCount is 0");
    assertThatThrownBy(() -> builder.maxLength(0)).hasMessageContaining("maxLength is 0");
    assertThatThrownBy(() -> builder.maxItemsets(-1)).hasMessageContaining("maxItemsets is -1");
    assertThatThrownBy(() -> builder.maxItemsets(50_000_001))
        .hasMessage("maxItemsets is 50000001; allowed: 1 to 50000000");
    assertThatThrownBy(() -> builder.timeLimit(Duration.ofSeconds(-1)))
        .hasMessageContaining("timeLimit is PT-1S");
    assertThat(builder.timeLimit(Duration.ofDays(1_000_000)).build().mine(Baskets.of(PAPER)).size())
        .isPositive();
  }
}
