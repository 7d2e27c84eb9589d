// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.api;

/**
 * How long a user stays with an item.
 *
 * @param views how many views said how long they were, at least 1
 * @param meanSeconds how long they were on average, above 0
 */
public record Dwell(int views, double meanSeconds) {

  /** Checks both numbers. */
  public Dwell {
    if (views < 1 || !(meanSeconds > 0 && meanSeconds <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("views is " + views + ", meanSeconds " + meanSeconds);
    }
  }
}
