// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link Experiment} and {@link SampleRatio}. */
class ExperimentTest {

  private static Experiment thirds(String name) {
    return Experiment.named(name).control("c", 2).variant("a", 1).variant("b", 1).build();
  }

  private static Map<String, Long> counts(Experiment experiment, int users) {
    Map<String, Long> counts = new TreeMap<>();
    experiment.weights().keySet().forEach(arm -> counts.put(arm, 0L));
    IntStream.range(0, users).forEach(u -> counts.merge(experiment.assign("u" + u), 1L, Long::sum));
    return counts;
  }

  @Test
  void assignmentsStayWhatTheyAreFromReleaseToRelease() {
    Experiment experiment = thirds("golden");
    // Worked out by another program from SHA-256 alone.
    assertThat(IntStream.range(0, 16).mapToObj(u -> experiment.assign("u" + u)))
        .containsExactly(
            "a", "c", "c", "a", "b", "c", "b", "c", "c", "a", "c", "a", "c", "b", "b", "c");
    assertThat(experiment.control()).isEqualTo("c");
    assertThat(experiment.weights())
        .containsExactly(Map.entry("c", 2.0), Map.entry("a", 1.0), Map.entry("b", 1.0));
  }

  @Test
  void armsGetUsersByTheirWeights() {
    Map<String, Long> counts = counts(thirds("weights"), 40_000);
    // Standard errors 100 and 87: four of them.
    assertThat(counts.get("c")).isBetween(19_600L, 20_400L);
    assertThat(counts.get("a")).isBetween(9_650L, 10_350L);
    assertThat(counts.get("b")).isBetween(9_650L, 10_350L);
  }

  @Test
  void experimentsOfDifferentNamesAreIndependent() {
    Experiment one = Experiment.named("one").control("c", 1).variant("v", 1).build();
    Experiment two = Experiment.named("one2").control("c", 1).variant("v", 1).build();
    long both =
        IntStream.range(0, 40_000)
            .filter(u -> one.assign("u" + u).equals("v") && two.assign("u" + u).equals("v"))
            .count();
    // A quarter, standard error 87.
    assertThat(both).isBetween(9_650L, 10_350L);
    // Name and id run into each other nowhere: "one" + "2u" is not "one2" + "u".
    assertThat(
            IntStream.range(0, 200).filter(u -> one.assign("2u" + u).equals(two.assign("u" + u))))
        .hasSizeBetween(70, 130);
  }

  @Test
  void anExperimentThatCannotCompareIsRefused() {
    assertThatThrownBy(() -> Experiment.named(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("salts");
    assertThatThrownBy(() -> Experiment.named("e").variant("v", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("give control first");
    assertThatThrownBy(() -> Experiment.named("e").control("c", 1).control("d", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("[c]");
    assertThatThrownBy(() -> Experiment.named("e").control("c", 1).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one variant");
    assertThatThrownBy(() -> Experiment.named("e").control("c", 1).variant("c", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"c\"");
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Experiment.named("e").control("c", weight))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(weight));
    }
  }

  @Test
  void theRatioOfTheHashItselfIsInOrder() {
    for (int i = 0; i < 20; i++) {
      Experiment experiment = thirds("ratio" + i);
      assertThat(SampleRatio.check(experiment, counts(experiment, 2_000)).mismatch()).isFalse();
    }
  }

  @Test
  void lostUsersAreNoticed() {
    // 50 000 · 2/4 and 1/4 each expected: (500² / 25000) + 2 · (250² / 12500).
    SampleRatio off =
        SampleRatio.check(thirds("lost"), Map.of("c", 24_500L, "a", 12_750L, "b", 12_750L));
    assertThat(off.statistic()).isEqualTo(20);
    assertThat(off.mismatch()).isTrue();
    SampleRatio exact = SampleRatio.check(thirds("lost"), Map.of("c", 500L, "a", 250L, "b", 250L));
    assertThat(exact.pValue()).isEqualTo(1);
  }

  @Test
  void theRatioCheckErrsAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(21);
    Experiment experiment = thirds("level");
    int runs = 4_000;
    int below = 0;
    for (int run = 0; run < runs; run++) {
      long[] n = new long[3];
      for (int u = 0; u < 500; u++) {
        int place = random.nextInt(4);
        n[Math.max(0, place - 1)]++;
      }
      double p = SampleRatio.check(experiment, Map.of("c", n[0], "a", n[1], "b", n[2])).pValue();
      below += p < 0.05 ? 1 : 0;
    }
    // 200 expected, standard error 13.8: four of them.
    assertThat(below).isBetween(145, 255);
  }

  @Test
  void countsOfOtherArmsAreRefused() {
    assertThatThrownBy(() -> SampleRatio.check(thirds("e"), Map.of("c", 1L, "a", 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[c, a, b]");
    assertThatThrownBy(() -> SampleRatio.check(thirds("e"), Map.of("c", 0L, "a", 0L, "b", 0L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no arm of e has a user");
    assertThatThrownBy(() -> SampleRatio.check(thirds("e"), Map.of("c", 5L, "a", -1L, "b", 2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
