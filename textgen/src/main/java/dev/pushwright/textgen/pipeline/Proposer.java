// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentRequest;

/** What writes texts for a {@link Pipeline} to check and to choose from. Thread-safe. */
@FunctionalInterface
public interface Proposer {

  /**
   * Writes texts. The same request (its seed included) and count give the same candidates in the
   * same order.
   *
   * @param request to whom, about what, where and how
   * @param count how many are wanted, at least 1
   * @return the candidates, fewer than wanted, or none, where it has no more to say; more are left
   *     aside
   */
  Proposal propose(ContentRequest request, int count);
}
