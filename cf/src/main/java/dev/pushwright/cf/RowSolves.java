// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

import dev.pushwright.api.FitContext;
import dev.pushwright.math.Parallel;
import dev.pushwright.math.SparseRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A half step of alternating least squares: each row by itself, shared out among the threads. */
final class RowSolves {

  // Blocks of about this many pairs, whatever the number of threads; a row costs as much as so
  // many pairs even when it has none.
  private static final int BLOCK = 8192;
  private static final int ROW_COST = 8;

  /** Says what a row's regression is. */
  @FunctionalInterface
  interface Regression {
    /**
     * Fills a system.
     *
     * @param row a row that has at least one pair
     * @param system what to fill
     */
    void fill(int row, RidgeSystem system);
  }

  private RowSolves() {}

  /**
   * Solves some rows.
   *
   * @param rows the pairs of each row; a row without any gets zeros
   * @param which the rows to be solved
   * @param regression what the regression of a row is; called from several threads
   * @param solver makes the solver of a thread
   * @param to where each row's solver begins, and receives its solution
   * @param when for the message
   * @param remedy for the message
   * @param context threads and interruption
   * @throws IllegalStateException when a solution is not finite
   */
  static void run(
      SparseRows rows,
      BitSet which,
      Regression regression,
      Supplier<RidgeSolver> solver,
      float[][] to,
      String when,
      String remedy,
      FitContext context) {
    context.checkCancelled();
    if (to.length == 0) {
      return;
    }
    int width = to[0].length;
    int[] starts = blocks(rows, which);
    Queue<Scratch> idle = new ConcurrentLinkedQueue<>();
    Parallel.forBlocks(
        starts.length - 1,
        1,
        context.threads(),
        (block, end) -> {
          Scratch polled = idle.poll();
          Scratch scratch =
              polled == null ? new Scratch(new RidgeSystem(width), solver.get()) : polled;
          for (int row = which.nextSetBit(starts[block]);
              row >= 0 && row < starts[block + 1];
              row = which.nextSetBit(row + 1)) {
            if (rows.start(row) == rows.end(row)) {
              Arrays.fill(to[row], 0);
              continue;
            }
            regression.fill(row, scratch.system());
            scratch.solver().solve(scratch.system(), to[row]);
            checkFinite(to[row], when + row, remedy);
          }
          idle.add(scratch);
        });
  }

  private record Scratch(RidgeSystem system, RidgeSolver solver) {}

  /** Where blocks of about the same work begin, and where the last one ends. */
  private static int[] blocks(SparseRows rows, BitSet which) {
    int[] starts = new int[rows.rows() + 1];
    int blocks = 0;
    long work = 0;
    for (int row = 0; row < rows.rows(); row++) {
      if (which.get(row)) {
        work += rows.end(row) - rows.start(row) + ROW_COST;
      }
      if (work >= BLOCK || row == rows.rows() - 1) {
        starts[++blocks] = row + 1;
        work = 0;
      }
    }
    return Arrays.copyOf(starts, blocks + 1);
  }

  private static void checkFinite(float[] row, String place, String remedy) {
    for (float factor : row) {
      if (!Float.isFinite(factor)) {
        throw new IllegalStateException(place + ": a factor is " + factor + "; " + remedy);
      }
    }
  }
}
