// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural.nn;

/** What a training stops with when its numbers are no longer finite. */
public final class Divergence {

  private Divergence() {}

  /**
   * Says what happened, where, and what may help.
   *
   * @param name of the algorithm
   * @param what is not finite
   * @param epoch its number, from 0 on
   * @param epochs how many there were to be
   * @param where in the epoch
   * @param learningRate of the training
   * @return what to throw
   */
  public static IllegalStateException of(
      String name, String what, int epoch, int epochs, String where, double learningRate) {
    return new IllegalStateException(
        "%s diverged: %s in epoch %d of %d, %s, at learningRate %s; lower learningRate"
            .formatted(name, what, epoch + 1, epochs, where, learningRate));
  }
}
