// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.neural;

/** Provides {@code gmf}, see {@link Gmf}. */
public final class GmfProvider extends NeuralProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GmfProvider() {
    super(
        Gmf.NAME,
        "Factors of users and items, multiplied one by one and weighed by what is learned.",
        Gmf.OPTIONS,
        Gmf::new);
  }
}
