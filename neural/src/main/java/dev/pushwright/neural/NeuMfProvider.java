// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Provides {@code neumf}, see {@link NeuMf}. */
public final class NeuMfProvider extends NeuralProvider {

  /** For {@link java.util.ServiceLoader}. */
  public NeuMfProvider() {
    super(
        NeuMf.NAME,
        "A linear and a deep tower, joined: neural matrix factorisation.",
        NeuMf.OPTIONS,
        NeuMf::new);
  }
}
