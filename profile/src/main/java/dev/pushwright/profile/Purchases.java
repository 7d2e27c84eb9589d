// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile;

import dev.pushwright.data.Event;
import dev.pushwright.data.EventType;
import dev.pushwright.data.Interaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a user has bought, in short.
 *
 * @param last the instant of the last purchase
 * @param occasions the number of distinct instants
 * @param paid what was paid in all
 */
record Purchases(Instant last, int occasions, double paid) {

  /** The purchases among events, empty when there are none. */
  static Optional<Purchases> of(List<? extends Event> events) {
    List<Interaction> purchases =
        events.stream()
            .filter(event -> event.type() == EventType.PURCHASE)
            .map(Interaction.class::cast)
            .toList();
    if (purchases.isEmpty()) {
      return Optional.empty();
    }
    // Summed from the smallest, so that the order of the events does not show.
    double paid =
        purchases.stream().mapToDouble(Interaction::amount).sorted().reduce(0, Double::sum);
    return Optional.of(
        new Purchases(
            purchases.stream().map(Interaction::at).max(Instant::compareTo).orElseThrow(),
            (int) purchases.stream().map(Interaction::at).distinct().count(),
            paid));
  }

  /**
   * The share of paying users who paid no more.
   *
   * @param payments what each paying user paid, ascending
   * @return from 0 to 1; 0 when nothing was paid here, 0.5 when nobody paid there
   */
  double percentile(double[] payments) {
    if (paid == 0) {
      return 0;
    }
    if (payments.length == 0) {
      return 0.5;
    }
    int noMore = 0;
    for (int end = payments.length; noMore < end; ) {
      int middle = (noMore + end) >>> 1;
      if (payments[middle] <= paid) {
        noMore = middle + 1;
      } else {
        end = middle;
      }
    }
    return (double) noMore / payments.length;
  }
}
