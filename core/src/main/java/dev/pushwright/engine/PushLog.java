// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Channel;
import dev.pushwright.api.Message;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Remembers what was sent, for the caps and for not showing an item or a text again. The engine
 * keeps one in memory; bring your own, over your data base, where pushes are to be remembered over
 * a restart or shared between machines. Must be thread-safe; of one user the engine makes one call
 * at a time.
 */
public interface PushLog {

  /**
   * A push that was sent.
   *
   * @param at when, in the years 0 to 9999
   * @param channel where
   * @param itemIds about which items
   * @param text what it said, so that the next one says something else; both parts empty in a log
   *     that keeps no texts
   */
  record Sent(Instant at, Channel channel, List<String> itemIds, Message text) {
    /** Checks the instant and copies the ids. */
    public Sent {
      SendTime.checked("at", at, "mend what the log holds");
      Objects.requireNonNull(text, "text");
      itemIds = List.copyOf(itemIds);
    }

    /**
     * A push of which the text is not kept.
     *
     * @param at when
     * @param channel where
     * @param itemIds about which items
     */
    public Sent(Instant at, Channel channel, List<String> itemIds) {
      this(at, channel, itemIds, new Message("", ""));
    }
  }

  /**
   * What a user was sent.
   *
   * @param userId any text
   * @param since nothing older is asked for
   * @return the pushes since then at least, in any order
   */
  List<Sent> sentTo(String userId, Instant since);

  /**
   * A push is sent.
   *
   * @param userId to whom
   * @param sent what
   */
  void record(String userId, Sent sent);
}
