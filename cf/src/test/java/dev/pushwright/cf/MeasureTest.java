// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Examples worked by hand, and the edges of the range. */
class MeasureTest {

  private static SparseRows rows(float[]... dense) {
    SparseRows.Builder rows = SparseRows.builder(dense[0].length);
    for (float[] row : dense) {
      for (int c = 0; c < row.length; c++) {
        if (row[c] != 0) {
          rows.add(c, row[c]);
        }
      }
      rows.endRow();
    }
    return rows.build();
  }

  /** 0 also where it is not above 0. */
  private static double similarity(Measure measure, float[] a, float[] b) {
    SparseRows rows = rows(a, b);
    return new Neighbours(rows, rows.transpose(), measure, 1).all(FitContext.standard()).get(0, 1);
  }

  private static Measure measure(Similarity similarity, Means means) {
    return new Measure(similarity, means, 0.5, 1, 0, 1);
  }

  @Test
  void theCosineOfTwoUsersOverFourItems() {
    // 4·5 + 5·4 + 4·3 + 3·2 = 58; 16 + 25 + 16 + 9 = 66; 25 + 16 + 9 + 4 = 54.
    assertThat(
            similarity(
                Measure.of(Similarity.COSINE), new float[] {4, 5, 4, 3}, new float[] {5, 4, 3, 2}))
        .isCloseTo(58 / Math.sqrt(66 * 54), within(1e-7))
        .isCloseTo(0.9715, within(5e-5));
  }

  @Test
  void thePearsonOfTheSameUsers() {
    // About the means 4 and 3.5: 0·1.5 + 1·0.5 + 0·−0.5 + −1·−1.5 = 2; norms √2 and √5.
    for (Means means : new Means[] {Means.ALL, Means.CO_RATED}) {
      assertThat(
              similarity(
                  measure(Similarity.PEARSON, means),
                  new float[] {4, 5, 4, 3},
                  new float[] {5, 4, 3, 2}))
          .isCloseTo(2 / Math.sqrt(10), within(1e-7));
    }
  }

  @Test
  void whatPearsonRunsOverMatters() {
    // Shared: (1, 2) and (1, 3). Over these the correlation is 1.
    float[] a = {1, 2, 0, 4};
    float[] b = {1, 3, 5, 0};
    assertThat(similarity(measure(Similarity.PEARSON, Means.CO_RATED), a, b))
        .isCloseTo(1, within(1e-6));
    // Over all, about 7/3 and 3: (4/3·2 + 1/3·0) / (√(16 + 1 + 25)/3 · √8).
    assertThat(similarity(measure(Similarity.PEARSON, Means.ALL), a, b))
        .isCloseTo(8.0 / 3 / (Math.sqrt(42) / 3 * Math.sqrt(8)), within(1e-6));
  }

  @Test
  void theAdjustedCosineSubtractsTheMeanOfTheOtherSide() {
    // Means by column: 4, 2, 3. Deviations: (1, −1, 0) and (−1, 1, 0) and (0, 0, 0).
    SparseRows rows = rows(new float[] {5, 1, 3}, new float[] {3, 3, 3}, new float[] {4, 2, 3});
    Neighbours kernel =
        new Neighbours(rows, rows.transpose(), measure(Similarity.ADJUSTED_COSINE, Means.ALL), 2);
    assertThat(kernel.all(FitContext.standard()).size()).isZero();
    SparseRows alike = rows(new float[] {5, 1, 3}, new float[] {4, 2, 3}, new float[] {3, 3, 3});
    assertThat(
            new Neighbours(
                    alike, alike.transpose(), measure(Similarity.ADJUSTED_COSINE, Means.ALL), 2)
                .all(FitContext.standard())
                .size())
        .as("the middle row is the mean: like nobody")
        .isZero();
  }

  @Test
  void setsByHand() {
    // 3 shared, of 4 and 5.
    assertThat(Measure.jaccard(3, 4, 5)).isEqualTo(0.5);
    assertThat(Measure.asymmetricCosine(3, 4, 5, 0.5)).isCloseTo(3 / Math.sqrt(20), within(1e-12));
    assertThat(Measure.asymmetricCosine(3, 4, 5, 1)).isEqualTo(0.75);
    assertThat(Measure.asymmetricCosine(3, 4, 5, 0)).isEqualTo(0.6);
  }

  @Test
  void theLogLikelihoodRatioByItsDefinition() {
    // G² = 2 Σ observed · ln(observed / expected) over the table 3, 1, 2, 14.
    double[][] table = {{3, 1}, {2, 14}};
    double ratio = 0;
    for (int r = 0; r < 2; r++) {
      for (int c = 0; c < 2; c++) {
        double expected = (table[r][0] + table[r][1]) * (table[0][c] + table[1][c]) / 20;
        ratio += 2 * table[r][c] * Math.log(table[r][c] / expected);
      }
    }
    assertThat(Measure.logLikelihood(3, 4, 5, 20)).isCloseTo(1 - 1 / (1 + ratio), within(1e-12));
    assertThat(Measure.logLikelihood(1, 4, 5, 20)).as("as chance has it").isZero();
    assertThat(Measure.logLikelihood(0, 10, 10, 20)).as("they avoid each other").isZero();
  }

