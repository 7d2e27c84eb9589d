// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.engine;

import dev.pushwright.api.Channel;
import java.time.Instant;
import java.util.List;

/**
 * Remembers what was sent, for the caps and for not showing an item again. The engine keeps one in
 * memory; bring your own, over your data base, where pushes are to be remembered over a restart or
 * shared between machines. Must be thread-safe; of one user the engine makes one call at a time.
 */
public interface PushLog {

  /**
   * A push that was sent.
   *
   * @param at when
   * @param channel where
   * @param itemIds about which items
   */
  record Sent(Instant at, Channel channel, List<String> itemIds) {
    /** Copies the ids. */
    public Sent {
      itemIds = List.copyOf(itemIds);
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
