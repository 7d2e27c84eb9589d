// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/**
 * How a {@link VaeNet} is trained.
 *
 * @param learningRate η
 * @param epochs how often each user is visited, at most
 * @param batch how many users a step has
 * @param dropout which share of a user's items is held back at a visit
 * @param klWeight how much the divergence counts in the end
 * @param annealEpochs after how many epochs it counts so much
 * @param validationShare the share of the pairs that is watched instead of learned from
 * @param patience how many epochs in a row may be no better on what is watched
 * @param seed drives every choice
 */
record VaePlan(
    double learningRate,
    int epochs,
    int batch,
    double dropout,
    double klWeight,
    int annealEpochs,
    double validationShare,
    int patience,
    long seed) {

  /** How much the divergence counts at a step, with so many steps in an epoch. */
  double beta(long step, long stepsOfEpoch) {
    long rising = annealEpochs * stepsOfEpoch;
    return step >= rising ? klWeight : klWeight * step / rising;
  }
}
