// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.eval.RankingMetric.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingMetricTest {

  // Five answered of eight candidates; b and d are right and answered, x is right and not answered.
  private static JudgedList example() {
    return JudgedList.of(
        "u",
        List.of("a", "b", "c", "d", "e"),
        new double[] {5, 4, 3, 2, 1},
        Set.of("b", "d", "x"),
        8);
  }

  @ParameterizedTest
  @CsvSource({
    "hr@1, 0",
    "hr@2, 1",
    "precision@2, 0.5",
    "precision@4, 0.5",
    "precision@10, 0.2",
    "recall@2, 0.333333333333",
    "recall@10, 0.666666666667",
    // P = 2/4, R = 2/3: 2 · (1/3) / (7/6) = 4/7.
    "f1@4, 0.571428571429",
    "f1@1, 0",
    // 1/log2(3) of an ideal 1 + 1/log2(3) = 1.630929753571.
    "ndcg@2, 0.386852807235",
    // 1/log2(3) + 1/log2(5) = 1.061606311645 of an ideal 2.130929753571.
    "ndcg@5, 0.498189257466",
    // (1/2) / 2 and (1/2 + 2/4) / 3.
    "map@2, 0.25",
    "map@5, 0.333333333333",
    "mrr@1, 0",
    "mrr@5, 0.5",
    // Five irrelevant: b beats 4, d beats 3, x beats none of the answered a, c, e and ties with
    // two.
    "auc, 0.533333333333",
  })
  void handWorkedValuesComeOut(String metric, double expected) {
    assertThat(RankingMetric.parse(metric).of(example())).isCloseTo(expected, within(1e-9));
  }

  @Test
  void aPerfectListScoresOneAndAnEmptyOneNothing() {
    JudgedList perfect =
        JudgedList.of("u", List.of("a", "b"), new double[] {2, 1}, Set.of("a", "b"), 9);
    JudgedList empty = JudgedList.of("u", List.of(), new double[0], Set.of("a", "b"), 9);
    for (RankingMetric metric : RankingMetric.allAt(2)) {
      assertThat(metric.of(perfect)).as(metric.name()).isEqualTo(1);
      // Nothing was ordered, so every pair is tied.
      assertThat(metric.of(empty)).as(metric.name()).isEqualTo(metric.kind() == Kind.AUC ? 0.5 : 0);
    }
  }

  @Test
  void equalScoresCountHalfInAuc() {
    JudgedList tied =
        JudgedList.of("u", List.of("a", "b", "c"), new double[] {1, 1, 1}, Set.of("c"), 3);
    assertThat(RankingMetric.parse("auc").of(tied)).isEqualTo(0.5);
    JudgedList allRelevant = JudgedList.of("u", List.of("a"), new double[] {1}, Set.of("a"), 1);
    assertThat(RankingMetric.parse("auc").of(allRelevant)).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyMetricIsThatOfItsBruteForceTwin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 500; run++) {
      int candidates = 1 + random.nextInt(30);
      int answered = random.nextInt(candidates + 1);
      List<String> items = IntStream.range(0, answered).mapToObj(i -> "i" + i).toList();
      // Few different scores, so that there are ties.
      double[] scores =
          IntStream.range(0, answered)
              .mapToDouble(i -> random.nextInt(6))
              .sorted()
              .map(score -> 5 - score)
              .toArray();
      Set<String> relevant = new HashSet<>();
      relevant.add("i" + random.nextInt(candidates));
      for (int i = 0; i < candidates; i++) {
        if (random.nextInt(4) == 0) {
          relevant.add("i" + i);
        }
      }
      JudgedList list = JudgedList.of("u", items, scores, relevant, candidates);
      for (RankingMetric metric : RankingMetric.allAt(1 + random.nextInt(12))) {
        double found = metric.of(list);
        assertThat(found)
            .as(metric.name())
            .isCloseTo(twin(metric, items, scores, relevant, candidates), within(1e-12))
            .isBetween(0.0, 1.0);
      }
    }
  }

  /** The definitions, word by word, over sets. */
  private static double twin(
      RankingMetric metric,
      List<String> items,
      double[] scores,
      Set<String> relevant,
      int candidates) {
    List<String> top = items.subList(0, Math.min(metric.k(), items.size()));
    Set<String> common = new HashSet<>(top);
    common.retainAll(relevant);
    double precision = common.size() / (double) Math.max(1, metric.k());
    double recall = common.size() / (double) relevant.size();
    return switch (metric.kind()) {
      case HIT_RATE -> common.isEmpty() ? 0 : 1;
      case PRECISION -> precision;
      case RECALL -> recall;
      case F1 -> precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
      case NDCG -> {
        List<Double> gains = new ArrayList<>();
        top.forEach(item -> gains.add(relevant.contains(item) ? 1.0 : 0.0));
        List<Double> best = new ArrayList<>();
        for (int p = 0; p < metric.k(); p++) {
          best.add(p < relevant.size() ? 1.0 : 0.0);
        }
        yield dcg(gains) / dcg(best);
      }
      case MAP -> {
        double sum = 0;
        for (int p = 1; p <= top.size(); p++) {
          if (relevant.contains(top.get(p - 1))) {
            sum += top.subList(0, p).stream().filter(relevant::contains).count() / (double) p;
          }
        }
        yield sum / Math.min(relevant.size(), metric.k());
      }
      case MRR ->
          IntStream.range(0, top.size())
              .filter(p -> relevant.contains(top.get(p)))
              .mapToDouble(p -> 1.0 / (p + 1))
              .findFirst()
              .orElse(0);
      case AUC -> {
        double right = 0;
        int pairs = 0;
        for (int a = 0; a < candidates; a++) {
          for (int b = 0; b < candidates; b++) {
            if (relevant.contains("i" + a) && !relevant.contains("i" + b)) {
              pairs++;
              int order = Double.compare(score(scores, a), score(scores, b));
              right += order > 0 ? 1 : order == 0 ? 0.5 : 0;
            }
          }
        }
        yield pairs == 0 ? 0.5 : right / pairs;
      }
    };
  }

  private static double score(double[] scores, int item) {
    return item < scores.length ? scores[item] : Double.NEGATIVE_INFINITY;
  }

  private static double dcg(List<Double> gains) {
    return IntStream.range(0, gains.size())
        .mapToDouble(p -> gains.get(p) / (Math.log(p + 2) / Math.log(2)))
        .sum();
  }

  @Test
  void namesAreReadBackAndWrongOnesAreRefusedWithARemedy() {
    for (RankingMetric metric : RankingMetric.allAt(1, 10, 100)) {
      assertThat(RankingMetric.parse(metric.name())).isEqualTo(metric);
    }
    assertThatThrownBy(() -> RankingMetric.parse("ndgc@10"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean \"ndcg\"?");
    assertThatThrownBy(() -> RankingMetric.parse("hr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write hr@10");
    assertThatThrownBy(() -> RankingMetric.parse("hr@ten"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"ten\"");
    assertThatThrownBy(() -> RankingMetric.parse("hr@0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> RankingMetric.parse("auc@5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auc has none");
  }

  @Test
  void aListThatContradictsItselfIsRefused() {
    assertThatThrownBy(
            () -> JudgedList.of("u", List.of("a", "b"), new double[] {1, 2}, Set.of("a"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("position 1");
    assertThatThrownBy(() -> JudgedList.of("u", List.of("a"), new double[] {1}, Set.of(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to rank");
    assertThatThrownBy(() -> JudgedList.of("u", List.of("a"), new double[] {1}, Set.of("b"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only 1 candidates");
    assertThatThrownBy(
            () -> JudgedList.of("u", List.of("a", "a"), new double[] {1, 1}, Set.of("a"), 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("answered twice");
  }
}
