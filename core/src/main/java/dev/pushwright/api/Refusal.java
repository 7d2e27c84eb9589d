// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.List;
import java.util.Objects;

/**
 * No text was good enough, or none could be written.
 *
 * @param generator the name of the generator that refuses
 * @param reason why, in words that name the value and the remedy
 * @param verdicts what the checks said of the texts that were tried, in the order of trying
 */
public record Refusal(String generator, String reason, List<Verdict> verdicts)
    implements ContentResult {

  /** Copies the verdicts. */
  public Refusal {
    Objects.requireNonNull(generator, "generator");
    Objects.requireNonNull(reason, "reason");
    verdicts = List.copyOf(verdicts);
  }
}
