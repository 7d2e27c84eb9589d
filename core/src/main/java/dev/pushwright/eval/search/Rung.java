// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.eval.search;

/**
 * How many combinations are tried on which part of the users.
 *
 * @param combinations how many
 * @param divisor one in how many users takes part
 */
record Rung(int combinations, long divisor) {

  double share() {
    return 1.0 / divisor;
  }

  /** How many of all users take part: the share of them, rounded up. */
  int users(int all) {
    return (int) ((all + divisor - 1) / divisor);
  }
}
