// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;

/** Says how good a candidate is that passed the checks. Thread-safe. */
@FunctionalInterface
public interface Ranker {

  /**
   * Scores a candidate.
   *
   * @param request what was asked for
   * @param candidate what was proposed
   * @return from 0 to 1, higher is better; the same each time
   */
  double score(ContentRequest request, Candidate candidate);
}
