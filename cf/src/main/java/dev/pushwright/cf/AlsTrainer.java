// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.SparseRows;
import java.util.BitSet;
import java.util.function.Supplier;

/** The half steps of {@link Als}, each in the basis that it needs: both sides are turned to it. */
final class AlsTrainer extends Alternation {

  private final AlsLoss loss;
  private final int width;
  private final Supplier<RidgeSolver> solver;
  private final Supplier<RidgeSolver> exact;

  /**
   * Begins with the factors given, which are changed.
   *
   * @param byUser users × items
   * @param byItem the same by items
   * @param loss what is minimised
   * @param users users × width
   * @param items items × width
   * @param solver makes the solver of a thread
   * @param exact makes that of the steps that are solved exactly
   */
  AlsTrainer(
      SparseRows byUser,
      SparseRows byItem,
      AlsLoss loss,
      int width,
      float[][] users,
      float[][] items,
      Supplier<RidgeSolver> solver,
      Supplier<RidgeSolver> exact) {
    super(byUser, byItem, users, items);
    this.loss = loss;
    this.width = width;
    this.solver = solver;
    this.exact = exact;
  }

  @Override
  void step(
      SparseRows rows,
      float[][] from,
      float[][] to,
      BitSet which,
      boolean exactly,
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
        exactly ? exact : solver,
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
