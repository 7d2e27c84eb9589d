// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each run of n tokens stands in a text. */
final class NGrams {

  private NGrams() {}

  /** The runs of n tokens with their counts; none when there are fewer tokens. */
  static Map<List<String>, Integer> count(List<String> tokens, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= tokens.size(); i++) {
      counts.merge(tokens.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  /** How many runs of n tokens there are. */
  static int total(List<String> tokens, int n) {
    return Math.max(0, tokens.size() - n + 1);
  }
}
