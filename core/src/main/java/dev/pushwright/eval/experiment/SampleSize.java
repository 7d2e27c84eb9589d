// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many users an experiment on a rate (clicks, orders) takes, for two arms of equal size and a
 * two-sided {@linkplain TwoSampleTest#proportions test of two proportions} at its end. With p the
 * rate of the control group, q that of the variant, m = (p + q) / 2, and z the quantiles of the
 * normal distribution [1]:
 *
 * <pre>
 * n = (z_(1 − alpha/2) · √(2m(1 − m)) + z_power · √(p(1 − p) + q(1 − q)))² / (q − p)²
 * </pre>
 *
 * <p>[1] J. Fleiss, B. Levin, M. Paik, "Statistical methods for rates and proportions", 3rd
 * edition, 2003, chapter 4; without the correction for continuity, since the test has none.
 */
public final class SampleSize {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private SampleSize() {}

  /**
   * How many users each arm takes.
   *
   * @param baseRate the rate without the change, above 0 and below 1
   * @param lift the change to be found, relative to the base rate: 0.1 is from 5 % to 5.5 %; not 0;
   *     the changed rate must lie above 0 and below 1
   * @param alpha how often a change may be found where there is none, such as 0.05
   * @param power how often a change of this size shall be found, such as 0.8; at least alpha
   * @return users an arm
   */
  public static long perArm(double baseRate, double lift, double alpha, double power) {
    double changed = check(baseRate, lift, alpha);
    if (!(power >= alpha && power < 1)) {
      throw new IllegalArgumentException(
          "power is " + power + "; a number from alpha, " + alpha + ", to below 1 is needed");
    }
    double root =
        criticalValue(alpha) * pooledDeviation(baseRate, changed)
            + NORMAL.inverseCumulativeProbability(power) * deviation(baseRate, changed);
    double ratio = root / (changed - baseRate);
    return Math.max(2, (long) Math.ceil(ratio * ratio));
  }

  /**
   * How often a change would be found: {@link #perArm} turned around.
   *
   * @param baseRate the rate without the change, above 0 and below 1
   * @param lift the change, relative to the base rate, not 0
   * @param alpha how often a change may be found where there is none
   * @param usersPerArm how many users each arm has, at least 2
   * @return from 0 to 1
   */
  public static double power(double baseRate, double lift, double alpha, long usersPerArm) {
    double changed = check(baseRate, lift, alpha);
    if (usersPerArm < 2) {
      throw new IllegalArgumentException(
          "usersPerArm is " + usersPerArm + "; at least 2 are needed");
    }
    double z =
        (Math.sqrt((double) usersPerArm) * Math.abs(changed - baseRate)
                - criticalValue(alpha) * pooledDeviation(baseRate, changed))
            / deviation(baseRate, changed);
    return NORMAL.cumulativeProbability(z);
  }

  private static double criticalValue(double alpha) {
    return NORMAL.inverseSurvivalProbability(alpha / 2);
  }

  private static double pooledDeviation(double p, double q) {
    double mean = (p + q) / 2;
    return Math.sqrt(2 * mean * (1 - mean));
  }

  private static double deviation(double p, double q) {
    return Math.sqrt(p * (1 - p) + q * (1 - q));
  }

  private static double check(double baseRate, double lift, double alpha) {
    if (!(baseRate > 0 && baseRate < 1)) {
      throw new IllegalArgumentException(
          "baseRate is " + baseRate + "; a number above 0 and below 1 is needed");
    }
    double changed = baseRate * (1 + lift);
    if (!(changed > 0 && changed < 1) || changed == baseRate) {
      throw new IllegalArgumentException(
          "a lift of "
              + lift
              + " takes the rate from "
              + baseRate
              + " to "
              + changed
              + "; another rate above 0 and below 1 is needed");
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "alpha is " + alpha + "; a number above 0 and below 1 is needed");
    }
    return changed;
  }
}
