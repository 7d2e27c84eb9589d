// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

import java.time.Duration;

/**
 * The time that the epochs of a training take. Where it goes on from a checkpoint, those before
 * count as if they had taken as long as those of this run, so that what is left can be told from
 * it.
 */
public final class EpochClock {

  private final long began = System.nanoTime();
  private final int first;

  /**
   * Begins to count.
   *
   * @param done how many epochs were done before
   */
  public EpochClock(int done) {
    this.first = done;
  }

  /**
   * The time since the training began.
   *
   * @param done how many epochs are done by now, more than before
   * @return the time of this run, or as many times more as there are more epochs
   */
  public Duration elapsed(int done) {
    double share = done / (double) Math.max(1, done - first);
    return Duration.ofNanos((long) ((System.nanoTime() - began) * share));
  }
}
