// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.textgen.features;

import dev.pushwright.neural.nn.Divergence;
import dev.pushwright.neural.nn.Parameters;
import java.util.Map;

/** Trains one generator from scratch, epoch by epoch. */
interface Trainer extends AutoCloseable {

  /** The rows that a thread works at a time; the bits of a training depend on it. */
  int CHUNK = 128;

  /**
   * Learns from one epoch.
   *
   * @param epoch its number, from 0 on
   * @return the mean loss of a pair
   * @throws IllegalStateException when the loss or a parameter is no number any more
   */
  double epoch(int epoch);

  /** What generates, as it is now. */
  Sampler sampler();

  /** The parameters that what generates consists of. */
  Parameters generator();

  /** The figures of the last epoch, by name. */
  Map<String, Double> figures();

  /** See {@link TrainingReport#activeUnits}. */
  int activeUnits(Probe probe);

  @Override
  void close();

  /** What to throw when numbers are no longer numbers. */
  static IllegalStateException diverged(
      String name, String what, int epoch, Plan plan, String where) {
    return Divergence.of(name, what, epoch, plan.epochs(), where, plan.learningRate());
  }
}
