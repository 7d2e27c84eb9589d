// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.experiment;

import java.util.Map;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.SignificanceResult;

/**
 * Whether the arms of an experiment have the users that their weights would give them. If not,
 * users were lost or logged in some arm only, and nothing the experiment says can be trusted,
 * however small its p-value [1].
 *
 * <p>[1] A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments",
 * KDD 2019.
 *
 * @param statistic chi-square over the arms
 * @param pValue how likely counts this far off are where the assignment works
 */
public record SampleRatio(double statistic, double pValue) {

  /**
   * Below it, a {@linkplain #mismatch() mismatch} is called; strict, since it is looked at often.
   */
  public static final double LEVEL = 0.001;

  /**
   * Checks an experiment.
   *
   * @param experiment whose weights say what is to be expected
   * @param users how many users each arm was seen to have, for all of its arms and no others, at
   *     least one in all
   * @return the check
   */
  public static SampleRatio check(Experiment experiment, Map<String, Long> users) {
    if (!users.keySet().equals(experiment.weights().keySet())) {
      throw new IllegalArgumentException(
          "users are counted for arms "
              + users.keySet()
              + ", but "
              + experiment.name()
              + " has "
              + experiment.weights().keySet());
    }
    long[] observed = new long[users.size()];
    double[] expected = new double[users.size()];
    double weights = 0;
    long total = 0;
    int a = 0;
    for (Map.Entry<String, Double> arm : experiment.weights().entrySet()) {
      observed[a] = users.getOrDefault(arm.getKey(), 0L);
      expected[a++] = arm.getValue();
      weights += arm.getValue();
      if (observed[a - 1] < 0) {
        throw new IllegalArgumentException(
            "arm " + arm.getKey() + " has " + observed[a - 1] + " users; at least 0 are needed");
      }
      total += observed[a - 1];
    }
    if (total == 0) {
      throw new IllegalArgumentException("no arm of " + experiment.name() + " has a user yet");
    }
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= total / weights;
    }
    SignificanceResult test = ChiSquareTest.withDefaults().test(expected, observed);
    return new SampleRatio(test.getStatistic(), test.getPValue());
  }

  /**
   * Whether the counts are too far off to be chance.
   *
   * @return whether the p-value is below {@link #LEVEL}
   */
  public boolean mismatch() {
    return pValue < LEVEL;
  }
}
