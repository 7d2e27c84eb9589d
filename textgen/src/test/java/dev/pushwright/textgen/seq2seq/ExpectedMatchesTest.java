// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedMatchesTest {

  private static final double[] PRECISIONS = {0.93, 0.80, 0.65, 0.52};

  private static NGramCounts counts(int... text) {
    return NGramCounts.of(text);
  }

  @Test
  void aRunCountsByTheChanceThatOneOfFivePeopleWritesIt() {
    ExpectedMatches half = new ExpectedMatches(List.of(counts(7), counts(8)));
    double chance = 1 - Math.pow(0.5, 5);
    assertThat(half.gain(counts(7))).isCloseTo(chance / 0.93 - 1, within(1e-12));
    assertThat(half.gain(counts(9))).isCloseTo(-1, within(1e-12));
    // The second time nobody writes it.
    assertThat(half.gain(counts(7, 7))).isCloseTo(chance / 0.93 - 3, within(1e-12));
  }

  /** The chance by trying every way to take five texts from those drawn. */
  @Test
  void theGainIsThatOfEveryFiveTextsInTurn() {
    List<int[]> drawn =
        List.of(new int[] {1, 2, 3, 1, 2}, new int[] {1, 2, 4}, new int[] {5, 1, 2, 3, 1});
    ExpectedMatches expected =
        new ExpectedMatches(drawn.stream().map(text -> NGramCounts.of(text)).toList());
    for (int[] text : List.of(new int[] {1, 2, 3, 1, 2, 3}, new int[] {4, 1, 2}, new int[] {6})) {
      double sum = 0;
      for (int draw = 0; draw < 243; draw++) {
        List<int[]> people = new ArrayList<>();
        for (int p = 0, rest = draw; p < ExpectedMatches.PEOPLE; p++, rest /= 3) {
          people.add(drawn.get(rest % 3));
        }
        for (int n = 0; n < 4; n++) {
          int matches = 0;
          int runs = 0;
          NGramCounts most = NGramCounts.most(people);
          for (var run : NGramCounts.of(text).counts(n).entrySet()) {
            matches += Math.min(run.getValue(), most.counts(n).getOrDefault(run.getKey(), 0));
            runs += run.getValue();
          }
          sum += matches / PRECISIONS[n] - runs;
        }
      }
      assertThat(expected.gain(NGramCounts.of(text))).isCloseTo(sum / 243, within(1e-9));
    }
  }
}
