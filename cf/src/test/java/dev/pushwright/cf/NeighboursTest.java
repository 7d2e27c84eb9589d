// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel against the definitions, over dense rows in double. */
class NeighboursTest {

  static List<Arguments> measures() {
    List<Arguments> all = new ArrayList<>();
    for (Similarity similarity : Similarity.values()) {
      for (Means means : similarity.centred() ? Means.values() : new Means[] {Means.ALL}) {
        for (boolean binary : new boolean[] {false, true}) {
          if (!(binary && similarity.centred())) {
            all.add(Arguments.of(new Measure(similarity, means, 0.3, 1, 0, 1), binary));
            all.add(Arguments.of(new Measure(similarity, means, 0.7, 3, 5, 1.5), binary));
          }
        }
      }
    }
    return all;
  }

  /** Half ratings of few popular columns, for rows that share much, and rows that share little. */
  static SparseRows random(long seed, int rows, int columns, boolean binary) {
    SplittableRandom random = new SplittableRandom(seed);
    SparseRows.Builder all = SparseRows.builder(columns);
    for (int row = 0; row < rows; row++) {
      double share = random.nextDouble() * 0.6;
      for (int c = 0; c < columns; c++) {
        if (random.nextDouble() < share * (columns - c) / columns) {
          all.add(c, binary ? 2 : 1 + random.nextInt(9) / 2f);
        }
      }
      all.endRow();
    }
    return all.build();
  }

