// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.api.Progress;
import dev.pushwright.math.SparseRows;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * The half steps of {@link Als}: the factors of one side, given those of the other. Holds both
 * sides, users and items, and turns them into the basis that each half step needs.
 */
final class AlsTrainer {

  private final SparseRows byUser;
  private final SparseRows byItem;
  private final AlsLoss loss;
  private final int width;
  private final float[][] users;
  private final float[][] items;

  /**
   * Begins with the factors given, which are changed.
   *
   * @param byUser users × items
   * @param byItem the same by items
   * @param loss what is minimised
   * @param users users × width
   * @param items items × width
   */
  AlsTrainer(
      SparseRows byUser,
      SparseRows byItem,
      AlsLoss loss,
      int width,
      float[][] users,
      float[][] items) {
    this.byUser = byUser;
    this.byItem = byItem;
    this.loss = loss;
    this.width = width;
    this.users = users;
    this.items = items;
  }

  float[][] users() {
    return users;
  }

  float[][] items() {
    return items;
  }

  /**
   * All steps: in each iteration the items, then the users. The last step of the users is solved
   * exactly, so that their factors are what their items make of the items' factors.
   *
   * @param iterations how many
   * @param solver makes the solver of a thread
   * @param exact makes the solver of the last step
   * @param context threads, progress and interruption
   */
  void run(
      int iterations,
      Supplier<RidgeSolver> solver,
      Supplier<RidgeSolver> exact,
      FitContext context) {
    long began = System.nanoTime();
    for (int iteration = 1; iteration <= iterations; iteration++) {
      stepItems(all(items), solver, "iteration " + iteration, context);
      stepUsers(
          all(users), iteration == iterations ? exact : solver, "iteration " + iteration, context);
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

  static BitSet all(float[][] rows) {
    BitSet all = new BitSet(rows.length);
    all.set(0, rows.length);
    return all;
  }

  void stepUsers(BitSet which, Supplier<RidgeSolver> solver, String when, FitContext context) {
    step(byUser, items, users, which, solver, when + ", users", context);
  }

  void stepItems(BitSet which, Supplier<RidgeSolver> solver, String when, FitContext context) {
    step(byItem, users, items, which, solver, when + ", items", context);
  }

  private void step(
      SparseRows rows,
      float[][] from,
      float[][] to,
      BitSet which,
      Supplier<RidgeSolver> solver,
      String when,
      FitContext context) {
    context.checkCancelled();
    if (from.length == 0 || to.length == 0) {
      return;
    }
    float[][] rotation = rotation(from, when, context);
    Factors.rotate(from, rotation, context);
    Factors.rotate(to, rotation, context);
    AlsLoss.Side side = new AlsLoss.Side(from, width);
    RowSolves.run(
        rows,
        which,
        (row, system) -> loss.fill(rows.rowColumns(row), rows.rowValues(row), side, system),
        solver,
        to,
        when + " ",
        remedy(),
        context);
  }

  private float[][] rotation(float[][] from, String when, FitContext context) {
    try {
      return Factors.rotation(Factors.gram(from, width, context), width);
    } catch (ArithmeticException e) {
      throw new IllegalStateException(when + ": " + e.getMessage() + "; " + remedy(), e);
    }
  }

  private String remedy() {
    return "regularization is "
        + loss.regularization()
        + ": raise it, or lower alpha, which is "
        + loss.alpha();
  }
}
