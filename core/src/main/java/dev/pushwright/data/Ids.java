// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

import java.util.Objects;

/** What every id has to satisfy: any text but none. */
final class Ids {

  private Ids() {}

  static void check(String what, String id) {
    Objects.requireNonNull(id, what);
    if (id.isBlank()) {
      throw new IllegalArgumentException(what + " is " + (id.isEmpty() ? "empty" : "blank"));
    }
  }
}
