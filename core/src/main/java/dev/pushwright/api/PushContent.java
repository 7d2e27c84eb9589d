// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A checked text, with where it comes from.
 *
 * @param title the title, not blank
 * @param body the body, not blank
 * @param channel what it was made for
 * @param locale the language it is in
 * @param itemIds the items it speaks of, the main one first, at least one
 * @param source who wrote it: the generator's name and, behind a slash, the template or the
 *     decoding used, such as {@code template/en:recommendation.any.friendly.2}
 * @param seed the seed it was written with
 * @param verdicts what each check said; all passed
 */
public record PushContent(
    String title,
    String body,
    Channel channel,
    Locale locale,
    List<String> itemIds,
    String source,
    long seed,
    List<Verdict> verdicts)
    implements ContentResult {

  /** Checks that there is a text that speaks of something, and that no check failed. */
  public PushContent {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(locale, "locale");
    Objects.requireNonNull(source, "source");
    itemIds = List.copyOf(itemIds);
    verdicts = List.copyOf(verdicts);
    if (title.isBlank() || body.isBlank() || itemIds.isEmpty()) {
      throw new IllegalArgumentException(
          "a push needs a title, a body and an item; title is \""
              + title
              + "\", body \""
              + body
              + "\", items "
              + itemIds);
    }
    for (Verdict verdict : verdicts) {
      if (!verdict.passed()) {
        throw new IllegalArgumentException(
            "the check " + verdict.check() + " failed: " + verdict.detail());
      }
    }
  }
}
