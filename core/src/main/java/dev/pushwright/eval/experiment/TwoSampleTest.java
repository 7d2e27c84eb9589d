// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * Whether a variant differs from the control group, two-sided. Valid once, at a number of users
 * fixed beforehand: who looks every day and stops at the first p-value below 0.05 finds changes
 * that are not there far more often than one time in twenty. {@link SequentialTest} is for that.
 *
 * @param difference the variant less the control group
 * @param statistic the test statistic; of Welch's test without any variance ±{@link
 *     Double#MAX_VALUE}
 * @param pValue how likely a statistic this far from 0 is where nothing differs, from 0 to 1
 * @param low the lower end of the confidence interval of the difference
 * @param high the upper end
 */
public record TwoSampleTest(
    double difference, double statistic, double pValue, double low, double high) {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * Users and how many of them did it.
   *
   * @param successes how many did, from 0 to trials
   * @param trials how many users, at least 1
   */
  public record Proportion(long successes, long trials) {
    /** Checks both. */
    public Proportion {
      if (trials < 1 || successes < 0 || successes > trials) {
        throw new IllegalArgumentException(
            successes + " of " + trials + "; at least one user, and no more successes, are needed");
      }
    }

    double rate() {
      return successes / (double) trials;
    }
  }

  /**
   * Users and the mean and variance of what they did, such as their revenue.
   *
   * @param size how many users, at least 2
   * @param mean their mean, finite
   * @param variance their variance with divisor size − 1, finite and at least 0
   */
  public record Sample(long size, double mean, double variance) {
    /** Checks every number. */
    public Sample {
      if (size < 2 || !Double.isFinite(mean) || !(variance >= 0 && Double.isFinite(variance))) {
        throw new IllegalArgumentException(
            "size "
                + size
                + ", mean "
                + mean
                + ", variance "
                + variance
                + "; at least 2 users, a finite mean and a finite variance of at least 0 are"
                + " needed");
      }
    }

    /**
     * The sample of single values.
     *
     * @param values one for each user, at least two, finite
     * @return the sample
     */
    public static Sample of(double... values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / Math.max(1, values.length);
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Sample(values.length, mean, squares / Math.max(1, values.length - 1));
    }
  }

  /**
   * The z-test of two proportions, with the pooled rate under the hypothesis that nothing differs;
   * the interval is that of Wald, without pooling [1]. Both are approximations that want about ten
   * successes and ten failures in each group.
   *
   * <p>[1] A. Agresti, "Categorical data analysis", 3rd edition, 2013, chapter 3.
   *
   * @param control the control group
   * @param variant the variant
   * @param confidence the level of the interval, above 0 and below 1
   * @return the test; with p-value 1 where all did it or nobody
   */
  public static TwoSampleTest proportions(
      Proportion control, Proportion variant, double confidence) {
    checkConfidence(confidence);
    double difference = variant.rate() - control.rate();
    double pooled =
        (control.successes() + (double) variant.successes())
            / (control.trials() + (double) variant.trials());
    double deviation =
        Math.sqrt(pooled * (1 - pooled) * (1.0 / control.trials() + 1.0 / variant.trials()));
    double z = deviation == 0 ? 0 : difference / deviation;
    double half =
        NORMAL.inverseSurvivalProbability((1 - confidence) / 2)
            * Math.sqrt(
                control.rate() * (1 - control.rate()) / control.trials()
                    + variant.rate() * (1 - variant.rate()) / variant.trials());
    return new TwoSampleTest(
        difference,
        z,
        Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z))),
        difference - half,
        difference + half);
  }

  /**
   * The t-test of B. Welch ("The generalization of Student's problem when several different
   * population variances are involved", Biometrika 34, 1947), which lets the groups differ in
   * variance and size.
   *
   * @param control the control group
   * @param variant the variant
   * @param confidence the level of the interval, above 0 and below 1
   * @return the test; where neither group varies, p-value 1 for equal means and 0 for others
   */
  public static TwoSampleTest welch(Sample control, Sample variant, double confidence) {
    checkConfidence(confidence);
    double difference = variant.mean() - control.mean();
    double error =
        Math.sqrt(control.variance() / control.size() + variant.variance() / variant.size());
    if (error == 0) {
      return new TwoSampleTest(
          difference,
          Math.signum(difference) * Double.MAX_VALUE,
          difference == 0 ? 1 : 0,
          difference,
          difference);
    }
    TTest.Result test =
        TTest.withDefaults()
            .with(DataDispersion.HETEROSCEDASTIC)
            .test(
                variant.mean(),
                variant.variance(),
                variant.size(),
                control.mean(),
                control.variance(),
                control.size());
    double half =
        TDistribution.of(test.getDegreesOfFreedom())
                .inverseSurvivalProbability((1 - confidence) / 2)
            * error;
    return new TwoSampleTest(
        difference, test.getStatistic(), test.getPValue(), difference - half, difference + half);
  }

  private static void checkConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence is " + confidence + "; a number above 0 and below 1 is needed");
    }
  }
}
