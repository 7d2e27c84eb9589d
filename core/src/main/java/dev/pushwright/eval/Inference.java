// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.eval.EvaluationResult.Comparison;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** From values of users to statements about the users there might be. */
final class Inference {

  private Inference() {}

  /**
   * Draws as many users as there are, with replacement, again and again: the bootstrap of B. Efron
   * ("Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1979). All
   * series share each draw, so that differences between them are paired.
   *
   * @param series values by series and user, each series as long
   * @param resamples how many draws
   * @param seed the same seed gives the same draws
   * @param afterEach is called after each draw
   * @return means by series and draw
   */
  static double[][] bootstrap(double[][] series, int resamples, long seed, Runnable afterEach) {
    int users = series[0].length;
    double[][] means = new double[series.length][resamples];
    SplittableRandom root = new SplittableRandom(seed);
    int[] times = new int[users];
    for (int r = 0; r < resamples; r++) {
      SplittableRandom random = root.split();
      Arrays.fill(times, 0);
      for (int draw = 0; draw < users; draw++) {
        times[random.nextInt(users)]++;
      }
      for (int s = 0; s < series.length; s++) {
        double sum = 0;
        for (int u = 0; u < users; u++) {
          sum += times[u] * series[s][u];
        }
        means[s][r] = sum / users;
      }
      afterEach.run();
    }
    return means;
  }

  /**
   * A quantile, linear between the two nearest order statistics.
   *
   * @param values at least one, in any order
   * @param q from 0 to 1
   */
  static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /**
   * One recommender beside the baseline, before any correction.
   *
   * @param recommender its name
   * @param metric the metric's name
   * @param difference its value less the baseline's
   * @param drawn the same difference in each draw of the bootstrap
   * @param ofUser the same difference of each user
   * @param tail the share of draws beyond either end of the interval
   */
  static Comparison comparison(
      String recommender,
      String metric,
      double difference,
      double[] drawn,
      double[] ofUser,
      double tail) {
    return new Comparison(
        recommender,
        metric,
        difference,
        quantile(drawn, tail),
        quantile(drawn, 1 - tail),
        pairedT(ofUser),
        1,
        wilcoxon(ofUser),
        1);
  }

  static double[] minus(double[] a, double[] b) {
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    return differences;
  }

  /** The p-value of the paired t-test, two-sided; 1 where nothing differs or there is one user. */
  static double pairedT(double[] differences) {
    double first = differences[0];
    if (Arrays.stream(differences).allMatch(d -> d == first)) {
      return first == 0 || differences.length < 2 ? 1 : 0;
    }
    return TTest.withDefaults().test(differences).getPValue();
  }

  /** The p-value of the signed-rank test of Wilcoxon, two-sided; 1 where nothing differs. */
  static double wilcoxon(double[] differences) {
    if (Arrays.stream(differences).allMatch(d -> d == 0)) {
      return 1;
    }
    return WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
  }

  /**
   * Corrects p-values for their number: S. Holm, "A simple sequentially rejective multiple test
   * procedure", Scandinavian Journal of Statistics 6(2), 1979.
   */
  static double[] holm(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] adjusted = new double[p.length];
    double atLeast = 0;
    for (int rank = 0; rank < order.length; rank++) {
      atLeast = Math.max(atLeast, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = atLeast;
    }
    return adjusted;
  }
}
