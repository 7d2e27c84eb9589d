// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopNTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 99, 100, 101})
  void keepsWhatSortingAllWouldPutFirst(int n) {
    SplittableRandom random = new SplittableRandom(n);
    TopN top = new TopN(n);
    for (int trial = 0; trial < 200; trial++) {
      // Few distinct scores, so that many tie.
      double[] scores = random.doubles(100).map(x -> Math.floor(x * 12) - 6).toArray();
      List<Integer> offered =
          IntStream.range(0, 100)
              .boxed()
              .sorted(Comparator.comparingInt(i -> (i * 37 + 11) % 101))
              .toList();
      offered.forEach(i -> top.offer(i, scores[i]));
      int[] expected =
          IntStream.range(0, 100)
              .boxed()
              .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i))
              .limit(n)
              .mapToInt(i -> i)
              .toArray();
      assertThat(top.size()).isEqualTo(expected.length);
      int[] indices = new int[expected.length];
      double[] kept = new double[expected.length];
      assertThat(top.drain(indices, kept)).isEqualTo(expected.length);
      assertThat(indices).isEqualTo(expected);
      assertThat(kept).isEqualTo(IntStream.of(expected).mapToDouble(i -> scores[i]).toArray());
      assertThat(top.size()).isZero();
    }
  }

  @Test
  void equalScoresGoByTheSmallerInteger() {
    TopN top = new TopN(2);
    for (int i : new int[] {5, 1, 9, 3}) {
      top.offer(i, 1);
    }
    int[] indices = new int[2];
    top.drain(indices, new double[2]);
    assertThat(indices).containsExactly(1, 3);
  }

  @Test
  void theFloorIsTheWorstThatIsKeptOnceThereAreEnough() {
    TopN top = new TopN(2);
    assertThat(top.floor()).isEqualTo(Double.NEGATIVE_INFINITY);
    top.offer(0, 3);
    assertThat(top.floor()).isEqualTo(Double.NEGATIVE_INFINITY);
    top.offer(1, 8);
    assertThat(top.floor()).isEqualTo(3);
    top.offer(2, 5);
    assertThat(top.floor()).isEqualTo(5);
    assertThat(new TopN(0).floor()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void infiniteScoresHaveTheirPlaceAndNanIsRefused() {
    TopN top = new TopN(3);
    top.offer(0, Double.NEGATIVE_INFINITY);
    top.offer(1, Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> top.offer(2, Double.NaN)).hasMessageContaining("score of 2 is NaN");
    int[] indices = new int[2];
    assertThat(top.drain(indices, new double[2])).isEqualTo(2);
    assertThat(indices).containsExactly(1, 0);
    assertThatThrownBy(() -> new TopN(-1)).hasMessageContaining("-1");
  }

  @Test
  void clearForgets() {
    TopN top = new TopN(3);
    top.offer(4, 1);
    top.clear();
    assertThat(top.drain(new int[0], new double[0])).isZero();
  }
}
