// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

/** What a recommender is asked about the test part of a {@link Split}, and how it is judged. */
public interface Protocol {

  /**
   * The name under which results are reported. Results of different protocols do not compare.
   *
   * @return such as {@code "full"} or {@code "sampled(99)"}
   */
  String label();

  /**
   * What to ask.
   *
   * @param split the data
   * @return the cases
   */
  TestCases cases(Split split);
}
