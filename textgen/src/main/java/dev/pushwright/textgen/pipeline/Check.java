// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;
import dev.pushwright.api.Verdict;
import java.util.List;

/** Decides whether a candidate may leave. Thread-safe, and of the same mind each time. */
@FunctionalInterface
public interface Check {

  /**
   * Checks a candidate.
   *
   * @param request what was asked for
   * @param candidate what was proposed
   * @return a verdict of everything that was looked at, always of the same checks
   */
  List<Verdict> check(ContentRequest request, Candidate candidate);
}
