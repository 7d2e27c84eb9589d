// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Provides {@code mult-vae}, see {@link MultVae}. */
public final class MultVaeProvider extends NeuralProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MultVaeProvider() {
    super(
        MultVae.NAME,
        "A variational autoencoder of what users have: a few numbers that tell all of a history.",
        MultVae.OPTIONS,
        MultVae::new);
  }
}
