// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.Objects;

/**
 * A text as a user saw it.
 *
 * @param title the title
 * @param body the body
 */
public record Message(String title, String body) {
  /** Checks that nothing is missing. */
  public Message {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(body, "body");
  }
}
