// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** A way to solve a {@link RidgeSystem}. One thread at a time. */
interface RidgeSolver {

  /**
   * Solves for the right-hand side that the system's rows make.
   *
   * @param system the system
   * @param x where to begin, and receives the solution
   */
  void solve(RidgeSystem system, float[] x);

  /**
   * Solves for another right-hand side, as far as the solver can.
   *
   * @param system the system, whose own right-hand side has no say
   * @param right the right-hand side; overwritten
   * @param x receives the solution
   */
  void solve(RidgeSystem system, float[] right, float[] x);
}
