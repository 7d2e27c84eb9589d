// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/** What candidates are ranked by. */
public final class Rankers {

  private Rankers() {}

  /**
   * The usual rankers with their weights.
   *
   * @return {@link #fluency()} with the weight 1
   */
  public static Map<Ranker, Double> standard() {
    Map<Ranker, Double> standard = new LinkedHashMap<>();
    standard.put(fluency(), 1.0);
    return standard;
  }

  /**
   * How likely the generator found its own words.
   *
   * @return the geometric mean of the probabilities of the tokens
   */
  public static Ranker fluency() {
    return (request, candidate) -> Math.exp(candidate.logProbability());
  }
}
