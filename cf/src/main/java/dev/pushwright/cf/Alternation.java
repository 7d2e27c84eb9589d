// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.data.Event;
import dev.pushwright.data.Interaction;
import dev.pushwright.math.SparseRows;
import dev.pushwright.spi.TrainedUsers;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;

/**
 * Alternating least squares of any loss: holds the rows of both sides, users and items, and solves
 * those of one side while the other stands still, in turn.
 */
abstract class Alternation {

  // Items that are new begin at 0, and so do the users who have nothing else.
  private static final int UPDATE_ROUNDS = 2;

  private final SparseRows byUser;
  private final SparseRows byItem;
  private final float[][] users;
  private final float[][] items;

  /**
   * Begins with the rows given, which are changed.
   *
   * @param byUser users × items
   * @param byItem the same by items
   * @param users users × width
   * @param items items × width
   */
  Alternation(SparseRows byUser, SparseRows byItem, float[][] users, float[][] items) {
    this.byUser = byUser;
    this.byItem = byItem;
    this.users = users;
    this.items = items;
  }

  /**
   * Half an iteration.
   *
   * @param rows the pairs of each row of the side that is solved
   * @param from the rows of the other side
   * @param to the rows to be solved
   * @param which of them
   * @param exactly whether what comes out is kept, and not the beginning of the next step
   * @param when for messages
   * @param context threads and interruption
   */
  abstract void step(
      SparseRows rows,
      float[][] from,
      float[][] to,
      BitSet which,
      boolean exactly,
      String when,
      FitContext context);

  final float[][] users() {
    return users;
  }

  final float[][] items() {
    return items;
  }

  /**
   * All steps: in each iteration the items, then the users. The last step of the users is solved
   * exactly, so that their rows are what their items make of the items' rows.
   *
   * @param iterations how many
   * @param context threads, progress and interruption
   */
  final void run(int iterations, FitContext context) {
    long began = System.nanoTime();
    for (int iteration = 1; iteration <= iterations; iteration++) {
      String when = "iteration " + iteration;
      stepItems(all(items), false, when, context);
      stepUsers(all(users), iteration == iterations, when, context);
      context
          .listener()
          .onProgress(
              new Progress(
                  "iterations",
                  iteration,
                  iterations,
                  Duration.ofNanos(System.nanoTime() - began)));
    }
  }

  /**
   * Solves the users and items that events touch and leaves the others, on the calling thread.
   *
   * @param events the events
   * @param joined the users and items of the rows, with these events
   */
  final void update(Collection<? extends Event> events, TrainedUsers joined) {
    BitSet touchedUsers = new BitSet();
    BitSet touchedItems = new BitSet();
    for (Event event : events) {
      if (event instanceof Interaction interaction) {
        touchedUsers.set(joined.users().find(event.userId()).orElseThrow());
        touchedItems.set(joined.items().find(interaction.itemId()).orElseThrow());
      }
    }
    FitContext alone = FitContext.standard().withThreads(1);
    stepUsers(touchedUsers, true, "update", alone);
    for (int round = 0; round < UPDATE_ROUNDS; round++) {
      stepItems(touchedItems, true, "update", alone);
      stepUsers(touchedUsers, true, "update", alone);
    }
  }

  static BitSet all(float[][] rows) {
    BitSet all = new BitSet(rows.length);
    all.set(0, rows.length);
    return all;
  }

  final void stepUsers(BitSet which, boolean exactly, String when, FitContext context) {
    step(byUser, items, users, which, exactly, when + ", users", context);
  }

  final void stepItems(BitSet which, boolean exactly, String when, FitContext context) {
    step(byItem, users, items, which, exactly, when + ", items", context);
  }
}
