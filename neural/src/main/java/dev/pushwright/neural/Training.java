// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

import dev.pushwright.neural.nn.Optimizer;
import dev.pushwright.neural.nn.Parameters;

/** What a {@link Checkpoint} keeps of a training. */
interface Training {

  /** What is learned. */
  Parameters parameters();

  /** What moves it. */
  Optimizer optimizer();

  /** How far it has come. */
  TrainingProgress progress();
}
