// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TellingColumnsTest {

  /** The F statistic from its definition, over dense columns. */
  private static double f(double[][] x, int[] classOf, int classes, int column) {
    double mean = 0;
    double[] means = new double[classes];
    int[] sizes = new int[classes];
    for (int u = 0; u < x.length; u++) {
      mean += x[u][column] / x.length;
      means[classOf[u]] += x[u][column];
      sizes[classOf[u]]++;
    }
    double between = 0;
    for (int c = 0; c < classes; c++) {
      means[c] /= sizes[c];
      between += sizes[c] * (means[c] - mean) * (means[c] - mean);
    }
    double within = 0;
    for (int u = 0; u < x.length; u++) {
      within += (x[u][column] - means[classOf[u]]) * (x[u][column] - means[classOf[u]]);
    }
    return between / within;
  }

  @Test
  void columnsOfTheLargestFStatisticAreKept() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] x = new double[90][12];
    int[] classOf = new int[90];
    List<Features> users = new ArrayList<>();
    for (int u = 0; u < 90; u++) {
      classOf[u] = u % 3;
      for (int column = 0; column < 12; column++) {
        boolean has = random.nextInt(3) > 0;
        x[u][column] = has ? random.nextDouble() + (classOf[u] == 1 ? column * 0.1 : 0) : 0;
      }
      double[] row = x[u];
      int[] columns = IntStream.range(0, 12).filter(c -> row[c] != 0).toArray();
      users.add(new Features(columns, IntStream.of(columns).mapToDouble(c -> row[c]).toArray()));
    }
    int[] expected =
        IntStream.range(0, 12)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -f(x, classOf, 3, c)))
            .limit(4)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    List<Features> kept = TellingColumns.of(users, classOf, 3, 12, 4);
    int[] found =
        kept.stream()
            .flatMapToInt(user -> IntStream.of(user.columns))
            .distinct()
            .sorted()
            .toArray();
    assertThat(found).isEqualTo(expected);
    for (int u = 0; u < 90; u++) {
      for (int p = 0; p < kept.get(u).size(); p++) {
        assertThat(kept.get(u).values[p]).isEqualTo(x[u][kept.get(u).columns[p]]);
      }
    }
  }

  @Test
  void columnThatIsTheSameForAllIsNotKept() {
    Features same = new Features(new int[] {3}, new double[] {1});
    List<Features> kept = TellingColumns.of(List.of(same, same), new int[] {0, 1}, 2, 5, 5);
    assertThat(kept).allMatch(user -> user.size() == 0);
  }
}
