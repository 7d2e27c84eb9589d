// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.data;

/**
 * Joins what several events of one user with one item weigh, fed in the order of time, by the way
 * of a {@link Weighting}. Used again for the next item after {@link #clear}. Not thread-safe.
 */
final class Joint {

  private final Weighting.Combine combine;
  private double joined;
  private double most;
  private byte heaviest;
  private byte latest;

  Joint(Weighting.Combine combine) {
    this.combine = combine;
    clear();
  }

  void clear() {
    joined = 0;
    most = Double.NEGATIVE_INFINITY;
  }

  void add(double weight, byte type) {
    joined =
        switch (combine) {
          case SUM -> joined + weight;
          case MAX -> Math.max(joined, weight);
          case LAST -> weight;
          case BINARY -> weight > 0 ? 1 : joined;
        };
    // The earliest of those that weigh the same.
    if (weight > most) {
      most = weight;
      heaviest = type;
    }
    latest = type;
  }

  /** The weight of all together. */
  float weight() {
    return (float) joined;
  }

  /** The ordinal of the type of event that is named for all. */
  byte type() {
    return combine == Weighting.Combine.LAST ? latest : heaviest;
  }
}
