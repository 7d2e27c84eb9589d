// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.cluster;

import java.util.Objects;

/**
 * The segment a user belongs to.
 *
 * @param segment the nearest one
 * @param distance how far the user is from its centre, at least 0, in the space of {@link
 *     UserFeatures}; the typical user of the whole shop is about √3 from the centre of all
 */
public record SegmentMembership(Segment segment, double distance) {

  /** Checks the distance. */
  public SegmentMembership {
    Objects.requireNonNull(segment, "segment");
    if (!(distance >= 0)) {
      throw new IllegalArgumentException("distance is " + distance + "; at least 0 is needed");
    }
  }

  /**
   * What the segment is called.
   *
   * @return its name
   */
  public String name() {
    return segment.name();
  }
}
