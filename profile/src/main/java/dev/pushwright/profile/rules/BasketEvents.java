// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.data.Dataset;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import dev.pushwright.data.Weighting;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which types of event put their item into a basket; none: what {@link #of} chooses. */
record BasketEvents(Set<EventType> types) {

  BasketEvents {
    if (types.contains(EventType.SEARCH)) {
      throw new IllegalArgumentException("a SEARCH names no item");
    }
    types = Set.copyOf(types);
  }

  /** Reads what {@link #toString} wrote. */
  static BasketEvents parse(String text) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : text.split(",", -1)) {
      if (!name.isBlank() || text.contains(",")) {
        types.add(EventType.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      }
    }
    return new BasketEvents(types);
  }

  /**
   * The events of some data that fill baskets: purchases where there are any, else all that weigh.
   */
  Predicate<Interaction> of(Dataset data, Weighting weighting) {
    if (!types.isEmpty()) {
      return event -> types.contains(event.type());
    }
    boolean purchases =
        data.events().stream().anyMatch(event -> event.type() == EventType.PURCHASE);
    return purchases
        ? event -> event.type() == EventType.PURCHASE
        : event -> weighting.weigh(event, event.at()) > 0;
  }

  @Override
  public String toString() {
    return Arrays.stream(EventType.values())
        .filter(types::contains)
        .map(EventType::name)
        .collect(Collectors.joining(", "));
  }
}
