// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.profile.rules;

import dev.pushwright.api.FitContext;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks at the clock now and then, and at whether the work was cancelled. */
final class Watch {

  /** The clock there is. */
  // Not a method reference: a program's first takes longer than a small search.
  @SuppressWarnings("UnnecessaryAnonymousClass")
  static final LongSupplier CLOCK =
      new LongSupplier() {
        @Override
        public long getAsLong() {
          return System.nanoTime();
        }
      };

  // How many pieces of work are done between two looks.
  private static final int PIECES = 1 << 8;

  private final FitContext context;
  private final long limit;
  private final LongSupplier clock;
  private final long began;
  private int pieces;

  /**
   * Begins now.
   *
   * @param limit 0: none
   */
  Watch(FitContext context, Duration limit, LongSupplier clock) {
    this.context = context;
    this.limit = nanos(limit);
    this.clock = clock;
    this.began = clock.getAsLong();
  }

  /** A time limit that makes sense. */
  static Duration checked(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("timeLimit is " + limit + "; at least 0 is needed");
    }
    return limit;
  }

  private static long nanos(Duration limit) {
    try {
      return limit.toNanos();
    } catch (ArithmeticException e) {
      // 292 years and more.
      return Long.MAX_VALUE;
    }
  }

  /** To be asked before each piece of work: whether the time is over. */
  boolean isOver() {
    if ((pieces++ & (PIECES - 1)) != 0) {
      return false;
    }
    context.checkCancelled();
    return limit > 0 && clock.getAsLong() - began > limit;
  }

  Duration elapsed() {
    return Duration.ofNanos(Math.max(0, clock.getAsLong() - began));
  }
}
