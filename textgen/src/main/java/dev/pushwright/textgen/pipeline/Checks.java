// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.pipeline;

import dev.pushwright.api.ContentChecks;
import java.util.List;

/** The checks that every candidate has to pass. */
public final class Checks {

  private static final List<Check> STANDARD =
      List.of((request, c) -> ContentChecks.run(request, c.title(), c.body()));

  private Checks() {}

  /**
   * The usual checks.
   *
   * @return those of {@link ContentChecks}, and those that only make sense for texts that nobody
   *     wrote by hand
   */
  public static List<Check> standard() {
    return STANDARD;
  }
}
