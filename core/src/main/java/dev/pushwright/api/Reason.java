// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.EventType;
import java.util.Objects;

/**
 * Why an item is recommended, with the share of its score that this reason accounts for; the shares
 * add up to 1.
 */
public sealed interface Reason {

  /**
   * How much of the score this reason accounts for.
   *
   * @return from 0 to 1
   */
  double share();

  /**
   * The user did something with another item.
   *
   * @param itemId one of the user's own items
   * @param type what the user did with it that counted most
   * @param share from 0 to 1
   */
  record OwnItem(String itemId, EventType type, double share) implements Reason {
    /** Checks the share. */
    public OwnItem {
      Objects.requireNonNull(itemId, "itemId");
      Objects.requireNonNull(type, "type");
      checkShare(share);
    }
  }

  /**
   * The user is interested in something.
   *
   * @param tag what
   * @param share from 0 to 1
   */
  record Interest(String tag, double share) implements Reason {
    /** Checks the share. */
    public Interest {
      Objects.requireNonNull(tag, "tag");
      checkShare(share);
    }
  }

  /**
   * Others like it.
   *
   * @param segment the segment it is popular in, {@code ""} for everybody
   * @param share from 0 to 1
   */
  record Popular(String segment, double share) implements Reason {
    /** Checks the share. */
    public Popular {
      Objects.requireNonNull(segment, "segment");
      checkShare(share);
    }
  }

  private static void checkShare(double share) {
    // The tolerance is for shares that were divided and rounded.
    if (!(share >= 0 && share <= 1 + 1e-9)) {
      throw new IllegalArgumentException("share is " + share + "; a number from 0 to 1 is needed");
    }
  }
}
