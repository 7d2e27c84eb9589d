// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

import dev.pushwright.data.Event;
import java.util.List;

/**
 * Adds to a profile what a profiler does not know: the segment of a clustering, an attribute
 * inferred from behaviour, a vector. To be thread-safe.
 */
@FunctionalInterface
public interface ProfileEnricher {

  /**
   * Adds to a profile, by way of {@link UserProfile#toBuilder()}.
   *
   * @param profile what is known so far
   * @param history all events of the user, those observed since training included
   * @return a profile of the same user
   */
  UserProfile enrich(UserProfile profile, List<Event> history);
}
