// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.Event;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Data cut in two: what a recommender may learn from, and what it is then asked about. Made by
 * {@link Splits}. Immutable.
 *
 * @param train what may be learned from; its catalogue is the whole one, so that an item without an
 *     event in it can still be recommended
 * @param test the events held out of each user who has any, by user id; each user's in the order of
 *     time
 * @param report what was cut, and whether training looks into the future
 */
public record Split(Dataset train, Map<String, List<Event>> test, SplitReport report) {

  /** Copies the events; refuses a user with an empty list. */
  public Split {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(report, "report");
    Map<String, List<Event>> copy = new TreeMap<>();
    test.forEach(
        (user, events) -> {
          if (events.isEmpty()) {
            throw new IllegalArgumentException(
                "user " + user + " has no test events; leave the user out of the test part");
          }
          copy.put(user, List.copyOf(events));
        });
    test = Collections.unmodifiableMap(copy);
  }
}
