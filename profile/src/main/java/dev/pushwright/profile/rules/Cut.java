// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import java.util.Objects;

/**
 * Why an answer may be partial. What is there is right, with its exact counts; some of what could
 * be there may be missing.
 *
 * @param limit the limit that was met
 * @param missing what may be missing, in words
 */
public record Cut(Limit limit, String missing) {

  /** Checks that both are there. */
  public Cut {
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(missing, "missing");
  }
}
