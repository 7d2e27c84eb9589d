// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import dev.pushwright.eval.experiment.TwoSampleTest.Proportion;
import dev.pushwright.eval.experiment.TwoSampleTest.Sample;

/**
 * Whether a variant differs from the control group, looked at as often as you like: the p-value is
 * valid at every look together, so the experiment may end at the first one below the level. The
 * price is that it takes more users than a {@link TwoSampleTest} looked at once. Immutable; each
 * look gives the next test.
 *
 * <p>It is the mixture sequential probability ratio test [1]: with d the difference so far, V the
 * variance of its estimate, and a difference expected a priori to be normal around 0 with standard
 * deviation τ,
 *
 * <pre>
 * Λ = √(V / (V + τ²)) · exp(τ² d² / (2 V (V + τ²)))        pValue = min(pValue before, 1 / Λ)
 * </pre>
 *
 * <p>Under no difference Λ is a martingale, so that it ever reaches 1 / alpha with a chance of at
 * most alpha [2]. That holds where the estimates are normal; for rates V is taken from the data,
 * each rate as (successes + 1) / (trials + 2) so that the first looks do not mistake "no click yet"
 * for certainty; [1] adds nothing.
 *
 * <p>[1] R. Johari, P. Koomen, L. Pekelis, D. Walsh, "Always valid inference: continuous monitoring
 * of A/B tests", Operations Research 70(3), 2022 (first at KDD 2017 as "Peeking at A/B tests"). [2]
 * H. Robbins, "Statistical methods related to the law of the iterated logarithm", Annals of
 * Mathematical Statistics 41(5), 1970.
 *
 * @param tau the size of the differences one would not be surprised by, in the unit of the
 *     difference, above 0; it must not follow from the data. The test is valid for any, and best
 *     near the true difference
 * @param pValue the smallest so far, 1 before the first look
 */
public record SequentialTest(double tau, double pValue) {

  /** Checks both. */
  public SequentialTest {
    if (!(tau > 0 && Double.isFinite(tau))) {
      throw new IllegalArgumentException(
          "tau is "
              + tau
              + "; a finite number above 0 is needed, such as the difference hoped for");
    }
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException(
          "pValue is " + pValue + "; a number from 0 to 1 is needed");
    }
  }

  /**
   * A test before the first look.
   *
   * @param tau the size of the differences one would not be surprised by
   * @return a test with p-value 1
   */
  public static SequentialTest start(double tau) {
    return new SequentialTest(tau, 1);
  }

  /**
   * Looks at rates.
   *
   * @param control the control group, from its beginning to now
   * @param variant the variant, from its beginning to now
   * @return the test after this look
   */
  public SequentialTest look(Proportion control, Proportion variant) {
    return look(variant.rate() - control.rate(), variance(control) + variance(variant));
  }

  /**
   * Looks at means. The first look shall come when each group has some hundred users, since the
   * variance is taken from the data.
   *
   * @param control the control group, from its beginning to now
   * @param variant the variant, from its beginning to now
   * @return the test after this look
   */
  public SequentialTest look(Sample control, Sample variant) {
    return look(
        variant.mean() - control.mean(),
        control.variance() / control.size() + variant.variance() / variant.size());
  }

  private static double variance(Proportion p) {
    double rate = (p.successes() + 1.0) / (p.trials() + 2.0);
    return rate * (1 - rate) / p.trials();
  }

  private SequentialTest look(double difference, double variance) {
    if (variance == 0) {
      // Means that never varied say nothing yet.
      return this;
    }
    double mixed = variance + tau * tau;
    double logRatio =
        0.5 * Math.log(variance / mixed)
            + tau * tau * difference * difference / (2 * variance * mixed);
    return new SequentialTest(tau, Math.min(pValue, Math.exp(-logRatio)));
  }
}
