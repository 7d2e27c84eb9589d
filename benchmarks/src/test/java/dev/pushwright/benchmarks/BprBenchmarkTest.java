// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.data.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rivals draw at random, each in its own order, so their numbers differ; but they have to have
 * learned the same: the share of pairs of an item the user has and one the user has not that is in
 * the right order.
 */
class BprBenchmarkTest {

  private static double areaUnderTheCurve(String rival, int epochs) {
    BprBenchmark benchmark = new BprBenchmark();
    benchmark.rival = rival;
    benchmark.factors = 16;
    benchmark.epochs = epochs;
    benchmark.setUp();
    Object model = benchmark.fit();
    List<Interaction> ratings = Synthetic.ratings(500, 300, 20, 1);
    double sum = 0;
    for (int user = 0; user < 500; user++) {
      String id = Synthetic.id("u", user);
      Set<String> has = new HashSet<>();
      ratings.stream().filter(r -> r.userId().equals(id)).forEach(r -> has.add(r.itemId()));
      List<String> ranking = BprBenchmark.ranking(model, id);
      assertThat(ranking).hasSizeGreaterThan(250).containsAll(has);
      long right = 0;
      int ahead = 0;
      for (String item : ranking) {
        if (has.contains(item)) {
          ahead++;
        } else {
          right += ahead;
        }
      }
      sum += right / (double) has.size() / (ranking.size() - has.size());
    }
    return sum / 500;
  }

  @Test
  void allRivalsLearnTheSame() {
    for (int epochs : new int[] {5, 30}) {
      double maps = areaUnderTheCurve("maps", epochs);
      assertThat(maps).isGreaterThan(0.6);
      assertThat(areaUnderTheCurve("bpr", epochs)).isCloseTo(maps, within(0.02));
      assertThat(areaUnderTheCurve("bpr-2", epochs)).isCloseTo(maps, within(0.02));
    }
  }

  @Test
  void aRivalThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> areaUnderTheCurve("magic", 1))
        .withMessageContaining("magic");
  }
}
