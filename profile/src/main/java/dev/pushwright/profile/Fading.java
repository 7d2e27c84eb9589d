// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Weighting;
import dev.pushwright.data.Weighting.Combine;
import java.util.Arrays;

/** A {@link Weighting}, with the half-life of each type at hand. Immutable. */
final class Fading {

  private final Weighting weighting;
  // By ordinal.
  private final double[] halfLifeDays = new double[EventType.values().length];

  Fading(Weighting weighting) {
    this.weighting = weighting;
    Arrays.fill(halfLifeDays, Double.POSITIVE_INFINITY);
    weighting.rules().forEach((type, rule) -> halfLifeDays[type.ordinal()] = rule.halfLifeDays());
  }

  Combine combine() {
    return weighting.combine();
  }

  /** Whether an event of this type can weigh anything, or take back what was before. */
  boolean counts(EventType type) {
    return weighting.rules().containsKey(type);
  }

  /** What an event weighs when it is new. */
  double fresh(Event event) {
    return weighting.weigh(event, event.at());
  }

  /** After how many days an event of a type weighs half; infinity for one that does not count. */
  double halfLifeDays(int ordinal) {
    return halfLifeDays[ordinal];
  }
}
