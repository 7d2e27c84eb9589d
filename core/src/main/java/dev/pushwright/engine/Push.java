// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Basis;
import dev.pushwright.api.PushContent;
import dev.pushwright.api.PushItem;
import dev.pushwright.api.Reason;
import dev.pushwright.api.UserProfile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A message to send.
 *
 * @param userId to whom
 * @param content the checked text
 * @param items what it is about, the main item first
 * @param basis what the choice of items rests on
 * @param profile who the user was taken to be
 * @param at when it was decided
 */
public record Push(
    String userId,
    PushContent content,
    List<PushItem> items,
    Basis basis,
    UserProfile profile,
    Instant at)
    implements PushDecision {

  /** Copies the items. */
  public Push {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(basis, "basis");
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(at, "at");
    items = List.copyOf(items);
  }

  /**
   * The title.
   *
   * @return the title of the text
   */
  public String title() {
    return content.title();
  }

  /**
   * The body.
   *
   * @return the body of the text
   */
  public String body() {
    return content.body();
  }

  /**
   * Why the main item was chosen.
   *
   * @return the reasons, weightiest first; empty when the recommender gives none
   */
  public List<Reason> reasons() {
    return items.get(0).reasons();
  }
}
