// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Provides {@code mlp}, see {@link Mlp}. */
public final class MlpProvider extends NeuralProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MlpProvider() {
    super(
        Mlp.NAME,
        "A user and an item, side by side, through layers of a neural network.",
        Mlp.OPTIONS,
        Mlp::new);
  }
}