  /** The definition. */
  private static double[][] bruteForce(SparseRows rows, Measure measure) {
    int n = rows.rows();
    int m = rows.columns();
    double[][] centred = centred(rows, measure);
    double[][] similarities = new double[n][n];
    int all = (int) IntStream.range(0, m).filter(c -> sizeOfColumn(rows, c) > 0).count();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        List<double[]> both = new ArrayList<>();
        for (int c = 0; c < m; c++) {
          if (rows.get(i, c) > 0 && rows.get(j, c) > 0) {
            both.add(new double[] {centred[i][c], centred[j][c]});
          }
        }
        int shared = both.size();
        if (i == j || shared < measure.minOverlap()) {
          continue;
        }
        int a = rows.end(i) - rows.start(i);
        int b = rows.end(j) - rows.start(j);
        double raw =
            switch (measure.similarity()) {
              case JACCARD -> shared / (double) (a + b - shared);
              case ASYMMETRIC_COSINE ->
                  shared / (Math.pow(a, measure.alpha()) * Math.pow(b, 1 - measure.alpha()));
              case LOG_LIKELIHOOD -> logLikelihood(shared, a, b, all);
              case COSINE -> cosine(both, squares(centred[i]), squares(centred[j]));
              case ADJUSTED_COSINE -> centredCosine(both, centred, i, j, measure);
              case PEARSON -> shared < 2 ? 0 : centredCosine(both, centred, i, j, measure);
            };
        double tempered = raw * shared / (shared + measure.shrinkage());
        similarities[i][j] = tempered <= 0 ? 0 : Math.pow(tempered, measure.amplification());
      }
    }
    return similarities;
  }

  private static double centredCosine(
      List<double[]> both, double[][] centred, int i, int j, Measure measure) {
    if (measure.means() == Means.ALL) {
      return cosine(both, squares(centred[i]), squares(centred[j]));
    }
    List<double[]> pairs = both;
    if (measure.similarity() == Similarity.PEARSON && measure.means() == Means.CO_RATED) {
      double meanA = both.stream().mapToDouble(p -> p[0]).average().orElse(0);
      double meanB = both.stream().mapToDouble(p -> p[1]).average().orElse(0);
      pairs = both.stream().map(p -> new double[] {p[0] - meanA, p[1] - meanB}).toList();
    }
    return cosine(
        pairs,
        pairs.stream().mapToDouble(p -> p[0] * p[0]).sum(),
        pairs.stream().mapToDouble(p -> p[1] * p[1]).sum());
  }

  private static double[][] centred(SparseRows rows, Measure measure) {
    double[][] centred = new double[rows.rows()][rows.columns()];
    Offsets offsets = Offsets.of(rows, rows.transpose());
    for (int i = 0; i < rows.rows(); i++) {
      for (int p = rows.start(i); p < rows.end(i); p++) {
        int c = rows.column(p);
        centred[i][c] = rows.value(p);
        if (measure.similarity().centred() && measure.means() == Means.BASELINE) {
          centred[i][c] -= offsets.mean() + offsets.row(i) + offsets.column(c);
        } else if (measure.similarity() == Similarity.PEARSON) {
          centred[i][c] -= Centring.mean(rows.rowValues(i));
        } else if (measure.similarity() == Similarity.ADJUSTED_COSINE) {
          double sum = 0;
          for (int r = 0; r < rows.rows(); r++) {
            sum += rows.get(r, c);
          }
          centred[i][c] -= sum / sizeOfColumn(rows, c);
        }
      }
    }
    return centred;
  }

  private static int sizeOfColumn(SparseRows rows, int column) {
    return (int) IntStream.range(0, rows.rows()).filter(r -> rows.get(r, column) > 0).count();
  }

  private static double squares(double[] row) {
    return Arrays.stream(row).map(x -> x * x).sum();
  }

  private static double cosine(List<double[]> both, double squaresA, double squaresB) {
    double dot = both.stream().mapToDouble(p -> p[0] * p[1]).sum();
    return squaresA < 1e-20 || squaresB < 1e-20 ? 0 : dot / Math.sqrt(squaresA * squaresB);
  }

  private static double logLikelihood(int shared, int a, int b, int all) {
    double[][] observed = {{shared, a - shared}, {b - shared, all - a - b + shared}};
    double[] inRow = {a, all - a};
    double[] inColumn = {b, all - b};
    double ratio = 0;
    for (int r = 0; r < 2; r++) {
      for (int c = 0; c < 2; c++) {
        if (observed[r][c] > 0) {
          ratio += 2 * observed[r][c] * Math.log(observed[r][c] * all / (inRow[r] * inColumn[c]));
        }
      }
    }
    return shared * (double) all <= (double) a * b ? 0 : ratio / (1 + ratio);
  }

  private static void check(SparseRows found, double[][] expected, int kept) {
    for (int i = 0; i < expected.length; i++) {
      double[] best =
          Arrays.stream(expected[i])
              .filter(s -> s > 1e-9)
              .map(s -> -s)
              .sorted()
              .limit(kept)
              .map(s -> -s)
              .toArray();
      float[] values = found.rowValues(i);
      Arrays.sort(values);
      assertThat(values.length).as("row %s", i).isEqualTo(best.length);
      for (int k = 0; k < best.length; k++) {
        assertThat((double) values[best.length - 1 - k]).isCloseTo(best[k], within(2e-6));
      }
      for (int p = found.start(i); p < found.end(i); p++) {
        assertThat((double) found.value(p)).isCloseTo(expected[i][found.column(p)], within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("measures")
  void everyMeasureIsThatOfItsDefinition(Measure measure, boolean binary) {
    SparseRows rows = random(3, 70, 50, binary);
    double[][] expected = bruteForce(rows, measure);
    for (int kept : new int[] {1, 7, 1000}) {
      check(
          new Neighbours(rows, rows.transpose(), measure, kept).all(FitContext.standard()),
          expected,
          kept);
    }
  }

  @ParameterizedTest
  @MethodSource("measures")
  void aRowFromElsewhereFindsItsTwinAndTheTwinsNeighbours(Measure measure, boolean binary) {
    SparseRows rows = random(4, 60, 40, binary);
    Neighbours kernel = new Neighbours(rows, rows.transpose(), measure, 1000);
    for (int i = 0; i < rows.rows(); i++) {
      Neighbours.Found inside = kernel.nearest(i);
      Neighbours.Found outside = kernel.nearest(rows.rowColumns(i), rows.rowValues(i));
      int twin = i;
      int[] others =
          IntStream.range(0, outside.rows().length)
              .filter(p -> outside.rows()[p] != twin)
              .toArray();
      assertThat(Arrays.stream(others).map(p -> outside.rows()[p]).toArray())
          .isEqualTo(inside.rows());
      for (int k = 0; k < others.length; k++) {
        assertThat(outside.similarities()[others[k]])
            .isCloseTo(inside.similarities()[k], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("measures")
  void theNumberOfThreadsDoesNotChangeABit(Measure measure, boolean binary) {
    SparseRows rows = random(5, 200, 60, binary);
    SparseRows one =
        new Neighbours(rows, rows.transpose(), measure, 9)
            .all(FitContext.standard().withThreads(1));
    SparseRows eight =
        new Neighbours(rows, rows.transpose(), measure, 9)
            .all(FitContext.standard().withThreads(8));
    assertThat(eight).isEqualTo(one);
  }

  @Test
  void sparseRowsTakeTheListAndDenseOnesTheScanAndAgree() {
    // 600 rows of which most share nothing, and a few that share a lot: both ways of counting.
    SplittableRandom random = new SplittableRandom(6);
    SparseRows.Builder all = SparseRows.builder(300);
    for (int row = 0; row < 600; row++) {
      BitSet own = new BitSet();
      for (int e = 0; e < (row % 50 == 0 ? 150 : 2); e++) {
        own.set(random.nextInt(300));
      }
      own.stream().forEach(c -> all.add(c, 1));
      all.endRow();
    }
    SparseRows rows = all.build();
    Measure measure = Measure.of(Similarity.COSINE);
    check(
        new Neighbours(rows, rows.transpose(), measure, 5).all(FitContext.standard()),
        bruteForce(rows, measure),
        5);
  }

  @ParameterizedTest
  @MethodSource("measures")
  void whatIsBroughtUpToDateIsWhatIsComputedAnew(Measure measure, boolean binary) {
    SparseRows before = random(7, 120, 60, binary);
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < 6; trial++) {
      int kept = new int[] {1, 4, 12, 50, 118, 500}[trial];
      BitSet changed = new BitSet();
      BitSet columns = new BitSet();
      SparseRows.Builder rows = SparseRows.builder(60);
      int[] moved = new int[120];
      for (int row = 0, old = 0; row < 123; row++) {
        boolean added = row % 41 == 7;
        boolean edited = added || random.nextInt(30) == 0;
        if (!added) {
          moved[old] = row;
        }
        for (int c = 0; c < 60; c++) {
          float value = added ? 0 : before.get(old, c);
          if (edited && random.nextInt(8) == 0) {
            columns.set(c);
            value = binary ? 2 : 1 + random.nextInt(5);
          }
          if (value > 0) {
            rows.add(c, value);
          }
        }
        if (edited) {
          changed.set(row);
        }
        old += added ? 0 : 1;
        rows.endRow();
      }
      SparseRows after = rows.build();
      Neighbours kernel = new Neighbours(after, after.transpose(), measure, kept);
      SparseRows updated =
          Knn.update(
              kernel,
              new KnnSettings(measure, kept, Normalization.NONE, RankBy.SUM),
              new Neighbours(before, before.transpose(), measure, kept).all(FitContext.standard()),
              moved,
              changed,
              columns,
              false);
      SparseRows anew = kernel.all(FitContext.standard());
      assertThat(updated.size()).isEqualTo(anew.size());
      for (int i = 0; i < anew.rows(); i++) {
        float[] expected = anew.rowValues(i);
        float[] found = updated.rowValues(i);
        Arrays.sort(expected);
        Arrays.sort(found);
        assertThat(found).as("row %s of trial %s", i, trial).hasSameSizeAs(expected);
        for (int k = 0; k < found.length; k++) {
          assertThat(found[k]).isCloseTo(expected[k], within(2e-6f));
        }
      }
    }
  }

  @Test
  void theNearestAreThoseOfASort() {
    SplittableRandom random = new SplittableRandom(2);
    for (int k : new int[] {0, 1, 2, 10, 100}) {
      Nearest nearest = new Nearest(k);
      for (int trial = 0; trial < 50; trial++) {
        int n = random.nextInt(2000);
        // Few different similarities, so that many are equal.
        float[] similarity = new float[n];
        for (int j = 0; j < n; j++) {
          similarity[j] = (1 + random.nextInt(trial % 2 == 0 ? 20 : 1_000_000)) / 1e6f;
        }
        int[] order = IntStream.range(0, n).toArray();
        for (int j = n - 1; j > 0; j--) {
          int other = random.nextInt(j + 1);
          int swap = order[j];
          order[j] = order[other];
          order[other] = swap;
        }
        for (int j : order) {
          if (similarity[j] >= nearest.floor()) {
            nearest.offer(j, similarity[j]);
          }
        }
        int[] numbers = new int[k];
        float[] similarities = new float[k];
        int found = nearest.drain(numbers, similarities);
        int[] expected =
            IntStream.range(0, n)
                .boxed()
                .sorted(
                    (x, y) ->
                        Float.compare(similarity[y], similarity[x]) != 0
                            ? Float.compare(similarity[y], similarity[x])
                            : x - y)
                .limit(k)
                .mapToInt(x -> x)
                .sorted()
                .toArray();
        assertThat(Arrays.copyOf(numbers, found)).isEqualTo(expected);
        for (int p = 0; p < found; p++) {
          assertThat(similarities[p]).isEqualTo(similarity[numbers[p]]);
        }
      }
    }
  }
}
