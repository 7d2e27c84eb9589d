// SPDX-License-Identifier: Apache-2.0
package dev.pushwright.cf;

/** Provides {@code biased-mf}, see {@link BiasedMf}. */
public final class BiasedMfProvider extends CfProvider {

  /** For {@link java.util.ServiceLoader}. */
  public BiasedMfProvider() {
    super(
        BiasedMf.NAME,
        "What a user would rate highest, by biases and vectors of users and items.",
        BiasedMf.OPTIONS,
        BiasedMf.CAPABILITIES,
        BiasedMf::new,
        BiasedMf::read);
  }
}
