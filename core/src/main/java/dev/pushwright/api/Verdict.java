// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.Objects;

/**
 * What one check says of a text.
 *
 * @param check the name of the check, such as {@code body-length}
 * @param passed whether the text may leave
 * @param detail what was found, such as {@code "52 of 50 graphemes"}
 */
public record Verdict(String check, boolean passed, String detail) {
  /** Checks that nothing is missing. */
  public Verdict {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(detail, "detail");
  }
}
