// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Proposer} wrote for a request.
 *
 * @param candidates the texts it proposes, its favourite first; maybe none
 * @param discarded why it threw others away, and how many for each cause; none where it wrote no
 *     others
 */
public record Proposal(List<Candidate> candidates, Map<String, Integer> discarded) {

  /** Copies both, and checks the counts. */
  public Proposal {
    candidates = List.copyOf(candidates);
    discarded = Collections.unmodifiableMap(new LinkedHashMap<>(discarded));
    discarded.forEach(
        (cause, count) -> {
          if (count < 1) {
            throw new IllegalArgumentException(
                "\"" + cause + "\" has the count " + count + "; at least 1 is needed");
          }
        });
  }

  /**
   * A proposal of all that was written.
   *
   * @param candidates the texts, the favourite first
   * @return a proposal
   */
  public static Proposal of(List<Candidate> candidates) {
    return new Proposal(candidates, Map.of());
  }

  /**
   * The proposal of who has nothing to say.
   *
   * @return a proposal without a text
   */
  public static Proposal none() {
    return of(List.of());
  }
}
