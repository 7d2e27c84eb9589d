// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.attributes;

import dev.pushwright.math.TopN;
import java.util.Arrays;
import java.util.List;

/**
 * The columns whose means differ most between the classes, by the F statistic of one-way analysis
 * of variance:
 *
 * <pre>
 *   F ~ Σ_c n_c · (mean_c − mean)² / Σ_u (x_u − mean_class(u))²
 * </pre>
 *
 * <p>but for a factor that all columns share. A tree's cost grows with the columns it may ask,
 * while of thousands of items few tell the classes apart.
 */
final class TellingColumns {

  private TellingColumns() {}

  /**
   * Chooses columns, by the training users alone.
   *
   * @param users the training users
   * @param classOf the class of each, from 0
   * @param classes how many classes
   * @param columns how many columns features have
   * @param most how many to choose at most
   * @return the users with the chosen columns only; ties go to the first columns
   */
  static List<Features> of(
      List<Features> users, int[] classOf, int classes, int columns, int most) {
    double[][] sum = new double[classes][columns];
    double[] squares = new double[columns];
    int[] size = new int[classes];
    for (int u = 0; u < classOf.length; u++) {
      Features user = users.get(u);
      size[classOf[u]]++;
      for (int p = 0; p < user.size(); p++) {
        sum[classOf[u]][user.columns[p]] += user.values[p];
        squares[user.columns[p]] += user.values[p] * user.values[p];
      }
    }
    TopN best = new TopN(Math.min(most, columns));
    for (int column = 0; column < columns; column++) {
      double total = 0;
      double explained = 0;
      for (int c = 0; c < classes; c++) {
        total += sum[c][column];
        explained += size[c] == 0 ? 0 : sum[c][column] * sum[c][column] / size[c];
      }
      double between = explained - total * total / classOf.length;
      double within = squares[column] - explained;
      if (between > 0) {
        // Nothing within: the column tells all, as far as there are users.
        best.offer(column, within > 0 ? between / within : Double.MAX_VALUE);
      }
    }
    int[] chosen = new int[best.size()];
    best.drain(chosen, new double[chosen.length]);
    boolean[] kept = new boolean[columns];
    for (int column : chosen) {
      kept[column] = true;
    }
    return users.stream().map(user -> only(user, kept)).toList();
  }

  private static Features only(Features user, boolean[] kept) {
    int[] columns = new int[user.size()];
    double[] values = new double[columns.length];
    int n = 0;
    for (int p = 0; p < columns.length; p++) {
      if (kept[user.columns[p]]) {
        columns[n] = user.columns[p];
        values[n++] = user.values[p];
      }
    }
    return new Features(Arrays.copyOf(columns, n), Arrays.copyOf(values, n));
  }
}
