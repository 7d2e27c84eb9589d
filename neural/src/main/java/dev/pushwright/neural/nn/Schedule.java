// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** How the learning rate changes from step to step. */
@FunctionalInterface
public interface Schedule {

  /**
   * What the learning rate is multiplied by.
   *
   * @param step the step, counted from 0
   * @return at least 0
   */
  double factor(long step);

  /**
   * Always the same.
   *
   * @return 1 for each step
   */
  static Schedule constant() {
    return step -> 1;
  }

  /**
   * Falls by a factor every so many steps.
   *
   * @param every after how many steps, at least 1
   * @param factor what it is multiplied by then, above 0
   * @return factor<sup>⌊step / every⌋</sup>
   */
  static Schedule steps(long every, double factor) {
    require(every >= 1 && factor > 0, "every is " + every + ", factor is " + factor);
    return step -> StrictMath.pow(factor, Math.floor((double) step / every));
  }

  /**
   * Falls in a straight line from 1 to a floor, and stays there.
   *
   * @param total in how many steps, at least 1
   * @param floor where to, from 0 to 1
   * @return 1 − (1 − floor) · step / total for step below total
   */
  static Schedule linear(long total, double floor) {
    require(total >= 1 && floor >= 0 && floor <= 1, "total is " + total + ", floor is " + floor);
    return step -> 1 - (1 - floor) * Math.min(step, total) / (double) total;
  }

  /**
   * Falls along half a cosine from 1 to a floor, and stays there [1].
   *
   * <p>[1] I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR
   * 2017.
   *
   * @param total in how many steps, at least 1
   * @param floor where to, from 0 to 1
   * @return the schedule
   */
  static Schedule cosine(long total, double floor) {
    require(total >= 1 && floor >= 0 && floor <= 1, "total is " + total + ", floor is " + floor);
    return step ->
        floor
            + (1 - floor)
                * 0.5
                * (1 + StrictMath.cos(Math.PI * Math.min(step, total) / (double) total));
  }

  /**
   * Rises in a straight line to 1, and goes on by this schedule from its beginning.
   *
   * @param steps in how many steps, at least 1
   * @return the schedule
   */
  default Schedule afterWarmUp(long steps) {
    require(steps >= 1, "steps is " + steps);
    return step -> step < steps ? (step + 1.0) / steps * factor(0) : factor(step - steps);
  }

  private static void require(boolean possible, String what) {
    if (!possible) {
      throw new IllegalArgumentException(what + ", which is out of range");
    }
  }
}