  @ParameterizedTest
  @EnumSource(Means.class)
  void pearsonOfConstantRatingsIsZero(Means means) {
    for (float constant : new float[] {3, 0.1f, 1e30f, Float.MIN_VALUE}) {
      assertThat(
              similarity(
                  measure(Similarity.PEARSON, means == Means.BASELINE ? Means.ALL : means),
                  new float[] {constant, constant, constant},
                  new float[] {1, 2, 5}))
          .isZero();
    }
    assertThat(Measure.pearson(3 * 0.1 * 6, 3 * 0.1, 6, 3 * 0.1 * 0.1, 14, 3)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Means.class)
  void pearsonOfOneCommonItemIsZero(Means means) {
    assertThat(
            similarity(
                measure(Similarity.PEARSON, means),
                new float[] {5, 1, 0, 0},
                new float[] {5, 0, 1, 2}))
        .isZero();
  }

  @ParameterizedTest
  @EnumSource(Means.class)
  void adversarialFloatsStayInRange(Means means) {
    SplittableRandom random = new SplittableRandom(8);
    float[] bases = {Float.MIN_VALUE, 1e-38f, 1e-3f, 1, 16_777_216, 1e12f, 1e30f};
    for (int trial = 0; trial < 3000; trial++) {
      float[] a = new float[6];
      float[] b = new float[6];
      float base = bases[random.nextInt(bases.length)];
      boolean near = random.nextBoolean();
      for (int c = 0; c < a.length; c++) {
        a[c] = value(random, near ? base : bases[random.nextInt(bases.length)], near);
        b[c] = random.nextInt(4) == 0 ? a[c] : value(random, base, near);
      }
      SparseRows rows = rows(a, b);
      for (Similarity similarity : Similarity.values()) {
        Measure measure = measure(similarity, means);
        SparseRows found =
            new Neighbours(rows, rows.transpose(), measure, 2).all(FitContext.standard());
        for (int p = 0; p < found.size(); p++) {
          assertThat(found.value(p))
              .as("%s %s", similarity, means)
              .isGreaterThan(0)
              .isLessThanOrEqualTo(1);
        }
      }
      double pearson = exactSums(a, b);
      assertThat(pearson).isBetween(-1.0, 1.0);
    }
  }

  private static float value(SplittableRandom random, float base, boolean near) {
    if (random.nextInt(5) == 0) {
      return 0;
    }
    return near ? base + Math.ulp(base) * random.nextInt(3) : base * (1 + random.nextInt(5));
  }

  /**
   * Pearson from the sums as the kernel has them, without its centring: the worst that can come.
   */
  private static double exactSums(float[] a, float[] b) {
    double[] sums = new double[5];
    int n = 0;
    for (int c = 0; c < a.length; c++) {
      if (a[c] != 0 && b[c] != 0) {
        sums[0] += (double) a[c] * b[c];
        sums[1] += a[c];
        sums[2] += b[c];
        sums[3] += (double) a[c] * a[c];
        sums[4] += (double) b[c] * b[c];
        n++;
      }
    }
    return Measure.pearson(sums[0], sums[1], sums[2], sums[3], sums[4], n);
  }

  @Test
  void shrinkageOverlapAndAmplificationTemper() {
    Measure measure = new Measure(Similarity.JACCARD, Means.ALL, 0.5, 3, 10, 2);
    assertThat(measure.ofSets(3, 4, 5, 20)).isCloseTo(0.5 * 3 / 13, within(1e-12));
    assertThat(measure.ofSets(2, 4, 5, 20)).as("below the minimum overlap").isZero();
    assertThat(measure.amplified(0.5)).isEqualTo(0.25);
    assertThat(measure.amplified(-0.5)).as("the sign is kept").isEqualTo(-0.25);
  }

  @Test
  void whatBoundsASimilarityIsNeverBelowIt() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 10_000; trial++) {
      int a = 1 + random.nextInt(1000);
      int b = 1 + random.nextInt(1000);
      int shared = 1 + random.nextInt(Math.min(a, b));
      for (Similarity similarity : Similarity.values()) {
        if (similarity.ofSets() || similarity == Similarity.COSINE) {
          Measure measure =
              new Measure(similarity, Means.ALL, random.nextDouble(), 1, random.nextInt(2), 1);
          assertThat(shared * (measure.bound(a) * measure.reach(b)))
              .as("%s", similarity)
              .isGreaterThanOrEqualTo((float) measure.ofSets(shared, a, b, 2500));
        }
      }
    }
  }
}
