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
  // By ordinal; NaN for a type that weighs nothing.
  private final double[] halfLifeDays = new double[EventType.values().length];

  Fading(Weighting weighting) {
    this.weighting = weighting;
    Arrays.fill(halfLifeDays, Double.NaN);
    weighting.rules().forEach((type, rule) -> halfLifeDays[type.ordinal()] = rule.halfLifeDays());
  }

  Combine combine() {
    return weighting.combine();
  }

  /** Whether an event of this type can weigh anything, or take back what was before. */
  boolean counts(EventType type) {
    return !Double.isNaN(halfLifeDays[type.ordinal()]);
  }

  /** What an event weighs when it is new. */
  double fresh(Event event) {
    return weighting.weigh(event, event.at());
  }

  /** After how many days an event of a type that counts weighs half. */
  double halfLifeDays(int ordinal) {
    return halfLifeDays[ordinal];
  }

  /** The half-life of a type, infinite for one that does not count. */
  double halfLifeDaysOrNever(EventType type) {
    return counts(type) ? halfLifeDays[type.ordinal()] : Double.POSITIVE_INFINITY;
  }
}
