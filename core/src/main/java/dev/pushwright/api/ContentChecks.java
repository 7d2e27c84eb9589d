// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.List;

/** The checks that every text has to pass before it leaves. */
public final class ContentChecks {

  private ContentChecks() {}

  /**
   * Checks a text.
   *
   * @param request what was asked for
   * @param title the title
   * @param body the body
   * @return a verdict of each check
   */
  public static List<Verdict> run(ContentRequest request, String title, String body) {
    return List.of(new Verdict("blank", !title.isBlank() && !body.isBlank(), ""));
  }
}
