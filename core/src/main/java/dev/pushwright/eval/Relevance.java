// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval;

import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which items a user's test events speak for. */
final class Relevance {

  private Relevance() {}

  /** The items of the interactions that weigh more than 0 at their own instant. */
  static Set<String> items(List<Event> events, Weighting weighting) {
    Set<String> items = new TreeSet<>();
    for (Event event : events) {
      if (event instanceof Interaction interaction && weighting.weigh(event, event.at()) > 0) {
        items.add(interaction.itemId());
      }
    }
    return items;
  }
}
